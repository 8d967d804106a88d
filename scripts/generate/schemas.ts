import * as z from 'zod';
import type { CardFormat } from '../../server/src/languages/card/formats/index.ts';
import { modelCardToolkit } from '../../server/src/languages/card/formats/modelCardJson.ts';
import { datapackage } from '../../server/src/languages/card/formats/packages.ts';
import { kaggleDataset, kaggleModel } from '../../server/src/languages/card/formats/zoos.ts';
import { formatKeys } from '../../server/src/languages/card/structuredKeys.ts';
import { frontMatterKeys } from '../../server/src/languages/card/values.ts';
import type { KeyHelp, KeyType } from '../../server/src/languages/keys.ts';
import { GITHUB_MODELS_KEYS } from '../../server/src/languages/prompts/keys/githubModels.ts';

// A schema here explains and completes; it calls wrong only what no reader of the format takes.

/** JSON Schemas made from the tables of keys: path from the repository's root to content. */
export function keySchemas(): Map<string, string> {
  return new Map([
    schemaFile('prompt-yml', 'Prompt of GitHub Models (*.prompt.yml)', objectOf(GITHUB_MODELS_KEYS)),
    schemaFile('eval-results', 'Evaluation results of the Hugging Face Hub (.eval_results/*.yaml)', EVAL_RESULTS),
    schemaFile('model-card-head', 'Front matter of a model card', objectOf(frontMatterKeys('model-card'))),
    schemaFile('data-card-head', 'Front matter of a data card', objectOf(frontMatterKeys('data-card'))),
    cardFile('model-card-toolkit', modelCardToolkit),
    cardFile('kaggle-model', kaggleModel),
    cardFile('kaggle-dataset', kaggleDataset),
    cardFile('datapackage', datapackage),
  ]);
}

function schemaFile(name: string, title: string, schema: z.ZodType): [string, string] {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', reused: 'ref' });
  return [`schemas/${name}.schema.json`, `${JSON.stringify({ ...json, title }, null, 2)}\n`];
}

/** Of a structured card we know where documentation stands, and leave its types to the format's own schema. */
function cardFile(name: string, format: CardFormat): [string, string] {
  return schemaFile(name, format.title, placesOf(formatKeys(format, format.model ? 'model' : 'data')));
}

function placesOf(keys: readonly KeyHelp[]): z.ZodType {
  const entries = keys.map(({ key, help, keys, values }) => {
    const below = keys && placesOf(keys);
    const inner = below ? z.union([below, z.array(below), z.string()]) : values ? known(values, false) : z.unknown();
    return [key, inner.optional().describe(plain(help))] as const;
  });
  return z.looseObject(Object.fromEntries(entries));
}

function objectOf(keys: readonly KeyHelp[]): z.ZodType {
  const entries = keys.map((row) => {
    const types = row.type === undefined ? ['string' as const] : typeof row.type === 'string' ? [row.type] : row.type;
    const [first, second] = types.map((type) => typeOf(type, row));
    const schema = first && second ? z.union([first, second]) : (first ?? z.unknown());
    const described = schema.describe(plain(row.old ? `${row.help} No longer written: ${row.old}` : row.help));
    return [row.key, row.required ? described : described.optional()] as const;
  });
  return z.looseObject(Object.fromEntries(entries));
}

function typeOf(type: KeyType, { keys, values, closed }: KeyHelp): z.ZodType {
  const scalar = values ? known(values, closed === true) : z.union([z.string(), z.number()]);
  switch (type) {
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'list':
      return z.array(keys ? objectOf(keys) : values ? scalar : z.unknown());
    case 'map':
      return keys ? objectOf(keys) : z.record(z.string(), z.unknown());
    default:
      return scalar;
  }
}

/** Known values are offered; others are taken too, unless there can be none. */
function known(values: NonNullable<KeyHelp['values']>, closed: boolean): z.ZodType {
  const list = z.enum(values.map(({ value }) => value));
  return closed ? list : z.union([list, z.string(), z.number()]);
}

/** A schema's description is shown as it is written. */
function plain(markdown: string): string {
  return markdown.replace(/\*\*|`/g, '');
}

const text = z.string().min(1);

// Source: the Hub's documentation of evaluation results (2026).
const EVAL_RESULTS = z
  .array(
    z.looseObject({
      dataset: z
        .looseObject({
          id: text.describe('Hub id of the benchmark.'),
          task_id: text.describe('Task of the benchmark, as its own file names it.'),
          revision: text.optional().describe('Commit of the benchmark: 40 hexadecimal digits. A branch moves.'),
        })
        .describe('What the model was measured on.'),
      value: z.union([z.number(), text]).describe('The result.'),
      verifyToken: text.optional().describe('Signature that the Hub can check.'),
      date: text.optional().describe('ISO date of the measurement.'),
      source: z
        .looseObject({
          url: z.url().optional().describe('Where the result can be read.'),
          name: text.optional().describe('Name of the source.'),
          user: text.optional().describe('Who stated it, at the Hub.'),
        })
        .optional()
        .describe('Where the result comes from.'),
      notes: text.optional().describe('How it was measured, where that differs from the benchmark.'),
    }),
  )
  .describe('One entry for each result.');
