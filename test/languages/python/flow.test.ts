import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiTable, flowOf, provenanceOf, readPython } from '../../../server/src/languages/python/program.ts';

const SINK = apiTable([['lib.sink', true]]);
const QUERY = {
  sources: apiTable([
    ['lib.source', 'lib'],
    ['lib.Client().ask', 'client'],
    ['sys.argv', 'argv'],
  ]),
  stops: new Set(['int']),
};

/** Texts of the steps from the source to the argument of `sink`, joined by `>`; empty when nothing flows. */
function flow(body: string): string {
  const program = readPython(`import lib, sys, re, json\nfrom lib import sink\n${body}`);
  const [match] = program.callsTo(SINK);
  assert.ok(match, body);
  const node = match.call.arguments[0]?.value;
  const found = node && flowOf(program, node, QUERY);
  return found?.steps.map(({ span }) => program.text.slice(span.start, span.end)).join(' > ') ?? '';
}

const FLOWS: readonly (readonly [string, string, string])[] = [
  ['the call itself', 'sink(lib.source())', 'lib.source()'],
  ['a name', 'a = lib.source()\nsink(a)', 'lib.source() > a'],
  ['several names', 'a = lib.source()\nb = a\nsink(b)', 'lib.source() > a > b'],
  ['attributes, items and methods', 'a = lib.source().b[0]["c"].strip().split("x")[1]\nsink(a)', 'lib.source() > a'],
  ['a method of a client', 'c = lib.Client()\nsink(c.ask("?").text)', 'c.ask("?")'],
  ['a format string', 'a = lib.source()\nsink(f"x {a.b!r:>3}")', 'lib.source() > a'],
  ['concatenation', 'sink("x" + lib.source() + "y")', 'lib.source()'],
  ['percent', 'sink("%s" % lib.source())', 'lib.source()'],
  ['format', 'sink("{}".format(lib.source()))', 'lib.source()'],
  ['join', 'sink("".join([lib.source()]))', 'lib.source()'],
  ['str and json', 'sink(json.loads(str(lib.source()))["a"])', 'lib.source()'],
  ['a regular expression', 'm = re.search("x", lib.source())\nsink(m.group(1))', 'lib.source() > m'],
  ['a loop', 'for a in lib.source():\n    sink(a)', 'lib.source() > a'],
  ['a comprehension', 'sink([a.b for a in lib.source()][0])', 'lib.source() > a'],
  ['collecting in a string', 'a = ""\nfor b in lib.source():\n    a += b\nsink(a)', 'lib.source() > b > a'],
  [
    'collecting in a list',
    'a = []\nfor b in lib.source():\n    a.append(b)\nsink("".join(a))',
    'lib.source() > b > a.append',
  ],
  ['an item of a dictionary', 'a = {}\na["k"] = lib.source()\nsink(a["k"])', 'lib.source() > a["k"]'],
  ['with', 'with lib.source() as a:\n    sink(a)', 'lib.source() > a'],
  ['await', 'async def f():\n    a = await lib.source()\n    sink(a)', 'lib.source() > a'],
  ['a tuple', 'a, b = 1, lib.source()\nsink(b)', 'lib.source() > b'],
  ['one of two branches', 'if x:\n    a = lib.source()\nelse:\n    a = ""\nsink(a)', 'lib.source() > a'],
  ['a conditional expression', 'sink(lib.source() if x else "")', 'lib.source()'],
  ['or', 'sink(x or lib.source())', 'lib.source()'],
  ['walrus', 'if a := lib.source():\n    sink(a)', 'lib.source() > a'],
  ['the next turn of a loop', 'a = ""\nwhile True:\n    sink(a)\n    a = lib.source()', 'lib.source() > a'],
  ['what a function returns', 'def f():\n    return lib.source().b\nsink(f())', 'lib.source() > f'],
  ['what a function yields', 'def f():\n    yield lib.source()\nfor a in f():\n    sink(a)', 'lib.source() > f > a'],
  ['through a function', 'def f(a):\n    return a.strip()\nsink(f(lib.source()))', 'lib.source() > a > f'],
  ['through a keyword', 'def f(b, a):\n    return a\nsink(f(1, a=lib.source()))', 'lib.source() > a > f'],
  [
    'an attribute set in another method',
    'class C:\n    def f(self):\n        self.a = lib.source()\n    def g(self):\n        sink(self.a)',
    'lib.source() > self.a',
  ],
  [
    'a method of the same class',
    'class C:\n    def f(self, p):\n        return lib.source(p)\n    def g(self):\n        sink(self.f(1))',
    'lib.source(p) > self.f',
  ],
  ['into a function', 'def f(b, a):\n    sink(a)\nf(1, lib.source())', 'lib.source() > a'],
  [
    'into a method',
    'class C:\n    def f(self, a):\n        sink(a)\n    def g(self):\n        b = lib.source()\n        self.f(b)',
    'lib.source() > b > a',
  ],
  ['an attribute of a library', 'sink(sys.argv[1])', 'sys.argv'],
  ['a global', 'a = lib.source()\ndef f():\n    sink(a)', 'lib.source() > a'],
  ['extend', 'a = []\na.extend(lib.source())\nsink(a[0])', 'lib.source() > a.extend'],
  ['update', 'a = {}\na.update(k=lib.source())\nsink(a["k"])', 'lib.source() > k'],
  ['items', 'for k, v in lib.source().items():\n    sink(v)', 'lib.source() > v'],
  ['a key of a display', 'a = {"k": lib.source(), "l": 1}\nsink(a["k"])', 'lib.source() > "k"'],
  ['get', 'a = {"k": lib.source()}\nsink(a.get("k"))', 'lib.source() > a'],
  ['a queue', 'a = queue.Queue()\na.put(lib.source())\nsink(a.get())', 'lib.source() > a.put'],
  [
    'a string buffer',
    'import io\na = io.StringIO()\na.write(lib.source())\nsink(a.getvalue())',
    'lib.source() > a.write',
  ],
  ['replace', 'sink("x {y}".replace("{y}", lib.source()))', 'lib.source()'],
  ['a template', 'import string\nsink(string.Template("$x").substitute(x=lib.source()))', 'lib.source()'],
  ['nested format strings', 'sink(f"{f\'{lib.source()}\'}")', 'lib.source()'],
  [
    'a group of a compiled pattern',
    'P = re.compile("x")\nm = P.search(lib.source())\nsink(m["n"])',
    'lib.source() > m',
  ],
  ['matches', 'for m in re.finditer("x", lib.source()):\n    sink(m.group())', 'lib.source() > m'],
  ['async for', 'async def f():\n    async for a in lib.source():\n        sink(a)', 'lib.source() > a'],
  ['async with', 'async def f():\n    async with lib.source() as s:\n        sink(await s.text())', 'lib.source() > s'],
  ['yield from', 'def f():\n    yield from lib.source()\nsink("".join(f()))', 'lib.source() > f'],
  [
    'several functions',
    'def f():\n    return lib.source()\ndef g():\n    a = f()\n    return a\nsink(g())',
    'lib.source() > f > a > g',
  ],
  ['a function under another name', 'def f():\n    return lib.source()\ng = f\nsink(g())', 'lib.source() > g'],
  ['a lambda', 'f = lambda a: a.strip()\nsink(f(lib.source()))', 'lib.source() > a > f'],
  ['a lambda on the spot', 'sink((lambda: lib.source())())', 'lib.source() > (lambda: lib.source())'],
  [
    'a function in a thread',
    'import asyncio\nasync def f():\n    sink(await asyncio.to_thread(g, lib.source()))\ndef g(a):\n    return a',
    'lib.source() > a > g',
  ],
  ['one of two results', 'def f():\n    return 1, lib.source()\na, b = f()\nsink(b)', 'lib.source() > f > b'],
  ['arguments in a list', 'def f(*args):\n    return args[0]\nsink(f(lib.source()))', 'lib.source() > args > f'],
  ['a spread list', 'def f(a):\n    return a\nx = [lib.source()]\nsink(f(*x))', 'lib.source() > x > a > f'],
  [
    'a closure',
    'def f(a):\n    def g():\n        return a\n    return g()\nsink(f(lib.source()))',
    'lib.source() > a > g > f',
  ],
  [
    'a property',
    'class C:\n    @property\n    def a(self):\n        return lib.source()\n    def g(self):\n        sink(self.a)',
    'lib.source() > a',
  ],
  [
    'an object of the file',
    'class C:\n    def f(self):\n        return lib.source()\nc = C()\nsink(c.f())',
    'lib.source() > c.f',
  ],
  [
    'an object kept as attribute',
    'class C:\n    def f(self, a):\n        return a\nclass D:\n    def __init__(self):\n        self.c = C()\n    def g(self):\n        sink(self.c.f(lib.source()))',
    'lib.source() > a > self.c.f',
  ],
  [
    'a method of a base class',
    'class C:\n    def f(self):\n        return lib.source()\nclass D(C):\n    def g(self):\n        sink(self.f())',
    'lib.source() > self.f',
  ],
  [
    'what a constructor is given',
    'class C:\n    def __init__(self, a):\n        self.a = a\n    def g(self):\n        sink(self.a)\nC(lib.source()).g()',
    'lib.source() > a > self.a',
  ],
  ['a field of a data class', 'class C:\n    a: str\nc = C(a=lib.source())\nsink(c.a)', 'lib.source()'],
  ['a library class made one of the file', 'class C(lib.Client): pass\nsink(C().ask("?"))', 'C().ask("?")'],
  ['a test that admits anything', 'a = lib.source()\nif a == b or "x" in a:\n    sink(a)', 'lib.source() > a'],
  ['the other side of a test', 'a = lib.source()\nif a in ALLOWED:\n    pass\nelse:\n    sink(a)', 'lib.source() > a'],
  ['a test that stops nothing', 'a = lib.source()\nif a not in ALLOWED:\n    print(a)\nsink(a)', 'lib.source() > a'],
];
for (const [title, body, steps] of FLOWS) test(`follows ${title}`, () => assert.equal(flow(body), steps));

const NOTHING: readonly (readonly [string, string])[] = [
  ['a constant', 'sink("x")'],
  ['something else', 'a = lib.source()\nsink(b)'],
  ['an earlier value', 'a = lib.source()\na = "x"\nsink(a)'],
  ['a later value', 'a = "x"\nsink(a)\na = lib.source()'],
  ['a comparison', 'sink(lib.source() == "x")'],
  ['a test of a text', 'sink(lib.source().startswith("x"))'],
  ['a key', 'sink(TABLE[lib.source()])'],
  ['the condition of a conditional', 'sink("a" if lib.source() else "b")'],
  ['a function that stops it', 'sink(int(lib.source()))'],
  ['a function of another file', 'from mine import clean\nsink(clean(lib.source()))'],
  ['a parameter that no call here gives a source', 'def f(a):\n    sink(a)\nf(1)'],
  ['a parameter that is not returned', 'def f(a, b):\n    return b\nsink(f(lib.source(), 1))'],
  ['itself', 'a = a\nsink(a)'],
  ['what a module was only asked to show', 'lib.write(lib.source())\nsink(lib.other().name)'],
  ['one of a few values', 'a = lib.source()\nif a in ALLOWED:\n    sink(a)'],
  ['one value', 'a = lib.source()\nif x and a == "list":\n    sink(a)'],
  ['what a test has refused', 'a = lib.source()\nif a not in ALLOWED:\n    raise ValueError(a)\nsink(a)'],
  [
    'what a test has refused with others',
    'a = lib.source()\nif not a or a not in ALLOWED:\n    raise ValueError(a)\nsink(a)',
  ],
  ['what an assertion refuses', 'a = lib.source()\nassert a in ALLOWED\nsink(a)'],
  ['a conditional over a few values', 'a = lib.source()\nsink(a if a in ALLOWED else "x")'],
  ['another key', 'a = {"k": lib.source(), "l": "x"}\nsink(a["l"])'],
  ['the keys of a display', 'a = {lib.source(): "x"}\nsink(a)'],
  ['what was taken out', 'a = {}\na.pop(lib.source())\nsink(a)'],
  ['what was deleted', 'a = {}\ndel a[lib.source()]\nsink(a)'],
  ['the other result', 'def f():\n    return 1, lib.source()\na, b = f()\nsink(a)'],
  ['another field', 'class C:\n    a: str\nc = C(a=lib.source(), b=1)\nsink(c.b)'],
  [
    'a method that is no property',
    'class C:\n    def a(self):\n        return lib.source()\n    def g(self):\n        sink(self.a)',
  ],
  ['what the text is replaced by', 'sink("x".startswith(lib.source()))'],
];
for (const [title, body] of NOTHING) test(`does not follow ${title}`, () => assert.equal(flow(body), ''));

/** Where the argument of `open` comes from. */
function provenance(text: string): string | undefined {
  const program = readPython(text);
  const [match] = program.callsTo(
    apiTable([
      ['load', true],
      ['lib.load', true],
    ]),
  );
  const node = match?.call.arguments[0]?.value;
  return node && provenanceOf(program, node)?.source;
}

test('knows where files come from', () => {
  const from = 'from lib import load\n';
  assert.equal(provenance(`${from}import requests\nload(requests.get(u).content)`), 'a download');
  assert.equal(provenance(`${from}load("https://example.org/x")`), 'a download');
  assert.equal(
    provenance(
      `${from}from huggingface_hub import hf_hub_download as get\nwith open(get(r, f), "rb") as f:\n    load(f)`,
    ),
    'a model hub',
  );
  assert.equal(
    provenance(`${from}import argparse\np = argparse.ArgumentParser()\na = p.parse_args()\nload(open(a.path))`),
    'a file that the command line names',
  );
  assert.equal(provenance(`${from}import sys\nload(open(f"out/{sys.argv[1]}.pkl"))`), undefined);
  assert.equal(provenance(`${from}import sys\nload(open(sys.argv[1] + ".pkl"))`), 'a file that the command line names');
  assert.equal(
    provenance(`${from}from urllib.request import urlretrieve\nurlretrieve(u, "a.pkl")\nload(open("a.pkl"))`),
    'a download',
  );
  assert.equal(provenance(`${from}import os\nload(os.path.join(os.environ["X"], "y"))`), 'the environment');
  assert.equal(
    provenance(`${from}from fastapi import UploadFile\ndef f(x: UploadFile):\n    load(x.file)`),
    'an upload',
  );
  assert.equal(provenance(`${from}load("/tmp/x.pkl")`), 'a folder that anybody can write to');
  assert.equal(provenance(`${from}load("data/x.pkl")`), undefined);
  assert.equal(provenance(`${from}def f(path):\n    load(open(path))`), undefined);
});

test('asks nothing of a file without the words', () => {
  assert.deepEqual(readPython('print(1)').callsTo(SINK), []);
});
