import picomatch from 'picomatch';
import * as z from 'zod';
import { readYaml } from '../languages/yaml.ts';
import { type ConfigProblem, explainIssue, flatten, takeOut, withoutHoles } from './configProblems.ts';
import { SEVERITIES, type Severity } from './finding.ts';
import { KINDS } from './kind.ts';
import type { Rule } from './rule.ts';

export type { ConfigProblem } from './configProblems.ts';

/** `strict` takes the wording of NCSC and ETSI at its word: cards are asked for every field, one by one. */
export const PROFILES = ['default', 'strict'] as const;

export const CONFIG_NAMES = ['.guidelint.yaml', '.guidelint.yml'] as const;

/** A finding accepted in the configuration file, for files that cannot hold a comment (strict JSON, generated text). */
export interface Acceptance {
  readonly rule: string;
  readonly matches: (path: string) => boolean;
  readonly reason: string;
  readonly until?: string;
}

/** What a `.guidelint.yaml` says, or the defaults where there is none. */
export interface Config {
  /** Path of the file it was read from. */
  readonly path?: string;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Globs of paths that are never read, relative to the configuration file. */
  readonly exclude: readonly string[];
  /** Globs that decide the kind of a file, whatever its name or content. */
  readonly kinds: Readonly<Partial<Record<(typeof KINDS)[number], readonly string[]>>>;
  readonly accepted: readonly Acceptance[];
}

export const DEFAULT_CONFIG: Config = {
  severities: new Map(),
  options: new Map(),
  exclude: [],
  kinds: {},
  accepted: [],
};

/** Hand-written configurations have a few kilobytes. In UTF-16 code units. */
const MAX_LENGTH = 100_000;

const severity = z.enum([...SEVERITIES, 'off']);
const globs = z.array(z.string().min(1));
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2027-01-31');

/**
 * The shape of `.guidelint.yaml` for these rules. From it come the reader below, the JSON Schema that editors use, and
 * completion. A rule can be named by id or by name; a severity alone is short for `{ severity: … }`.
 */
export function configSchema(rules: readonly Rule[]) {
  const settings: Record<string, z.ZodType> = {};
  for (const { meta } of rules) {
    const full = (meta.options ?? z.strictObject({})).extend({ severity: severity.optional() }).strict();
    const setting = z.union([severity, full]).describe(`${meta.title} (default: ${meta.severity})`).optional();
    settings[meta.id] = setting;
    settings[meta.name] = setting;
  }
  return z.strictObject({
    profile: z
      .enum(PROFILES)
      .optional()
      .describe('`strict` asks model and data cards for every field of the guidelines, one by one.'),
    exclude: globs.optional().describe('Files never to look at, besides dependencies and what .gitignore names.'),
    kinds: z
      .strictObject(Object.fromEntries(KINDS.map((kind) => [kind, globs.optional()])))
      .optional()
      .describe('Globs that say what a file is where its name and content do not: `model-card: ["cards/*.md"]`.'),
    rules: z.strictObject(settings).optional().describe('Severity and options by rule id or name.'),
    accept: z
      .array(
        z.strictObject({
          rule: z.enum(rules.flatMap(({ meta }) => [meta.id, meta.name]) as [string, ...string[]]),
          files: globs.optional(),
          reason: z.string().min(1),
          until: date.optional(),
        }),
      )
      .optional()
      .describe('Findings that are accepted, with the reason; they stay visible in reports as suppressed.'),
  });
}

/**
 * Reads a configuration. Parts that are right apply; each part that is wrong is a problem with its place in the text and,
 * where a known word is close, a fix. Never throws.
 */
export function parseConfig(
  text: string,
  rules: readonly Rule[],
  path?: string,
): { config: Config; problems: ConfigProblem[] } {
  if (text.length > MAX_LENGTH) {
    const message = `larger than ${MAX_LENGTH / 1000} kB; nothing in it applies`;
    return {
      config: { ...DEFAULT_CONFIG, ...(path && { path }) },
      problems: [{ span: { start: 0, end: 0 }, message }],
    };
  }
  const yaml = readYaml(text);
  const problems: ConfigProblem[] = [...yaml.problems];
  if (yaml.root === 'empty') return { config: { ...DEFAULT_CONFIG, ...(path && { path }) }, problems };
  let data: unknown = yaml.get()?.value;
  const schema = configSchema(rules);
  let result = schema.safeParse(data);
  // What is taken out can uncover something else that is wrong; an end is reached because each round takes out more.
  for (let round = 0; !result.success && round < 5; round++) {
    for (const issue of result.error.issues.map(flatten)) {
      if (round === 0) problems.push(...explainIssue(yaml, issue, schema));
      takeOut(data, issue);
    }
    data = withoutHoles(data);
    result = schema.safeParse(data);
  }
  return { config: toConfig(result.success ? result.data : {}, rules, path), problems };
}

/** Folder that the paths of a configuration are relative to, as a path with a closing slash unless it is the root. */
export function baseOf({ path }: Pick<Config, 'path'>): string {
  return path?.slice(0, path.lastIndexOf('/') + 1) ?? '';
}

type Data = z.infer<ReturnType<typeof configSchema>>;

function toConfig(data: Data, rules: readonly Rule[], path: string | undefined): Config {
  const severities = new Map<string, Severity | 'off'>();
  const options = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { meta } of rules) {
    const strict = data.profile === 'strict' ? meta.strict : undefined;
    if (strict?.severity) severities.set(meta.id, strict.severity);
    if (strict?.options) options.set(meta.id, strict.options);
    const setting = (data.rules?.[meta.id] ?? data.rules?.[meta.name]) as
      | (Severity | 'off')
      | ({ severity?: Severity | 'off' } & Record<string, unknown>)
      | undefined;
    if (typeof setting === 'string') severities.set(meta.id, setting);
    else if (setting) {
      const { severity, ...rest } = setting;
      if (severity) severities.set(meta.id, severity);
      options.set(meta.id, { ...strict?.options, ...rest });
    }
  }
  return {
    ...(path && { path }),
    severities,
    options,
    exclude: data.exclude ?? [],
    kinds: below(baseOf({ ...(path && { path }) }), data.kinds ?? {}),
    accepted: (data.accept ?? []).map(({ rule, files, reason, until }) => ({
      rule,
      reason,
      matches: matcher(baseOf({ ...(path && { path }) }), files),
      ...(until && { until }),
    })),
  };
}

/** Globs of a configuration, relative to its folder, as globs of the workspace folder. */
function below(base: string, kinds: Data['kinds'] & object): Config['kinds'] {
  const globs = Object.entries(kinds).map(([kind, list]) => [kind, list?.map((glob) => base + glob)]);
  return Object.fromEntries(globs);
}

/** Tells whether a path lies in the configuration's folder and matches one of its globs; no globs: all do. */
function matcher(base: string, files: readonly string[] | undefined): (path: string) => boolean {
  // Extended globs can make a pattern that takes exponential time.
  const matches = files ? picomatch([...files], { dot: true, noextglob: true }) : () => true;
  return (path) => path.startsWith(base) && matches(path.slice(base.length));
}
