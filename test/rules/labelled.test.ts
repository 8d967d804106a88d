import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import { lint } from '../../server/src/engine/lint.ts';
import { lineNumberAt } from '../../server/src/engine/span.ts';
import { triggerIndex } from '../../server/src/languages/python/triggers.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';

const triggers = triggerIndex(rules.flatMap((rule) => (rule.triggers ? [rule.triggers] : [])));

/**
 * Short programs with the lines to report. `### title | torch==2.5 numpy==1.14` begins one, with the versions its project
 * pins. `#! GL301` at the end of a line: this must be found there (`GL301|GL309`: one of them); `#? GL318`: it may be;
 * `GL302=info`: with this severity. Every
 * other line is safe: no more than a hint of a code rule may stand there. Marks are taken off before the text is read.
 */
const folder = new URL('../fixtures/labelled/', import.meta.url);
const MARK = /\s*#([!?]) ((?:GL\d{3}(?:=\w+)?[| ]?)+)$/;

for (const name of readdirSync(folder)) {
  describe(name, () => {
    for (const part of readFileSync(new URL(name, folder), 'utf8').split(/^### /m).slice(1)) {
      const [head = '', ...lines] = part.trimEnd().split('\n');
      const [title = '', pins = ''] = head.split(' | ');
      test(title, () => {
        const packages = Object.fromEntries(
          pins.split(/\s+/).flatMap((pin) => {
            const [, known, version] = /^([\w.-]+?)([=<>~!].*)$/.exec(pin) ?? [];
            return known && version ? [[known, version]] : [];
          }),
        );
        const source = lines.map((line) => line.replace(MARK, ''));
        const text = `${source.join('\n')}\n`;
        const found = lintText('app/main.py', text, packages).filter(({ ruleId }) => ruleId.startsWith('GL3'));
        const inParts = lint(fileOf('app/main.py', text, packages), { rules, config: DEFAULT_CONFIG, triggers });
        assert.deepEqual(
          inParts.filter(({ ruleId }) => ruleId.startsWith('GL3')).map(({ ruleId, span }) => [ruleId, span]),
          found.map(({ ruleId, span }) => [ruleId, span]),
          'read in parts it says something else',
        );
        lines.forEach((line, index) => {
          const [, mark, ids = ''] = MARK.exec(line) ?? [];
          const here = found.filter(({ span }) => lineNumberAt(text, span.start) === index + 1);
          const wanted = ids.split(/[| ]/).map((id) => id.replace(/=.*/, ''));
          if (mark === '!')
            assert.ok(
              here.some(({ ruleId }) => wanted.includes(ruleId)),
              `${ids} is missed: ${line}`,
            );
          for (const [, id, level] of ids.matchAll(/(GL\d+)=(\w+)/g)) {
            assert.deepEqual(
              here.filter(({ ruleId }) => ruleId === id).map(({ severity }) => severity),
              [level],
              line,
            );
          }
          const unexpected = here.flatMap(({ ruleId, severity }) =>
            severity === 'hint' || wanted.includes(ruleId) ? [] : [ruleId],
          );
          assert.deepEqual(unexpected, [], `${unexpected} is too much: ${line}`);
        });
      });
    }
  });
}
