import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiTable, readPython } from '../../../server/src/languages/python/program.ts';

const API = apiTable([['lib.load', true]]);

/** What the API is told by calls of project functions, as `call -> safe=value`. */
function reached(text: string, parameter = 'safe', position?: number): string[] {
  const program = readPython(`from lib import load\n${text}`);
  return program
    .callsTo(API)
    .filter(({ wrapper }) => wrapper)
    .map(({ call, name }) => {
      assert.equal(name, 'lib.load');
      const given = call.argument(parameter, position);
      const value = given.state !== 'given' ? given.state : given.value.known ? String(given.value.value) : '?';
      return `${program.text.slice(call.span.start, call.span.end)} -> ${value}`;
    });
}

const CASES: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  [
    'a parameter by keyword and by position',
    'def w(path, safe):\n    return load(path, safe=safe)\nw(p, False)\nw(p, safe=True)\nw(safe=False, path=p)\n',
    ['w(p, False) -> false', 'w(p, safe=True) -> true', 'w(safe=False, path=p) -> false'],
  ],
  ['a default', 'def w(path, safe=False):\n    return load(path, safe=safe)\nw(p)\n', ['w(p) -> false']],
  ['a default that is a constant', 'F = False\ndef w(p, safe=F):\n    load(p, safe=safe)\nw(p)\n', ['w(p) -> false']],
  [
    'a keyword-only parameter',
    'def w(path, *, trust=True):\n    return load(path, safe=not trust)\nw(p)\nw(p, trust=False)\n',
    ['w(p) -> false', 'w(p, trust=False) -> true'],
  ],
  [
    'a name in between',
    'def w(p, trust):\n    ok = not trust\n    load(p, safe=ok)\nw(p, True)\n',
    ['w(p, True) -> false'],
  ],
  ['`or` with a constant', 'def w(p, safe=None):\n    load(p, safe=safe or False)\nw(p)\n', ['w(p) -> false']],
  [
    'all keywords',
    'def w(path, **kw):\n    return load(path, **kw)\nw(p)\nw(p, safe=False)\nw(p, **{"safe": False})\nw(p, **other)\n',
    ['w(p) -> absent', 'w(p, safe=False) -> false', 'w(p, **{"safe": False}) -> false', 'w(p, **other) -> unknown'],
  ],
  [
    'a keyword that the function takes for itself',
    'def w(path, safe, **kw):\n    return load(path, **kw)\nw(p, safe=False)\n',
    ['w(p, safe=False) -> absent'],
  ],
  [
    'keywords that the function touches',
    'def w(path, **kw):\n    kw.pop("safe", None)\n    return load(path, **kw)\nw(p, safe=False)\n',
    ['w(p, safe=False) -> unknown'],
  ],
  ['keywords handed about', 'def w(path, **kw):\n    fix(kw)\n    load(path, **kw)\nw(p)\n', ['w(p) -> unknown']],
  [
    'a dictionary of parameters',
    'def w(p, safe):\n    o = dict(safe=safe)\n    load(p, **o)\nw(p, 0)\n',
    ['w(p, 0) -> 0'],
  ],
  [
    'two levels',
    'def a(p, ok=True):\n    load(p, safe=ok)\ndef b(path, trust=False):\n    a(path, not trust)\nb(p, trust=True)\nb(p)\n',
    ['a(path, not trust) -> ?', 'b(p, trust=True) -> false', 'b(p) -> true'],
  ],
  [
    'three levels, not four',
    'def a(p, s):\n    load(p, safe=s)\ndef b(p, s):\n    a(p, s)\ndef c(p, s):\n    b(p, s)\ndef d(p, s):\n    c(p, s)\nd(p, 0)\nc(p, 1)\n',
    ['a(p, s) -> ?', 'b(p, s) -> ?', 'c(p, s) -> ?', 'c(p, 1) -> 1'],
  ],
  [
    'recursion',
    'def w(p, safe):\n    if p:\n        w(p, safe)\n    load(p, safe=safe)\nw(p, False)\n',
    ['w(p, False) -> false'],
  ],
  [
    'functions that call each other',
    'def a(p, s):\n    load(p, safe=s)\n    b(p, s)\ndef b(p, s):\n    a(p, s)\nb(p, False)\n',
    ['b(p, s) -> ?', 'a(p, s) -> ?', 'b(p, False) -> false'],
  ],
  [
    'methods',
    'class A:\n    def w(self, p, safe):\n        load(p, safe=safe)\n    def go(self):\n        self.w(p, False)\na = A()\na.w(p, True)\nA().w(p, 0)\n',
    ['self.w(p, False) -> false', 'a.w(p, True) -> true', 'A().w(p, 0) -> 0'],
  ],
  [
    'class methods, static methods and constructors',
    'class A:\n    @classmethod\n    def c(cls, p, safe):\n        load(p, safe=safe)\n    @staticmethod\n    def s(p, safe):\n        load(p, safe=safe)\n    def __init__(self, p, safe=False):\n        self.x = load(p, safe=safe)\nA.c(p, 1)\nA.s(p, 2)\nA(p, 3)\nA(p)\n',
    ['A.c(p, 1) -> 1', 'A.s(p, 2) -> 2', 'A(p, 3) -> 3', 'A(p) -> false'],
  ],
  [
    'a method of a base class',
    'class A:\n    def w(self, p, safe):\n        load(p, safe=safe)\nclass B(A):\n    def go(self):\n        self.w(p, False)\n        super().w(p, True)\n',
    ['self.w(p, False) -> false', 'super().w(p, True) -> true'],
  ],
  ['a lambda', 'w = lambda p, safe=False: load(p, safe=safe)\nw(p)\n', ['w(p) -> false']],
  [
    'a known decorator',
    'import functools\n@functools.lru_cache(None)\ndef w(p, s):\n    load(p, safe=s)\nw(p, 0)\n',
    ['w(p, 0) -> 0'],
  ],
  ['an unknown decorator', '@inject\ndef w(p, s):\n    load(p, safe=s)\nw(p, 0)\n', []],
  [
    'a parameter that is set anew',
    'def w(p, safe):\n    safe = True\n    load(p, safe=safe)\nw(p, 0)\n',
    ['w(p, 0) -> true'],
  ],
  [
    'a parameter that may be set anew',
    'def w(p, s):\n    if p:\n        s = 1\n    load(p, safe=s)\nw(p, 0)\n',
    ['w(p, 0) -> ?'],
  ],
  ['nothing of the caller', 'def w(p):\n    load("x", safe=False)\nw(p)\n', []],
  ['a function of another meaning', 'def w(p, s):\n    load(p, safe=s)\ndef g(w):\n    w(p, 0)\n', []],
  ['an argument left out that has no default', 'def w(p, s):\n    load(p, safe=s)\nw(p)\n', ['w(p) -> ?']],
  ['surplus arguments', 'def w(*args):\n    load(*args)\nw(p, 0)\n', ['w(p, 0) -> absent']],
];
for (const [title, text, expected] of CASES) {
  test(`wrapper: ${title}`, () => assert.deepEqual(reached(text), expected));
}

test('surplus positional arguments keep their places', () => {
  assert.deepEqual(reached('def w(first, *args):\n    load(*args)\nw(0, p, False)\n', 'safe', 1), [
    'w(0, p, False) -> false',
  ]);
});

test('hostile calls end', () => {
  const chain = Array.from({ length: 300 }, (_, i) => `def f${i}(p, s):\n    f${i + 1}(p, s)\n    f${i}(p, s)\n`).join(
    '',
  );
  const started = Date.now();
  reached(`${chain}def f300(p, s):\n    load(p, safe=s)\nf297(p, 0)\nf0(p, 0)\n${'f299(p, 0)\n'.repeat(3000)}`);
  assert.ok(Date.now() - started < 5000);
});
