import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import type { Finding } from '../../server/src/engine/finding.ts';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { HYGIENE_RULES } from '../../server/src/engine/hygiene.ts';
import type { Example, Rule } from '../../server/src/engine/rule.ts';
import { documentType } from '../../server/src/inventory/statements.ts';
import { rules } from '../../server/src/rules/index.ts';
import { lintRegister } from '../../server/src/workspace/evidence.ts';
import { isArtefact, lintSystem } from '../../server/src/workspace/inventory.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';

/** Findings of one rule on an example's text, with its neighbours where the rule looks at several files. */
function findingsOf({ meta, checkSystem, fromSurroundings }: Rule, example: Example, text: string): Finding[] {
  if (fromSurroundings) {
    const others = Object.entries(example.files ?? {});
    const paths = others.map(([path]) => path);
    const file = fileOf(example.path, text);
    const named = file.evidence.entries.flatMap(({ files }) => files.map(({ path }) => path));
    const facts = {
      exists: new Map(named.map((path) => [path, paths.includes(path)])),
      paths,
      findings: others.flatMap(([path, content]) => lintText(path, content)),
    };
    return lintRegister(file, facts, { rules, config: DEFAULT_CONFIG }).filter(({ ruleId }) => ruleId === meta.id);
  }
  if (!checkSystem) {
    return lintText(example.path, text, example.packages, example.before).filter(({ ruleId }) => ruleId === meta.id);
  }
  const file = fileOf(example.path, text, example.packages);
  const artefacts = Object.entries(example.files ?? {}).map(([path, content]) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    return [path, { path, uri: `file:///workspace/${path}`, size: content.length, sha256 }] as const;
  });
  const others = Object.entries(example.files ?? {}).map(([path, content]) => fileOf(path, content));
  const files = [file, ...others.filter(({ kind }) => kind !== 'other')];
  const inventory = {
    files: new Map(files.map((each) => [each.path, each])),
    artefacts: new Map(artefacts.filter(([path]) => isArtefact(path))),
    neighbours: new Map(
      others.filter((each) => each.kind === 'other' && documentType(each)).map((each) => [each.path, each]),
    ),
    whole: true,
  };
  // Some are reported in a model file, which is no text.
  const found = [...lintSystem(inventory, () => ({ rules, config: DEFAULT_CONFIG })).values()].flat();
  return found.filter(({ ruleId }) => ruleId === meta.id);
}

for (const rule of rules) {
  const { meta } = rule;
  describe(`${meta.id} ${meta.name}`, () => {
    const crash = meta.name === 'rule-crashed';
    test('has examples of what it reports', () => {
      assert.ok(crash || meta.examples.some(({ bad }) => bad !== undefined));
    });
    meta.examples.forEach((example, index) => {
      const name = `${index + 1}: ${example.title ?? example.path}`;
      if (example.bad !== undefined) {
        test(`reports ${name}`, () => {
          const found = findingsOf(rule, example, example.bad as string);
          assert.ok(found.length > 0, 'the bad example is not reported');
          const { fix } = meta;
          const kinds = found.flatMap(({ fixes }) => fixes.map(({ kind }) => kind));
          if (fix === 'none') assert.deepEqual(kinds, [], 'declares no fix, but gives one');
          if (fix === 'suggestion') assert.ok(!kinds.includes('safe'), 'declares suggestions, but gives a safe fix');
        });
      }
      if (example.fixed !== undefined) {
        test(`repairs ${name}`, () => {
          let text = example.bad as string;
          for (let pass = 0; pass < 10; pass++) {
            const fix = findingsOf(rule, example, text).find(({ fixes }) => fixes.length > 0)?.fixes[0];
            if (!fix) break;
            text = applyEdits(text, fix.edits);
          }
          assert.equal(text, example.fixed);
          assert.deepEqual(findingsOf(rule, example, text), [], 'the fixed text is still reported');
        });
      }
      if (example.good !== undefined) {
        test(`accepts ${name}`, () => {
          const found = findingsOf(rule, example, example.good as string).filter(({ suppression }) => !suppression);
          assert.deepEqual(
            found.map(({ message }) => message),
            [],
          );
        });
      }
    });
  });
}

test('ids and names are unique, ids are in order', () => {
  const ids = rules.map(({ meta }) => meta.id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  assert.equal(new Set(rules.map(({ meta }) => meta.name)).size, rules.length);
});

test('the rules of the engine are in the list', () => {
  for (const rule of HYGIENE_RULES) assert.ok(rules.includes(rule), rule.meta.id);
});
