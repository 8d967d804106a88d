import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/fixes.ts';
import {
  addArgument,
  apiTable,
  readPython,
  removeItem,
  type Value,
} from '../../../server/src/languages/python/program.ts';

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

/** Statements before `f(**o)`, and what the call then says about `flag`. */
const SPREADS: readonly (readonly [string, unknown])[] = [
  ['o = {}\no.update(flag=True)', true],
  ['o = {}\no.update({"flag": True}, a=1)', true],
  ['o = {"flag": True}\no.update(a=1)', true],
  ['o = {}\no |= {"flag": True}', true],
  ['o = {"a": 1}\no.setdefault("flag", True)', true],
  ['o = {"flag": False}\no.setdefault("flag", True)', false],
  ['o = {"flag": True}\ndel o["flag"]', 'absent'],
  ['o = {"flag": True, "a": 1}\ndel o["a"]', true],
  ['o = {"flag": True}\no.pop("flag")', 'absent'],
  ['o = {"flag": True}\no.clear()', 'absent'],
  ['a = {"flag": True}\no = {**a, "b": 1}', true],
  ['a = {"flag": True}\no = {**a, "flag": False}', false],
  ['a = {"flag": True}\no = a | {"b": 1}', true],
  ['a = {"flag": True}\no = a | {"flag": False}', false],
  ['a = {"flag": True}\no = a | unknown', 'unknown'],
  ['a = {"flag": True}\no = dict(a, b=1)', true],
  ['a = {"flag": True}\no = dict(**a)', true],
  ['a = {"flag": True}\no = a.copy()', true],
  ['import copy\na = {"flag": True}\no = copy.deepcopy(a)', true],
  ['o = {"a": 1}\nif x:\n    o["flag"] = True', 'unknown'],
  ['o = {"flag": True}\nif x:\n    o["flag"] = True', true],
  ['o = {"flag": True} if x else {"flag": True, "b": 1}', true],
  ['o = {"flag": True} if x else {}', 'unknown'],
  ['o = {}\nif x:\n    o = {"flag": True}', 'unknown'],
  ['KEY = "flag"\no = {KEY: True}', true],
  ['KEY = "flag"\no = {}\no[KEY] = True', true],
  ['o = {}\no[key] = True', 'unknown'],
  ['o = {"flag": True}\no[0] = 1', true],
  ['def g():\n    return {"flag": True}\no = g()', true],
  ['def g(x):\n    return {"flag": x}\no = g(True)', '?'],
  ['all = {"m": {"flag": True}}\no = all["m"]', true],
  ['all = {"m": {"flag": True}}\no = all["n"]', 'unknown'],
  ['o = {k: 1 for k in x}', 'unknown'],
  ['o = dict(zip(a, b))', 'unknown'],
  ['o = o', 'unknown'],
];
for (const [statements, state] of SPREADS) {
  test(`reads ${JSON.stringify(statements)}`, () => assert.equal(argument(`${statements}\nf(**o)`, 'flag'), state));
}

test('reads dictionaries that are attributes, or that a caller may have filled', () => {
  const inClass = (body: string) => `class C:\n    o = {"flag": True}\n    def g(self):\n        ${body}`;
  assert.equal(argument(inClass('f(**self.o)'), 'flag'), true);
  assert.equal(argument(inClass('f(**C.o, a=1)'), 'flag'), true);
  assert.equal(argument('def g(**o):\n    o["flag"] = True\n    f(**o)', 'flag'), true);
  assert.equal(argument('def g(**o):\n    o.setdefault("flag", True)\n    f(**o)', 'flag'), 'unknown');
  assert.equal(argument('def g(**o):\n    o.update(flag=True)\n    f(**o)', 'flag'), true);
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
  ['"a" == "a"', true],
  ['"a" != "a"', false],
  ['1 is not None', true],
  ['True == 1', true],
  ['x == 1', '?'],
  ['2 > 1', true],
  ['"2" > "1"', '?'],
  ['"a" in ("a", x)', true],
  ['"a" in ("b", "c")', false],
  ['"a" in ("b", x)', '?'],
  ['"a" not in "abc"', false],
  ['" A ".strip().lower()', 'a'],
  ['x.lower()', '?'],
  ['bool("False")', true],
  ['bool("")', false],
  ['bool(x)', '?'],
  ['int("1")', 1],
  ['int("x")', '?'],
  ['int("1", 2)', '?'],
  ['f"{"a"}-{"b"}{{c}}"', 'a-b{c}'],
  ['f"{1}"', '?'],
  ['f"{"a"!r}"', '?'],
  ['f"{"a":>3}"', '?'],
  ['{"a": 1}["a"]', 1],
  ['{"a": 1}["b"]', '?'],
  ['True and (0 or "x")', 'x'],
  ['(y := 3)', 3],
  ['1 if x else 2', '?'],
  ['not True or True', '?'],
  ['not (True or True)', false],
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

/** The value of `flag` in the first call. */
function value(text: string): Value | undefined {
  const found = readPython(`from lib import f\nimport os\n${text}`).callsTo(F)[0]?.call.argument('flag');
  return found?.state === 'given' ? found.value : undefined;
}

test('knows what an unconfigured run takes from the environment, and says so', () => {
  const constant = (text: string) => {
    const { known, ...rest } = value(text) ?? { known: false };
    return known ? [(rest as { value: unknown }).value, (rest as { byDefault?: true }).byDefault] : undefined;
  };
  assert.deepEqual(constant('f(flag=os.environ.get("X", "a"))'), ['a', true]);
  assert.deepEqual(constant('f(flag=os.getenv("X", default=False))'), [false, true]);
  assert.deepEqual(constant('f(flag=os.getenv("X", "True").lower() == "true")'), [true, true]);
  assert.deepEqual(constant('f(flag=os.getenv("X", "0").strip().lower() in ("1", "true"))'), [false, true]);
  assert.deepEqual(constant('FLAG = not bool(int(os.environ.get("X", "0")))\nf(flag=FLAG)'), [true, true]);
  assert.deepEqual(constant('f(flag="a" if os.getenv("X", "") else "b")'), ['b', true]);
  assert.deepEqual(constant('f(flag=f"{os.getenv("X", "a")}/b")'), ['a/b', true]);
  assert.deepEqual(constant('f(flag="a")'), ['a', undefined]);
  assert.equal(constant('f(flag=os.environ.get("X"))'), undefined);
  assert.equal(constant('f(flag=os.environ["X"])'), undefined);
  assert.equal(constant('f(flag=os.getenv("X", y))'), undefined);
});

test('a parameter is unknown, with its default as evidence', () => {
  const text = 'def g(p, flag: bool = True):\n    f(flag=flag)';
  const found = value(text);
  assert.equal(found?.known, false);
  assert.equal(found?.known === false && found.parameterDefault?.value, true);
  assert.deepEqual(value('def g(flag):\n    f(flag=flag)'), { known: false });
  assert.deepEqual(value('def g(flag=True):\n    flag = x\n    f(flag=flag)'), { known: false });
});

test('knows the fields of classes', () => {
  const inClass = 'from dataclasses import dataclass\n@dataclass\nclass C:\n    flag: bool = True\n';
  assert.equal(argument(`${inClass}f(flag=C.flag)`, 'flag'), true);
  assert.equal(argument(`${inClass}f(flag=C().flag)`, 'flag'), true);
  assert.equal(argument(`${inClass}c = C()\nf(flag=c.flag)`, 'flag'), true);
  assert.equal(argument(`${inClass}c = C(False)\nf(flag=c.flag)`, 'flag'), '?');
  assert.equal(argument(`${inClass}c = C()\nc.flag = False\nf(flag=c.flag)`, 'flag'), false);
  assert.equal(argument(`${inClass}    def g(self):\n        f(flag=self.flag)`, 'flag'), '?');
  assert.equal(argument(`${inClass}def g(c: C):\n    f(flag=c.flag)`, 'flag'), '?');
  assert.equal(argument('from enum import Enum\nclass E(Enum):\n    A = 1\nf(flag=E.A)', 'flag'), '?');
  assert.equal(
    argument('class C:\n    def __init__(self, flag=True):\n        self.flag = flag\nf(flag=C().flag)', 'flag'),
    '?',
  );
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
