import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Ajv from 'ajv';
import { stringify } from 'yaml';
import { type Config, DEFAULT_CONFIG, parseConfig } from '../../server/src/engine/config.ts';
import type { FieldAsk } from '../../server/src/engine/fieldRule.ts';
import type { Finding } from '../../server/src/engine/finding.ts';
import { lint } from '../../server/src/engine/lint.ts';
import type { Edit } from '../../server/src/engine/span.ts';
import { type FieldId, fieldsOf } from '../../server/src/languages/card/fields.ts';
import type { FieldPlaces } from '../../server/src/languages/card/structuredCard.ts';
import { DATA_ASKS } from '../../server/src/rules/data-card/fields.table.ts';
import { rules } from '../../server/src/rules/index.ts';
import { MODEL_ASKS } from '../../server/src/rules/model-card/fields.table.ts';
import { fileOf } from '../helpers/lintText.ts';
import { COMPLETE, type CompleteCard } from '../helpers/structuredCards.ts';

const STRICT = parseConfig('profile: strict\n', rules).config;
const ASKS: Readonly<Record<string, Readonly<Record<string, FieldAsk>>>> = { model: MODEL_ASKS, data: DATA_ASKS };

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function written(path: string, document: CompleteCard['document'] | Json): string {
  if (typeof document === 'string') return document;
  return /json$/.test(path) ? `${JSON.stringify(document, null, 2)}\n` : stringify(document);
}

function findings(path: string, text: string, config: Config): Finding[] {
  const log = (message: string) => assert.fail(message);
  return lint(fileOf(path, text), { rules, config, log });
}

const shown = (found: readonly Finding[]) => found.map(({ ruleId, message }) => `${ruleId} ${message}`);

/** Applies a change to what stands at every place of a field, whatever way it is reached. */
function change(document: Json, path: string, from: Json, how: (value: Json) => Json | undefined): void {
  const parts = path.replace(/^\//, '').split(/\.(?![^[]*\])/);
  const walk = (node: Json | undefined, index: number): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item, index);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const [, name = parts[index] ?? '', key, values] = /^([^[]*)\[([^=]+)=([^\]]*)\]$/.exec(parts[index] ?? '') ?? [];
    const own = Object.keys(node).find((candidate) => candidate.replace(/^(?:sc|cr|dct):/, '') === name);
    const child = own === undefined ? undefined : node[own];
    if (own === undefined || child === undefined) return;
    const isMeant = (item: Json) =>
      typeof item === 'object' &&
      item !== null &&
      !Array.isArray(item) &&
      values?.split('|').includes(String(item[key ?? '']));
    if (index < parts.length - 1) walk(key && Array.isArray(child) ? child.filter(isMeant) : child, index + 1);
    else if (key && Array.isArray(child)) {
      node[own] = child.flatMap((item) => (isMeant(item) ? (how(item) ?? []) : [item]));
    } else {
      const next = how(child);
      if (next === undefined) delete node[own];
      else node[own] = next;
    }
  };
  walk(path.startsWith('/') ? document : from, 0);
}

/** The part of the document that the paths of its format start from. */
function subjectOf(document: Json): Json {
  const map = document as { [key: string]: Json };
  if (Array.isArray(map.components)) return map.components[0] as Json;
  return Array.isArray(map['@graph']) ? (map['@graph'][1] as Json) : document;
}

/** Relationships of SPDX are elements of their own. */
function changeRelation(document: Json, name: string, how: (value: Json) => Json | undefined): void {
  const graph = (document as { [key: string]: Json })['@graph'];
  if (!Array.isArray(graph)) return;
  for (const element of [...graph] as { [key: string]: Json }[]) {
    if (element.relationshipType !== name) continue;
    const to = how(element.to as Json);
    if (to === undefined) graph.splice(graph.indexOf(element), 1);
    else element.to = to;
  }
}

const HOW: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  deleted: () => undefined,
  emptied: (value) =>
    typeof value === 'object' && !isTyped(value) ? (Array.isArray(value) ? [] : {}) : isTyped(value) ? undefined : '',
  'filled with placeholders': marked,
};

/** Items that a filter found have to keep what they were found by. */
function isTyped(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'type' in value && 'url' in value;
}

function marked(value: Json): Json {
  if (Array.isArray(value)) return value.length > 0 ? value.map(marked) : ['TODO'];
  if (typeof value !== 'object' || value === null) return 'TODO';
  const keep = new Set(['type', '@type', 'dataType', 'source', 'bom-ref', 'relationshipType']);
  const entries = Object.entries(value);
  const isAlone = entries.length === 1;
  return Object.fromEntries(entries.map(([key, inner]) => [key, keep.has(key) && !isAlone ? inner : marked(inner)]));
}

for (const [name, { path, document, bare, together = {} }] of Object.entries(COMPLETE)) {
  describe(name, () => {
    const file = fileOf(path, written(path, document));
    const { card } = file;
    const { rowOf } = card.places as FieldPlaces;
    const asks = ASKS[card.type] ?? {};
    const asked = fieldsOf(card.type).filter(({ id }) => card.asks(id as FieldId) && asks[id]?.when?.(card) !== false);

    test('of the complete card nothing is reported, in either profile', () => {
      assert.deepEqual(shown(findings(path, file.text, STRICT)), []);
      assert.deepEqual(shown(findings(path, file.text, DEFAULT_CONFIG)), []);
    });

    for (const [how, apply] of Object.entries(HOW)) {
      test(`each field ${how}: it is reported, and nothing else`, () => {
        for (const { id } of asked) {
          const copy = structuredClone(document) as Json;
          for (const way of rowOf(id as FieldId)?.at ?? []) {
            change(copy, way, subjectOf(copy), apply);
            changeRelation(copy, way, apply);
          }
          const text = written(path, copy);
          if (fileOf(path, text).kind !== file.kind) continue; // Without it the document is of no such format any more.
          const found = findings(path, text, STRICT);
          const context = `${id}: ${JSON.stringify(shown(found))}`;
          if (how === 'filled with placeholders') {
            assert.ok(found.length > 0, context);
            assert.ok(
              found.every(({ ruleId }) => ruleId === 'GL803'),
              context,
            );
          } else {
            const expected = [id, ...(together[id] ?? [])].map(
              (each) => `${asks[each]?.strict} ${asks[each]?.guidelines}`,
            );
            const reported = found.map(({ severity, guidelines }) => `${severity} ${guidelines}`);
            assert.deepEqual(reported.sort(), expected.sort(), context);
          }
        }
      });
    }

    test('an empty card is asked for every field once', () => {
      const text = written(path, bare);
      const empty = fileOf(path, text);
      assert.equal(empty.kind, file.kind);
      const expected = fieldsOf(card.type)
        .filter(({ id }) => empty.card.asks(id as FieldId) && asks[id]?.when?.(empty.card) !== false)
        .filter(({ id }) => empty.card.field(id as FieldId).state === 'absent')
        .map(({ id }) => `${asks[id]?.strict} ${asks[id]?.guidelines}`);
      assert.ok(expected.length >= (name === 'Kaggle, a model' ? 1 : 2), String(expected.length));
      const found = findings(path, text, STRICT);
      assert.deepEqual(found.map(({ severity, guidelines }) => `${severity} ${guidelines}`).sort(), expected.sort());
    });
  });
}

describe('a fix keeps the document valid in its format', () => {
  const apply = (text: string, edits: readonly Edit[]): string =>
    [...edits]
      .sort((a, b) => b.start - a.start || b.end - a.end)
      .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);

  for (const [name, { path, bare }] of Object.entries(COMPLETE)) {
    test(`${name}: each fix by itself fills its field with a placeholder`, () => {
      const text = written(path, bare);
      const file = fileOf(path, text);
      for (const { fixes, message } of findings(path, text, STRICT)) {
        const [fix] = fixes;
        if (!fix) continue;
        const after = apply(text, fix.edits);
        assert.deepEqual(fileOf(path, after).readProblems, [], after);
        assert.equal(fileOf(path, after).kind, file.kind);
        const found = findings(path, after, STRICT);
        assert.ok(
          found.some(({ ruleId }) => ruleId === 'GL803'),
          message,
        );
        assert.ok(!found.some((finding) => finding.ruleId !== 'GL803' && finding.message === message), message);
      }
    });
  }

  test('CycloneDX 1.6: valid against its schema after each fix', () => {
    const schema = (file: string) =>
      JSON.parse(
        readFileSync(
          new URL(
            `../../node_modules/@cyclonedx/cyclonedx-library/res/schema/${file}.SNAPSHOT.schema.json`,
            import.meta.url,
          ),
          'utf8',
        ),
      );
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    const validate = ajv.compile(schema('bom-1.6'));
    const parts = [{ modelCard: {} }, {}, { data: [{ type: 'dataset' }] }];
    for (const part of parts) {
      const path = 'model.cdx.json';
      const type = 'data' in part ? 'data' : 'machine-learning-model';
      const component = { type, name: 'toxi', ...part };
      const text = written(path, { bomFormat: 'CycloneDX', specVersion: '1.6', components: [component] });
      assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
      const whole = findings(path, text, DEFAULT_CONFIG).flatMap(({ fixes }) => fixes[0] ?? []);
      const single = findings(path, text, STRICT).flatMap(({ fixes }) => fixes[0] ?? []);
      assert.ok(single.length > 4);
      for (const { edits, title } of [...whole, ...single]) {
        const after = apply(text, edits);
        assert.ok(validate(JSON.parse(after)), `${title}: ${JSON.stringify(validate.errors)} ${after}`);
      }
    }
  });
});
