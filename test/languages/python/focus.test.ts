import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { DEFAULT_CONFIG } from '../../../server/src/engine/config.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { planPython } from '../../../server/src/engine/pythonPlan.ts';
import { skim, wordSet } from '../../../server/src/languages/python/skim.ts';
import { triggerIndex } from '../../../server/src/languages/python/triggers.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { openFile } from '../../../server/src/workspace/open.ts';

const waiting = rules.filter(({ triggers }) => triggers);
const TRIGGERS = triggerIndex(waiting.map(({ triggers }) => triggers ?? []));

function findings(text: string, partly: boolean, path = 'app.py') {
  const file = openFile({ uri: `file:///${path}`, path, text, config: DEFAULT_CONFIG, today: '2026-01-01' });
  return lint(file, { rules: waiting, config: DEFAULT_CONFIG, ...(partly && { triggers: TRIGGERS }) });
}

/** What a scan parses of a text; undefined for all of it. */
function planFor(text: string) {
  const file = openFile({ uri: 'file:///app.py', path: 'app.py', text, config: DEFAULT_CONFIG, today: '2026-01-01' });
  const { live, parts } = planPython(file, waiting, TRIGGERS);
  return { live, ranges: parts?.python.focus?.ranges };
}

/** Code that has nothing to do with what stands around it, so that leaving it out is worth while. */
const FILLER = Array.from(
  { length: 8 },
  (_, index) => `
class Filler${index}(Base):
    """Nothing to see: torch.load(path), eval(reply)."""

    size = ${index}

    def __init__(self, width, *, depth=${index}):
        super().__init__()
        self.width_${index}, self.depth_${index} = width, depth

    def total_${index}(self):
        if self.width_${index} > 3:
            return self.width_${index} * self.depth_${index}
        else:
            return {"a": [1, 2, 3], 'b': (4, f"{self.size!r:>10}")}
`,
).join('\n');

test('every example of a rule has the same findings in a long text that is parsed in parts', () => {
  for (const { meta } of waiting) {
    for (const { bad = '', good = '', path } of meta.examples) {
      for (const text of [bad, good].filter((each) => each !== '' && path.endsWith('.py'))) {
        for (const padded of [text, `${FILLER}\n${text}`]) {
          assert.deepEqual(findings(padded, true, path), findings(padded, false, path), `${meta.id}: ${text}`);
        }
      }
    }
  }
});

test('so have the Python files of the repository', () => {
  for (const folder of ['examples', 'test']) {
    const root = join(import.meta.dirname, '../../..', folder);
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.py')) continue;
      const text = readFileSync(join(root, name), 'utf8');
      assert.deepEqual(findings(text, true), findings(text, false), name);
    }
  }
});

/** Each has findings that rest on lines far from the call. */
const FAR: Readonly<Record<string, string>> = {
  'a name of the module': `import torch as t\nSTRICT = False\n@\ndef load(path):\n    return t.load(path, weights_only=STRICT)\n`,
  'an alias': `import torch\nread = torch.load\n@\ndef load(path):\n    return read(path, weights_only=False)\n`,
  'an alias of an alias': `import torch\nread = torch.load\nfetch = read\n@\nx = fetch(path, weights_only=False)\n`,
  'an imported alias': `from torch import load as fetch\n@\nx = fetch(path, weights_only=False)\n`,
  'an attribute of the object': `import torch
class A:
    def __init__(self):
        self.read = torch.load
    def run(self, path):
        return self.read(path, weights_only=False)
@
`,
  'an attribute of the class': `import torch\nclass A:\n    strict = False\n@\nx = torch.load(path, weights_only=A.strict)\n`,
  'a function that returns a function': `import torch\ndef reader():\n    return torch.load\n@\nx = reader()(path, weights_only=False)\n`,
  'a dictionary that is filled': `import torch\noptions = {}\noptions["weights_only"] = False\n@\nx = torch.load(p, **options)\n`,
  'a global that a function sets': `import torch
flag = True
def loosen():
    global flag
    flag = False
@
torch.load("a", weights_only=False)
torch.load("b", weights_only=flag)
`,
  'an import in a try': `try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\n@\nx = pickle.load(open("/tmp/x", "rb"))\n`,
  'a branch further on': `import torch
def load(path, fast):
    if fast:
        strict = True
        prepare(path)
    elif path:
        log(path)
        strict = False
    else:
        strict = False
    for name in path:
        print(name)
    return torch.load(path, weights_only=False, **{"a": strict})
@
`,
  'a reply through a parameter': `from openai import OpenAI
client = OpenAI()
def ask(question):
    response = client.responses.create(model="m", input=question)
    return response.output_text
@
def run(code, verbose=False):
    if verbose:
        print("running")
    exec(code)
@
def main():
    reply = ask("Write a program.")
    run(reply)
`,
  'a reply kept in an object': `from openai import OpenAI
class Agent:
    def __init__(self, client: OpenAI):
        self.client = client
        self.code = ""
    def ask(self, question):
        self.code = self.client.responses.create(model="m", input=question).output_text
    def show(self):
        print("nothing")
    def run(self):
        exec(self.code)
@
`,
  'a reply in a list and a loop': `import ollama
parts = []
for chunk in ollama.chat(model="m", messages=[], stream=True):
    parts.append(chunk["message"]["content"])
@
def run():
    eval("".join(parts))
`,
  'braces within braces': `import subprocess
def read():
    from argparse import ArgumentParser
    return ArgumentParser().parse_args()
@
def main():
    args = read()
    command = f"""run {"".join([f" --{key} {value}" for key, value in args.__dict__.items()])}"""
    subprocess.run(command, shell=True)
`,
  'a test that lets only known names through': `import subprocess
import sys
def run():
    name = sys.argv[1]
    if name not in ALLOWED:
        print(name)
        print("refused")
        return
    subprocess.run(name, shell=True)
    subprocess.run(sys.argv[2], shell=True)
@
`,
  'a decorated function': `import torch
@decorated(
    by="it"
)
async def load(path):
    async with place(path) as f:
        return torch.load(f, weights_only=False)
@
`,
  'line ends of Windows': `import torch\r\nSTRICT = False\r\n@\r\nx = torch.load(\r\n  path,\r\n  weights_only=STRICT,\r\n)\r\n`,
  tabs: `import torch\nclass A:\n\tdef load(self, path):\n\t\tif path:\n\t\t\treturn torch.load(path, weights_only=False)\n@\n`,
};

for (const [name, text] of Object.entries(FAR)) {
  test(`found in parts as in the whole: ${name}`, () => {
    // A lone \`@\` marks where other code stands in between.
    const padded = text.replace(/^@\r?$/gm, FILLER);
    const found = findings(padded, true);
    assert.deepEqual(found, findings(padded, false));
    assert.ok(found.length > 0);
    const { ranges } = planFor(padded);
    assert.ok(ranges, 'parsed in parts');
    assert.ok(ranges.reduce((sum, { from, to }) => sum + to - from, 0) < padded.length / 2);
  });
}

test('texts without a trigger are not parsed at all', () => {
  assert.deepEqual(planFor(FILLER).ranges, []);
  assert.equal(planFor(`import torch\n# torch.load(path)\n"""torch.load(path)"""\n${FILLER}`).live.size, 0);
  assert.equal(planFor('import yaml\nmodel.load(path)\n').live.size, 0, 'the model is no library');
});

test('what the skim does not understand is parsed as a whole', () => {
  const call = 'import torch\ntorch.load(path, weights_only=False)\n';
  for (const broken of [
    '"unclosed\n',
    '"""\n',
    'f(\n',
    ')\n',
    'if x:\n        a\n    b\n',
    '  indented\n',
    'a \\ b\n',
  ]) {
    const text = broken.startsWith(' ') ? broken + call : `${call}${broken}`;
    assert.equal(planFor(text).ranges, undefined, JSON.stringify(broken));
    assert.deepEqual(findings(text, true), findings(text, false));
  }
});

test('a line that is just being typed does not cost a look at all of the text', () => {
  const text = `import torch\n${FILLER}\nif typed:\n        x\n    return 1\n\nmodel = torch.load("m.pt")\n`;
  const open = openFile({ uri: 'file:///app.py', path: 'app.py', text, config: DEFAULT_CONFIG, isOpen: true });
  const { parts } = planPython(open, waiting, TRIGGERS);
  const read = parts?.python.focus?.ranges.reduce((sum, { from, to }) => sum + to - from, 0) ?? text.length;
  assert.ok(read < text.length / 10, `${read} of ${text.length}`);
  const found = lint(open, { rules: waiting, config: DEFAULT_CONFIG, triggers: TRIGGERS });
  assert.deepEqual(
    found.map(({ ruleId }) => ruleId),
    findings(text, false).map(({ ruleId }) => ruleId),
  );
  assert.equal(planFor(text).ranges, undefined, 'what is on disk is read as a whole');
});

test('words and lines', () => {
  const wanted = wordSet(['load', 'x']);
  const found = (text: string) => {
    const { hits, lines, sure } = skim(text, wanted);
    return { words: hits.filter((_, index) => index % 2 === 0), lines: lines.length, sure };
  };
  assert.deepEqual(found('load # load\n"load it"\n"load"\nloads\n'), { words: [0, 23], lines: 4, sure: true });
  assert.deepEqual(found('f"load {load} {a["load"]:>{x}}"').words, [8, 18, 27]);
  assert.deepEqual(found('f(\n  x,\n\n)\\\n + 1\n'), { words: [5], lines: 1, sure: true });
  assert.deepEqual(found("rb'\\'' + '''\n'x' \\''' x''' + x"), { words: [29], lines: 1, sure: true });
  assert.deepEqual(found(''), { words: [], lines: 0, sure: true });
});

test('long runs of one character take linear time', () => {
  for (const unit of ['(', 'a', '"', "'", '\\', '\n', ' ', '#', '@', 'f"{', 'x=', 'a.', 'if x:\n ', '"""']) {
    const text = `import torch\ntorch.load(p)\nx = ${unit.repeat(100_000)}`;
    assert.ok(planFor(text));
  }
});
