import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectionGroups } from '../../server/src/rules/detections/index.ts';
import { rules } from '../../server/src/rules/index.ts';

const detections = detectionGroups.flatMap((group) => group.detections);
const found = new Set(rules.flatMap(({ meta }) => meta.detections ?? []));

test('every detection is found by a rule or says why not, never both', () => {
  for (const [id, , whyNot] of detections) assert.notEqual(found.has(id), whyNot !== undefined, id);
});

test('rules name only detections of the list, and each is listed once', () => {
  const ids = detections.map(([id]) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  assert.deepEqual(
    [...found].filter((id) => !ids.includes(id)),
    [],
  );
});
