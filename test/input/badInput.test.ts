import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { lintText } from '../helpers/lintText.ts';

const NAMES = [
  'MODEL_CARD.md',
  'DATA_CARD.md',
  'AGENTS.md',
  'x.prompt.md',
  'x.prompty',
  'x.prompt',
  'x.prompt.yml',
  'x.baml',
  'skprompt.txt',
  'promptfooconfig.yaml',
  '.gemini/commands/x.toml',
  'x.mdc',
  'load.py',
  'explore.ipynb',
  '.mcp.json',
  '.vscode/mcp.json',
  '.codex/config.toml',
  'package.json',
  '.claude/agents/x.md',
  '.guidelint.yaml',
  '.guidelint/evidence.yaml',
  'croissant.json',
  'bom.xml',
  'MLmodel',
];

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

const HOSTILE: Readonly<Record<string, string>> = {
  nothing: '',
  'one line break': '\n',
  'a byte order mark': '\uFEFF',
  'NUL characters': '\0\0\0---\0',
  'lone surrogates': '---\nlicense: \uD800\n---\n# \uDC00\n',
  'front matter never closed': '---\nlicense: mit\ntags: [a, b\n\n# Title\n\ntext\n',
  'front matter that is a list': '---\n- a\n- b\n---\n# Title\n',
  'an alias bomb': `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nlicense: *e\n---\n# T\n`,
  'deeply nested YAML': `---\nlicense: ${deep('[', ']', 20_000)}\n---\n# T\n`,
  'deeply indented YAML': `---\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n---\n`,
  'deeply nested JSON': deep('[', ']', 200_000),
  'deeply nested objects': '{"servers":'.repeat(50_000),
  'deeply nested calls': `x = ${deep('f(', ')', 50_000)}\n`,
  'deeply nested lists': `${Array.from({ length: 700 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')}\n`,
  'deep quotes': `${'> '.repeat(20_000)}a\n`,
  'a line of a megabyte': `license: ${'a'.repeat(1_000_000)}\n`,
  'many brackets': '[['.repeat(100_000),
  'many backticks': '`'.repeat(200_000),
  'many asterisks': '*a'.repeat(100_000),
  'many pipes': `|${' a |'.repeat(50_000)}\n|${'---|'.repeat(50_000)}\n`,
  'curl without an end': 'curl '.repeat(40_000),
  'spaces without an end': ' '.repeat(500_000),
  'hash marks': '#'.repeat(300_000),
  'invisible characters': '\u200B\u{E0041}\u202E'.repeat(33_000),
  'open strings': '"""\'\'\'"'.repeat(50_000),
};

/** What only readers of prompts look at. */
const HOSTILE_PROMPTS: Readonly<Record<string, string>> = {
  'places to fill in': '<a>{{question}} and words of the {text} '.repeat(4000),
  'quoted lines': '> say it without asking\n'.repeat(10_000),
  'lines that announce': 'do this:\n- apply it without asking\n'.repeat(10_000),
  'many addresses': 'a.b@c.d '.repeat(50_000),
};

/** A guard against hanging, not a measurement: far above what any of these takes. In milliseconds. */
const HANG = 20_000;

for (const [name, text] of Object.entries(HOSTILE)) {
  describe(name, () => {
    for (const path of NAMES) {
      test(path, { timeout: HANG }, () => {
        for (const { span, message } of lintText(path, text)) {
          assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end, message);
        }
      });
    }
  });
}

describe('prompts', () => {
  for (const [name, text] of Object.entries(HOSTILE_PROMPTS)) {
    for (const path of ['AGENTS.md', 'x.prompty', 'x.prompt', 'skprompt.txt']) {
      test(`${name}: ${path}`, { timeout: HANG }, () => void lintText(path, text));
    }
  }
});

test('5 MB of each kind is answered', { timeout: 120_000 }, () => {
  const line = 'x = torch.load(path)  # sha256: abc | curl https://x.example | text\n';
  for (const path of NAMES) lintText(path, line.repeat(Math.floor(5_000_000 / line.length)));
});

/** Every text of the examples, cut at many places, as it is while somebody types or a copy breaks off. */
describe('truncated anywhere', () => {
  const folder = new URL('../../examples/insecure/', import.meta.url);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|py|ipynb|json|yaml)$/.test(entry.name))
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
  assert.ok(paths.length > 8, 'the examples are there');
  for (const path of paths) {
    const name = path.slice(path.indexOf('insecure/') + 9);
    test(name, () => {
      const text = readFileSync(path, 'utf8');
      for (const [variant, cuts] of [
        [text, 9],
        [text.replaceAll('\n', '\r\n'), 3],
        [`\uFEFF${text}`, 1],
      ] as const) {
        const step = Math.max(1, Math.floor(variant.length / cuts));
        for (let end = 0; end <= variant.length; end += step) lintText(name, variant.slice(0, end));
      }
    });
  }
});

test('line endings and a byte order mark change no finding', () => {
  const text = 'import torch\n\nm = torch.load("a.pt", weights_only=False)\n';
  const seen = (variant: string) =>
    lintText('load.py', variant).map(({ ruleId, fingerprint }) => [ruleId, fingerprint]);
  assert.deepEqual(seen(text.replaceAll('\n', '\r\n')), seen(text));
  assert.deepEqual(seen(`\uFEFF${text}`), seen(text));
});
