import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Config, DEFAULT_CONFIG, parseConfig } from '../../server/src/engine/config.ts';
import type { FieldAsk } from '../../server/src/engine/fieldRule.ts';
import { lint } from '../../server/src/engine/lint.ts';
import type { Field } from '../../server/src/languages/card/card.ts';
import { type CardType, type FieldId, fieldsOf } from '../../server/src/languages/card/fields.ts';
import { newDataCard, newModelCard } from '../../server/src/languages/card/skeletons.ts';
import { DATA_ASKS } from '../../server/src/rules/data-card/fields.table.ts';
import { rules } from '../../server/src/rules/index.ts';
import { MODEL_ASKS } from '../../server/src/rules/model-card/fields.table.ts';
import { fileOf } from '../helpers/lintText.ts';

const STRICT = parseConfig('profile: strict\n', rules).config;
const ASKS: Readonly<Record<CardType, Readonly<Record<string, FieldAsk>>>> = { model: MODEL_ASKS, data: DATA_ASKS };
const PATHS: Readonly<Record<CardType, string>> = { model: 'MODEL_CARD.md', data: 'DATA_CARD.md' };
const TYPES = ['model', 'data'] as const;

const fixture = (type: CardType) =>
  readFileSync(new URL(`../fixtures/cards/${PATHS[type]}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');

function findings(path: string, text: string, config: Config) {
  const log = (message: string) => assert.fail(message);
  return lint(fileOf(path, text), { rules, config, log });
}

const shown = (path: string, text: string, config: Config) =>
  findings(path, text, config).map(({ ruleId, message }) => `${ruleId} ${message}`);

/** The place of a field in the fixture, deleted or with other content. */
function change(
  text: string,
  { heading, span, carrier, spec }: Field,
  how: 'delete' | 'empty' | 'placeholder',
): string {
  assert.ok(span, spec.id);
  if (spec.id === 'name')
    return text.replace(/^# (\w+ Card) for .*$/m, how === 'delete' ? '# $1' : '# $1 for [TODO: name]');
  if (carrier === 'front-matter') {
    const key = text.slice(span.start, span.end);
    const lines = new RegExp(`^${key}:.*\\n(?: +-.*\\n)*`, 'm');
    return text.replace(lines, { delete: '', empty: `${key}:\n`, placeholder: `${key}: TODO\n` }[how]);
  }
  assert.ok(heading, `${spec.id} stands in a section of its own`);
  const { start, end } = heading.content;
  if (how === 'delete') return text.slice(0, heading.span.start) + text.slice(end);
  return `${text.slice(0, start)}\n\n${how === 'empty' ? '' : '[More Information Needed]\n\n'}${text.slice(end)}`;
}

for (const type of TYPES) {
  const path = PATHS[type];
  const complete = fixture(type);
  const specs = fieldsOf(type);
  const asks = ASKS[type];
  const field = (id: string) => fileOf(path, complete).card.field(id as FieldId);

  describe(`from a complete ${type} card, one field at a time`, () => {
    test('nothing is reported, in either profile', () => {
      assert.deepEqual(shown(path, complete, STRICT), []);
      assert.deepEqual(shown(path, complete, DEFAULT_CONFIG), []);
    });
    for (const { id, title } of specs) {
      test(`${id} deleted`, () => {
        const found = findings(path, change(complete, field(id), 'delete'), STRICT);
        assert.equal(found.length, 1, JSON.stringify(found.map(({ ruleId, message }) => `${ruleId} ${message}`)));
        const [finding] = found;
        assert.equal(finding?.severity, asks[id]?.strict);
        assert.deepEqual(finding?.guidelines, asks[id]?.guidelines);
        const meta = rules.find(({ meta: { id: rule } }) => rule === finding?.ruleId)?.meta;
        if (meta?.options) assert.equal(finding?.message, `The card says nothing about ${title}`);
      });
      for (const how of ['empty', 'placeholder'] as const) {
        if (id === 'name' && how === 'empty') continue;
        test(`${id}: ${how}`, () => {
          const found = shown(path, change(complete, field(id), how), STRICT);
          assert.equal(found.length, 1, JSON.stringify(found));
          assert.match(found[0] ?? '', /^GL803 /);
        });
      }
    }
  });

  describe(`an empty ${type} card`, () => {
    const empty = `# ${type === 'model' ? 'Model' : 'Data'} Card\n`;

    test('is asked for every field once in the strict profile', () => {
      const found = findings(path, empty, STRICT);
      const expected = specs.map(({ id }) => asks[id]).filter((ask) => ask?.when?.(fileOf(path, empty).card) !== false);
      assert.deepEqual(
        found.map(({ severity, guidelines }) => `${severity} ${guidelines}`).sort(),
        expected.map((ask) => `${ask?.strict} ${ask?.guidelines}`).sort(),
      );
      assert.equal(new Set(found.map(({ ruleId, message }) => ruleId + message)).size, found.length);
    });

    test('is asked for every field of the table once by default', () => {
      const found = findings(path, empty, DEFAULT_CONFIG);
      assert.equal(new Set(found.map(({ ruleId }) => ruleId)).size, found.length);
      const group = found.filter(({ message }) => message.startsWith('The card says nothing about'));
      const topics = group.flatMap(({ message }) =>
        message
          .replace('The card says nothing about ', '')
          .split(/, | and (?!fairness|size|outputs|structure|poisoning|preprocessing)/),
      );
      assert.equal(new Set(topics).size, topics.length);
      const rest = found.length - group.length;
      const { card } = fileOf(path, empty);
      const expected = specs.filter(({ id }) => asks[id]?.named !== 'off' && (asks[id]?.when?.(card) ?? true));
      assert.equal(topics.length + rest, expected.length, topics.join('; '));
    });

    test('as a README of the Hub gets one hint at most, and no warning', () => {
      const head = type === 'model' ? 'library_name: transformers' : 'task_categories: [other]';
      const found = findings('README.md', `---\n${head}\n---\n# toxi\n`, DEFAULT_CONFIG);
      assert.ok(found.filter(({ severity }) => severity === 'hint').length <= 1);
      assert.deepEqual(
        found.filter(({ severity }) => severity === 'warning'),
        [],
      );
    });
  });

  test(`a new ${type} card has every field asked for by default`, () => {
    const text = type === 'model' ? newModelCard() : newDataCard();
    const { card } = fileOf(path, text);
    for (const { id } of specs) {
      if (asks[id]?.named !== 'off' && (asks[id]?.when?.(card) ?? true))
        assert.notEqual(card.field(id as FieldId).state, 'absent', id);
    }
  });
}

test('what the user sets for a rule wins over the profile', () => {
  const { config, problems } = parseConfig(
    'profile: strict\nrules:\n  GL102: hint\n  GL108: { each: false }\n  GL110: off\n',
    rules,
  );
  assert.deepEqual(problems, []);
  const found = findings('MODEL_CARD.md', '# Model Card\n', config);
  assert.equal(found.find(({ ruleId }) => ruleId === 'GL102')?.severity, 'hint');
  assert.equal(found.find(({ ruleId }) => ruleId === 'GL103')?.severity, 'warning');
  assert.equal(found.filter(({ ruleId }) => ruleId === 'GL108').length, 1);
  assert.equal(found.filter(({ ruleId }) => ruleId === 'GL110').length, 0);
});

test('a misspelt profile is a problem with a suggestion, and changes nothing', () => {
  const { config, problems } = parseConfig('profile: stict\n', rules);
  assert.match(problems[0]?.message ?? '', /did you mean `strict`\?/);
  assert.equal(problems[0]?.fix?.edit.text, 'strict');
  assert.equal(config.severities.size, 0);
});

test('of a template that nobody has filled in one finding names all places; few are shown one by one', () => {
  const card = (count: number) =>
    `---\nlibrary_name: x\n---\n# Model Card for toy\n${'\n## Limitations\n\n[More Information Needed]\n'.repeat(count)}\n- **Developed by:** TBD\n`;
  const placeholders = (count: number) =>
    findings('README.md', card(count), DEFAULT_CONFIG).filter(({ ruleId }) => ruleId === 'GL803');
  assert.deepEqual(
    placeholders(5).map(({ related }) => related.length),
    [0, 0, 0, 0, 0, 0],
  );
  const many = placeholders(6);
  assert.deepEqual(
    many.map(({ message, related }) => [message, related.length]),
    [
      ['6 places still hold what the template came with, the first under "Limitations"', 5],
      ['"Developed by" still holds a placeholder', 0],
    ],
  );
  const [first, second] = many[0] ? [many[0], ...many[0].related] : [];
  assert.ok(first && second && first.span.start < second.span.start);
});
