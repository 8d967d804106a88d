import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/fixes.ts';
import { addArgument, apiTable, readPython, removeItem } from '../../../server/src/languages/python/program.ts';

const F = apiTable([['lib.f', true]]);

/** What the first call of `lib.f` says about a parameter: its constant, `?` for a value nobody knows, or the state. */
function argument(text: string, name: string, position?: number): unknown {
  const [match] = readPython(`from lib import f\nimport functools\n${text}`).callsTo(F);
  assert.ok(match, text);
  const found = match.call.argument(name, position);
  return found.state === 'given' ? (found.value.known ? found.value.value : '?') : found.state;
}

test('finds an argument by name and position', () => {
  assert.equal(argument('f(1, flag=True)', 'flag', 1), true);
  assert.equal(argument('f(1, True)', 'flag', 1), true);
  assert.equal(argument('f(1)', 'flag', 1), 'absent');
  assert.equal(argument('f(1, True)', 'flag'), 'absent');
});

test('knows when a star may supply an argument', () => {
  assert.equal(argument('f(*args)', 'flag', 1), 'unknown');
  assert.equal(argument('f(*args)', 'flag'), 'absent');
  assert.equal(argument('def g(**options):\n    f(**options)', 'flag'), 'unknown');
  assert.equal(argument('f(**options, flag=0)', 'flag'), 0);
});

test('looks into dictionaries that are spread', () => {
  assert.equal(argument('f(**{"a": 1, "flag": False})', 'flag'), false);
  assert.equal(argument('f(**{"a": 1})', 'flag'), 'absent');
  assert.equal(argument('f(**{name: 1})', 'flag'), 'unknown');
  assert.equal(argument('f(**dict(flag=1))', 'flag'), 1);
  assert.equal(argument('o = {"a": 1}\no["flag"] = True\nf(**o)', 'flag'), true);
  assert.equal(argument('o = {"flag": True}\nf(**o, **{"b": 2})', 'flag'), true);
  assert.equal(argument('o = {"flag": True}\no.update(more)\nf(**o)', 'flag'), 'unknown');
  assert.equal(argument('o = {**base, "a": 1}\nf(**o)', 'flag'), 'unknown');
});

test('adds what functools.partial supplies', () => {
  assert.equal(argument('g = functools.partial(f, flag=True)\ng(1)', 'flag'), true);
  assert.equal(argument('g = functools.partial(f, 1)\ng(True)', 'flag', 1), true);
  assert.equal(argument('g = functools.partial(f, flag=True)\ng(flag=False)', 'flag'), false);
});

const CONSTANTS: readonly (readonly [string, unknown])[] = [
  ['not True', false],
  ['None', null],
  ['-1', -1],
  ['0x10', 16],
  ['"a" \'b\'', 'ab'],
  ['"a" + "b"', 'ab'],
  ['r"\\d"', '\\d'],
  ['"\\x41\\n"', 'A\n'],
  ['f"plain"', 'plain'],
  ['f"{x}"', '?'],
  ['True if unknown else True', true],
  ['True if unknown else False', '?'],
  ['True if not 0 else False', true],
  ['None or "x"', 'x'],
  ['x', '?'],
  ['(1)', 1],
];
for (const [source, value] of CONSTANTS) {
  test(`evaluates ${source}`, () => assert.equal(argument(`f(flag=${source})`, 'flag'), value));
}

test('follows names to constants', () => {
  assert.equal(argument('FLAG = True\ndef g():\n    f(flag=FLAG)', 'flag'), true);
  assert.equal(argument('FLAG = True\nFLAG = False\nf(flag=FLAG)', 'flag'), false);
  assert.equal(argument('FLAG = True\nif x:\n    FLAG = False\nf(flag=FLAG)', 'flag'), '?');
  assert.equal(argument('class C:\n    FLAG = 1\n    def g(self):\n        f(flag=self.FLAG)', 'flag'), 1);
  assert.equal(argument('def g(flag=True):\n    f(flag=flag)', 'flag'), '?');
});

const ADDED: readonly (readonly [string, string])[] = [
  ['f()', 'f(w=1)'],
  ['f(a)', 'f(a, w=1)'],
  ['f(a,)', 'f(a, w=1,)'],
  ['f(a, **o)', 'f(a, **o, w=1)'],
  ['f(\n    a,\n    b=1,\n)', 'f(\n    a,\n    b=1,\n    w=1,\n)'],
  ['f(\n    a,\n    b=1\n)', 'f(\n    a,\n    b=1,\n    w=1\n)'],
  ['f(\n    a,  # first\n    b=1  # last\n)', 'f(\n    a,  # first\n    b=1,  # last\n    w=1\n)'],
  ['f(\n    a,\n    b=1,  # last\n)', 'f(\n    a,\n    b=1,  # last\n    w=1,\n)'],
  ['f(a,\n  b=1)', 'f(a,\n  b=1,\n  w=1)'],
  ['f(\r\n\ta,\r\n)', 'f(\r\n\ta,\r\n\tw=1,\r\n)'],
  ['f(x for x in y)', 'f(x for x in y)'],
  ['f(a', 'f(a'],
];
for (const [before, after] of ADDED) {
  test(`adds an argument to ${JSON.stringify(before)}`, () => {
    const program = readPython(`from lib import f\n${before}`);
    const [match] = program.callsTo(F);
    const edits = match && addArgument(program, match.call, 'w=1');
    assert.equal(applyEdits(program.text, edits ?? []), `from lib import f\n${after}`);
  });
}

const REMOVED: readonly (readonly [string, string])[] = [
  ['f(b=1)', 'f()'],
  ['f(b=1,)', 'f()'],
  ['f(b=1, c=2)', 'f(c=2)'],
  ['f(a, b=1)', 'f(a)'],
  ['f(a, b=1, c=2)', 'f(a, c=2)'],
  ['f(a, b=1,\n  c=2)', 'f(a,\n  c=2)'],
  ['f(\n    a,\n    b=1,\n)', 'f(\n    a,\n)'],
  ['f(\n    a,  # first\n    b=1,  # gone\n    c=2,\n)', 'f(\n    a,  # first\n    c=2,\n)'],
  ['f(**{"b": 1, "c": 2})', 'f(**{"c": 2})'],
  ['f(**{"a": 1, "b": 2})', 'f(**{"a": 1})'],
];
for (const [before, after] of REMOVED) {
  test(`removes an argument from ${JSON.stringify(before)}`, () => {
    const program = readPython(`from lib import f\n${before}`);
    const found = program.callsTo(F)[0]?.call.argument('b');
    assert.equal(found?.state, 'given');
    const edits = found?.state === 'given' ? removeItem(program, found.span) : undefined;
    assert.equal(applyEdits(program.text, edits ?? []), `from lib import f\n${after}`);
  });
}
