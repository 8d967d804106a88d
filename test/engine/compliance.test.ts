import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { complianceReport, type Status, statusOf } from '../../server/src/engine/compliance.ts';
import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import { lint } from '../../server/src/engine/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fileOf } from '../helpers/lintText.ts';

describe('status of an item', () => {
  const nothing = {
    rules: 0,
    relevant: false,
    off: false,
    looked: 0,
    open: 0,
    suppressed: 0,
    needsHuman: false,
    partial: false,
    assets: [],
  };
  const CASES: readonly [string, Partial<typeof nothing>, Status][] = [
    ['no rule, visible in files', {}, 'unchecked'],
    ['no rule, not visible in files', { needsHuman: true }, 'needs-human'],
    ['a rule, but no such file', { rules: 1 }, 'not-relevant'],
    ['a rule that is off', { rules: 1, relevant: true, off: true }, 'switched-off'],
    ['a rule whose only file could not be read', { rules: 1, relevant: true }, 'unchecked'],
    ['looked and found nothing', { rules: 1, relevant: true, looked: 3 }, 'clean'],
    ['looked at a part only', { rules: 1, relevant: true, looked: 3, partial: true }, 'unchecked'],
    ['an open finding', { rules: 1, relevant: true, looked: 3, open: 1, suppressed: 2 }, 'open'],
    ['all accepted', { rules: 1, relevant: true, looked: 3, suppressed: 2 }, 'suppressed'],
    [
      'found something although people are needed too',
      { rules: 1, relevant: true, looked: 1, open: 1, needsHuman: true },
      'open',
    ],
  ];
  for (const [name, facts, status] of CASES) test(name, () => assert.equal(statusOf({ ...nothing, ...facts }), status));
});

function report(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([path, text]) => {
    const file = fileOf(path, text);
    return { path, uri: file.uri, kind: file.kind, off: [], findings: lint(file, { rules, config: DEFAULT_CONFIG }) };
  });
  const position = () => ({ line: 0, character: 0 });
  return complianceReport({
    version: '0',
    time: '2026-11-21T00:00:00.000Z',
    folders: [],
    rules,
    files,
    skipped: [],
    partial: false,
    assets: [],
    position,
  });
}

test('nothing that was not checked is clean', () => {
  const empty = report({});
  for (const { items } of empty.frameworks) {
    for (const { status, files } of items) assert.ok(status !== 'clean' && files === 0);
  }
  const clean = report({ 'a.py': 'x = 1\n' });
  for (const { items } of clean.frameworks) {
    for (const item of items) {
      assert.equal(item.status === 'clean', item.files > 0, item.id);
      if (item.status === 'clean') assert.ok(item.rules.length > 0);
    }
  }
});

test('counts add up to all items', () => {
  const { frameworks } = report({ 'a.py': 'import pickle\npickle.load(f)\n' });
  assert.equal(
    frameworks.reduce((sum, { items }) => sum + items.length, 0),
    469,
  );
  for (const { counts, items } of frameworks) {
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count, 0),
      items.length,
    );
  }
  const cwe = frameworks.find(({ id }) => id === 'cwe')?.items.find(({ id }) => id === 'cwe:CWE-502');
  assert.deepEqual([cwe?.status, cwe?.open], ['open', 1]);
});

test('a file that could not be read is no proof of anything', () => {
  const { frameworks } = report({ 'broken.ipynb': '{"cells": [' });
  for (const { items } of frameworks) {
    for (const { status, files, id } of items) assert.ok(status !== 'clean' && files === 0, id);
  }
});
