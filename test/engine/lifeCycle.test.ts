import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIFE_CYCLE, lifeCyclePhase, phasesOf } from '../../server/src/engine/lifeCycle.ts';
import { items } from '../../server/src/guidelines/catalogue.ts';

const phases = new Set(items().flatMap(({ phase }) => phase ?? []));

test('every name of a phase stands in the catalogue', () => {
  for (const name of Object.values(LIFE_CYCLE).flat()) assert.ok(phases.has(name), name);
});

test('what stands for no phase of the life cycle is known: duties, and tactics of attackers', () => {
  const others = [...phases].filter((phase) => !lifeCyclePhase(phase));
  // Tactics are written with capitals.
  const duties = others.filter((phase) => !/^[A-Z]/.test(phase)).sort();
  assert.deepEqual(duties, ['organisation', 'product', 'vulnerability handling']);
});

test('an item is found under the phase of the life cycle, or under the words of its publication', () => {
  assert.deepEqual(phasesOf('secure design'), ['design']);
  assert.deepEqual(phasesOf('Initial Access, Impact'), ['Initial Access', 'Impact']);
  assert.deepEqual(phasesOf(undefined), []);
});
