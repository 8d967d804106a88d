import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_CONFIG } from '../../../server/src/engine/config.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { SourceFile } from '../../../server/src/engine/sourceFile.ts';
import { editPythonTree, type PythonTree, readPython } from '../../../server/src/languages/python/program.ts';
import { rules } from '../../../server/src/rules/index.ts';

const FIXTURES = new URL('../../../examples/', import.meta.url);

/** Every construct the reader looks at, so that cutting it anywhere leaves something half open. */
const SAMPLE = `#!/usr/bin/env python
import os, pickle as p, torch.hub
from openai import (OpenAI as O, AsyncOpenAI)  # clients
try:
    from yaml import CLoader as Loader
except ImportError:
    from yaml import Loader
@decorate(x, *a, **{"k": True})
class A(Base, metaclass=M):
    load = staticmethod(torch.load)
    def __init__(self, client: O | None = None, *args, k=lambda x: p.load(x), **kw) -> "A":
        self.client = client or O()
        self.items, (self.b, *rest) = [], f(*args, **kw)
    async def ask(self, q):
        global last
        last = reply = await self.client.chat.completions.create(messages=[{"role": "user", "content": q}])
        text = "".join(c.text for c in reply if c)
        for i, (j, k) in enumerate(text.split("\\n")):
            text += f"{i!r:>{k}} {j['x']}" 'y' % q
        with open(text) as f, g() as (h):
            exec(compile(text.strip()[0:2], "x", "exec"))
        while (n := next(it)) is not None: self.items.append(n)
        match reply:
            case {"a": [b, *c]} | D(e=f) if f: os.system(b)
            case _: yield text
        return eval(text) if text else None
data = {"trust_remote_code": not False, **other}; torch.load(path, **data)
import yaml; yaml.load(open(x), Loader=Loader); torch.load(path); del data
`;

function check(text: string, pythonTree?: PythonTree): SourceFile {
  const file = new SourceFile({
    uri: 'file:///a.py',
    path: 'a.py',
    text,
    kind: 'python',
    ...(pythonTree && { pythonTree }),
  });
  lint(file, {
    rules,
    config: DEFAULT_CONFIG,
    log(message) {
      throw new Error(message);
    },
  });
  return file;
}

test('reads the sample', () => {
  const found = lint(check(SAMPLE), { rules, config: DEFAULT_CONFIG }).map(({ ruleId }) => ruleId);
  for (const id of ['GL301', 'GL302', 'GL303', 'GL304', 'GL305']) assert.ok(found.includes(id), id);
});

test('never throws on a text that is cut off', () => {
  for (let end = 0; end <= SAMPLE.length; end += 3) check(SAMPLE.slice(0, end));
});

test('never throws on a text with a hole or a piece moved', () => {
  const at = fc.nat(SAMPLE.length);
  fc.assert(
    fc.property(at, at, at, fc.string({ maxLength: 3 }), (a, b, c, text) => {
      const [start, end] = a < b ? [a, b] : [b, a];
      check(SAMPLE.slice(0, start) + text + SAMPLE.slice(end));
      check(SAMPLE.slice(0, c) + SAMPLE.slice(start, end) + SAMPLE.slice(c));
    }),
    { numRuns: 80 },
  );
});

test('an edited tree is the tree of the edited text', () => {
  const shape = (tree: PythonTree): string => {
    const nodes: string[] = [];
    const cursor = tree.tree.cursor();
    do nodes.push(`${cursor.name}${cursor.from}-${cursor.to}`);
    while (cursor.next());
    return nodes.join(' ');
  };
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.nat(30),
    insert: fc.constantFrom('', 'x', '(', '"""', '\n', '    ', '#'),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      let text = SAMPLE.repeat(3);
      let program = readPython(text);
      for (const { at, remove, insert } of edits) {
        const from = at % text.length;
        const to = Math.min(from + remove, text.length);
        const change = { fromA: from, toA: to, fromB: from, toB: from + insert.length };
        text = text.slice(0, from) + insert + text.slice(to);
        program = readPython(text, editPythonTree(program.tree, [change]));
        assert.equal(shape(program.tree), shape(readPython(text).tree));
      }
    }),
    { numRuns: 30 },
  );
});

const DEEP = 10_000;
const HOSTILE: Record<string, string> = {
  empty: '',
  'byte order mark': '\uFEFFimport torch\ntorch.load(x)\n',
  'nested parentheses': `import torch\nx = ${'('.repeat(DEEP)}torch.load(p)${')'.repeat(DEEP)}\n`,
  'open brackets': `import torch\ntorch.load${'(['.repeat(DEEP)}`,
  'nested calls': `import torch\nx = ${'torch.load('.repeat(DEEP)}`,
  'a chain of calls': `import torch\nx = torch${'.load(y)'.repeat(DEEP)}`,
  'a long sum': `import os, openai\nos.system(${'a + '.repeat(DEEP)}openai.ChatCompletion.create())`,
  'a chain of names': `import torch\na0 = torch.load\n${Array.from({ length: DEEP }, (_, i) => `a${i + 1} = a${i}`).join('\n')}\na${DEEP}(x)`,
  'a name bound again and again': `import pickle\nx = pickle.load\n${'if c:\n  x = x\n'.repeat(DEEP)}x(1)`,
  'nested functions': Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}def f(torch=torch.load(x)):`).join('\n'),
  'nested lambdas': `import torch\nx = ${'lambda a: '.repeat(DEEP)}torch.load(a)`,
  'nested format strings': `import os, openai\nos.system(${'f"{'.repeat(DEEP)}`,
  'a line of 2 MB': `import torch\nx = "${'a'.repeat(2_000_000)}"\ntorch.load(x)`,
  'a name bound thousands of times': `import pickle\n${'x = pickle.load\nx(1)\n'.repeat(DEEP)}`,
  'a name bound in thousands of branches': `import pickle\nx = pickle.load\n${'if c:\n  x = 1\nelse:\n  x(f)\n'.repeat(5000)}`,
  'a name bound in a loop thousands of times': `import pickle\nx = pickle.load\nfor i in j:\n${'  x(f)\n  if c: x = pickle.load\n'.repeat(5000)}`,
  'a dictionary filled thousands of times': `import torch\no = {}\n${'o["weights_only"] = False\ntorch.load(p, **o)\n'.repeat(5000)}`,
  'dictionaries of dictionaries': `import torch\na0 = {"weights_only": False}\n${Array.from({ length: 2000 }, (_, i) => `a${i + 1} = {${`**a${i}, `.repeat(8)}}`).join('\n')}\ntorch.load(p, **a2000)`,
  'a class made from a class, and so on': `import pickle\nclass C0(pickle.Unpickler): ...\n${Array.from({ length: 3000 }, (_, i) => `class C${i + 1}(C${i}): ...\nC${i + 1}(f).load()`).join('\n')}`,
  'attributes that rest on each other': `import os, openai\nclass A:\n  def f(self):\n${Array.from({ length: 300 }, (_, i) => `    self.a${i} = self.b[self.a${(i * 7) % 300}] or self.a${(i * 11) % 300} + self.b.c[self.a${(i * 13) % 300}]`).join('\n')}\n    os.system(self.a1)\n    os.popen(self.a2, **self.a3)`,
  'functions that call each other': `import os, openai\n${Array.from({ length: 300 }, (_, i) => `def f${i}(a):\n  return f${(i * 7) % 300}(a) + f${(i * 11) % 300}(a)`).join('\n')}\nos.system(f1(openai.ChatCompletion.create()))`,
  'thousands of sinks of one name': `import os, openai\ndef f(a):\n${'  os.system(a + "x")\n'.repeat(2000)}${'f(y)\n'.repeat(1000)}`,
  'no Python': Array.from({ length: 200_000 }, (_, i) => String.fromCharCode((i * 7919) % 65536)).join(''),
};
for (const [title, text] of Object.entries(HOSTILE)) {
  test(`bears ${title}`, { timeout: 60_000 }, () => {
    check(text);
  });
}

const FILES = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.py'))
  .map((path) => readFileSync(new URL(path.replaceAll('\\', '/'), FIXTURES), 'utf8'));

test('never throws on real files that are cut, spliced, repeated and nested', { timeout: 300_000 }, () => {
  assert.ok(FILES.length > 0);
  const piece = fc.record({ file: fc.nat(FILES.length - 1), from: fc.nat(), length: fc.nat(400) });
  const indent = (text: string): string => text.replace(/^/gm, '    ');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.nat(3), fc.nat(20), (pieces, depth, times) => {
      let text = '';
      for (const { file, from, length } of pieces) {
        const source = FILES[file] as string;
        const start = from % (source.length + 1);
        text += source.slice(start, start + length);
      }
      text = text.repeat(1 + (times % 3));
      for (let level = 0; level < depth; level++) text = `class A(B):\n    def f(self, x=(\n${indent(indent(text))}`;
      check(text);
    }),
    { numRuns: 60 },
  );
});

test('reads a long file', { timeout: 120_000 }, () => {
  check(SAMPLE.repeat(Math.ceil(750_000 / SAMPLE.length)));
});
