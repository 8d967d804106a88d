import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasHexRow } from '../../server/src/languages/hex.ts';

test('a row of hex digits is found wherever it stands', () => {
  for (let before = 0; before < 140; before++) {
    for (const length of [63, 64, 65]) {
      const text = `${'x'.repeat(before)}${'0aF'.repeat(30).slice(0, length)} and so on`;
      assert.equal(hasHexRow(text, 64), /[0-9a-f]{64}/i.test(text), `${length} digits behind ${before} characters`);
    }
  }
});

test('digits at both ends, or in pieces, are no row', () => {
  assert.equal(hasHexRow('a'.repeat(64), 64), true);
  assert.equal(hasHexRow(`${'a'.repeat(40)}-${'b'.repeat(40)}`, 64), false);
  assert.equal(hasHexRow('', 64), false);
});
