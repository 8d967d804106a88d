import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonProblem } from '../../client/src/reason.ts';
import { readDirectives } from '../../server/src/engine/suppressions.ts';

const TODAY = '2026-07-28';

test('a reason in plain words is accepted, with or without a date', () => {
  for (const text of [
    'test data only',
    'vendor fix pending (until 2027-01-31)',
    '(until 2026-07-28) last day counts',
  ]) {
    assert.equal(reasonProblem(text, TODAY), undefined, text);
  }
});

test('what is accepted is read back from a comment as it was meant', () => {
  const [directive] = readDirectives(
    '<!-- guidelint-disable-next-line GL101: vendor fix pending (until 2027-01-31) -->\n',
  );
  assert.equal(directive?.reason, 'vendor fix pending');
  assert.equal(directive?.until, '2027-01-31');
});

test('what would be no reason, or break the comment, is refused and says why', () => {
  const refused: [string, RegExp][] = [
    ['', /why/],
    ['   ', /why/],
    ['(until 2027-01-31)', /why/],
    ['fine --> really', /end the comment/],
    ['one\ntwo', /one line/],
    ['later (until next year)', /2027-01-31/],
    ['later (until 2027-02-31)', /2027-01-31/],
    ['later (until 2027-1-3)', /2027-01-31/],
    ['later (until 2026-07-27)', /already past/],
  ];
  for (const [text, problem] of refused) assert.match(reasonProblem(text, TODAY) ?? '', problem, text);
});
