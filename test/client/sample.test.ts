import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/ensure.mjs';
import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import { lint } from '../../server/src/engine/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import { openFile } from '../../server/src/workspace/open.ts';

test("the walkthrough's sample has findings as an untitled document, and repairs for some", () => {
  const text = readFileSync(join(root, 'docs', 'walkthrough', 'sample.py'), 'utf8');
  const untitled = { uri: 'untitled:Untitled-1', path: 'Untitled-1', languageId: 'python' };
  const findings = lint(openFile({ ...untitled, text, config: DEFAULT_CONFIG }), { rules, config: DEFAULT_CONFIG });
  assert.deepEqual([...new Set(findings.map(({ ruleId }) => ruleId))].sort(), ['GL301', 'GL303', 'GL304', 'GL343']);
  assert.ok(findings.some(({ fixes }) => fixes.length > 0));
});
