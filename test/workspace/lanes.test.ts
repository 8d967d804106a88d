import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLanes } from '../../server/src/workspace/lanes.ts';

const items = Array.from({ length: 100 }, (_, index) => index);

/** Empties the lanes: the one with that number takes a piece while its turn says so. */
function dealt(count: number, turn: (step: number) => number, most = 4): number[][] {
  const lanes = openLanes(items, count);
  const taken = lanes.map((): number[] => []);
  for (let step = 0; taken.flat().length < items.length && step < 10_000; step++) {
    const at = turn(step) % count;
    taken[at]?.push(...(lanes[at]?.take(most) ?? []));
  }
  for (const lane of lanes) assert.deepEqual(lane.take(most), []);
  return taken;
}

test('each worker has a run of neighbours when all are as fast', () => {
  const taken = dealt(4, (step) => step, 5);
  assert.deepEqual(taken, [items.slice(0, 25), items.slice(25, 50), items.slice(50, 75), items.slice(75)]);
});

test('everything is dealt out once, however unequal the workers', () => {
  const unequal = [(step: number) => (step % 7 === 0 ? 1 : 0), () => 2, (step: number) => step * step];
  for (const turn of unequal) {
    for (const count of [1, 2, 3, 5]) {
      const all = dealt(count, (step) => (step > 5000 ? step : turn(step))).flat();
      assert.deepEqual(
        all.sort((a, b) => a - b),
        items,
      );
    }
  }
});

test('a worker that never comes back costs what it has taken and no more', () => {
  const [first, second] = openLanes(items, 2);
  const lost = second?.take(4) ?? [];
  const taken: number[] = [];
  for (let piece = first?.take(4) ?? []; piece.length > 0; piece = first?.take(4) ?? []) taken.push(...piece);
  assert.deepEqual(
    [...taken, ...lost].sort((a, b) => a - b),
    items,
  );
});

test('of nothing there is nothing to take', () => {
  assert.deepEqual(
    openLanes([], 3).map((lane) => lane.take(4)),
    [[], [], []],
  );
});
