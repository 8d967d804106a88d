import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonCommands, pythonSettings } from '../../../server/src/languages/python/commands.ts';
import { readPython } from '../../../server/src/languages/python/program.ts';

const HEAD = 'import os, subprocess, shlex, asyncio\n';
const commands = (code: string) =>
  pythonCommands(readPython(HEAD + code)).map(({ words }) =>
    words.map(({ text, fixed }) => (fixed ? text : `<${text}>`)).join(' '),
  );

test('reads the commands that a program starts', () => {
  const cases: [code: string, found: string[]][] = [
    ['os.system("vllm serve m && ls")', ['vllm serve m', 'ls']],
    ['subprocess.run(["vllm", "serve", name, "--port", str(1)], check=True)', ['vllm serve <$> --port <$>']],
    ['subprocess.run(["a", *rest])', ['a <$*>']],
    ['subprocess.Popen("a b".split())', ['a b']],
    ['subprocess.check_call(shlex.split("a \'b c\'"))', ['a b c']],
    ['subprocess.run(f"a {x} b", shell=True)', ['a <{x}> b']],
    ['os.popen("a " + x + " b")', ['a <$_> b']],
    ['asyncio.create_subprocess_exec("a", "b")', ['a b']],
    ['args = ["a", "b"]\nsubprocess.run(args)', ['a b <$*>']],
    ['subprocess.run(make())', []],
    ['subprocess.run(["bash", "-c", "a | b"])', ['bash -c a | b', 'a', 'b']],
    ['system("a")', []],
  ];
  for (const [code, found] of cases) assert.deepEqual(commands(code), found, code);
});

test('words stand where they are written', () => {
  const text = `${HEAD}os.system("a --host 0.0.0.0")\nsubprocess.run(["b", "--host", "::"])\n`;
  const words = pythonCommands(readPython(text)).flatMap((command) => command.words);
  assert.deepEqual(
    words.map(({ span }) => text.slice(span.start, span.end)),
    ['a', '--host', '0.0.0.0', 'b', '--host', '::'],
  );
});

test('reads the variables that a program sets', () => {
  const text = `${HEAD}from os import environ as env
os.environ["A"] = "1"
env["B"] = "2"
os.environ.setdefault("C", "3")
os.environ.update({"D": "4"}, E="5")
os.putenv("F", value)
if os.environ["G"] == "7": pass
other.environ["H"] = "8"
`;
  assert.deepEqual(
    pythonSettings(readPython(text))
      .map(({ name, value }) => [name, value.fixed ? value.text : '?'])
      .sort(),
    [
      ['A', '1'],
      ['C', '3'],
      ['D', '4'],
      ['E', '5'],
      ['F', '?'],
    ],
  );
});
