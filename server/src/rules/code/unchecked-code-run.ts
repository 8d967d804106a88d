import { COMMAND_TRIGGERS, mentions } from '../../engine/commandRule.ts';
import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Command, Word } from '../../languages/commands.ts';
import { isInMagic } from '../../languages/notebook.ts';
import { inContext, lowered } from '../../languages/python/program.ts';
import { inTexts } from '../../languages/python/triggers.ts';
import { addressOf, hostOf, isLoopback, pipedDownload } from '../../languages/shell/downloads.ts';
import { installOf } from '../../languages/shell/installs.ts';

/** Files that are run or loaded, unlike pictures and tables. */
const RUNS =
  /\.(?:py|sh|bash|pl|rb|js|exe|msi|run|deb|rpm|whl|jar|so|dll|pth?|ckpt|bin|pkl|pickle|joblib|h5|keras|onnx|gguf|safetensors|ipynb)$/i;

const ADDRESSED = /https?:\/\/|\bgit\b/;

export const uncheckedCodeRun = defineRule({
  meta: {
    id: 'GL362',
    name: 'unchecked-code-run',
    title: 'Code from the network is run without a check',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
      'atlas:AML.T0011',
    ],
    why: 'Whatever the server or the repository holds at that moment runs with your rights, also after somebody else has taken it over. Nobody can say later what it was.',
    how: 'Download to a file, compare its SHA-256, then run it; check out the commit you have read before you install or import from a repository.',
    messages: {
      piped: 'Runs what `{host}` sends, unchecked',
      plain: '`{file}` comes over an unencrypted connection: anybody on the way can put other code in its place',
      magic: '`{magic}` takes code from `{host}`, in whatever state it is when the cell runs',
      clone: 'Runs code of `{repository}` in whatever state it is that day; check out a commit after cloning',
    },
    peers: ['semgrep curl-pipe-bash'],
    detections: ['NBK-03', 'NBK-07', 'NBK-08'],
    examples: [
      { path: 'setup.ipynb', bad: cells('!curl -fsSL https://get.shop.dev/install.sh | sh\n') },
      { path: 'setup.ipynb', bad: cells('%%bash\nset -e\nbash <(wget -qO- https://get.shop.dev/x)\n') },
      { path: 'setup.ipynb', bad: cells('!wget http://files.shop.dev/helpers.py\n') },
      { path: 'setup.ipynb', bad: cells('%load https://shop.dev/snippet.py\n') },
      {
        title: 'a repository that is run as it is that day',
        path: 'setup.ipynb',
        bad: cells('!git clone https://github.com/org/tool.git\n%cd tool\n!pip install -e .\n'),
      },
      {
        path: 'setup.ipynb',
        bad: cells('!git clone https://github.com/org/tool\n', 'import sys\nsys.path.append("/content/tool")\n'),
      },
      {
        title: 'a commit that was read',
        path: 'setup.ipynb',
        good: cells('!git clone https://github.com/org/tool.git\n%cd tool\n!git checkout 0123abc\n!pip install -e .\n'),
      },
      {
        title: 'a release; a repository that is only read',
        path: 'setup.ipynb',
        good: cells(
          '!git clone --branch v1.2.3 https://github.com/org/tool\n!pip install ./tool\n!git clone https://github.com/org/data\n!ls data\n',
        ),
      },
      {
        title: 'data',
        path: 'setup.ipynb',
        good: cells(
          '!curl -s https://api.shop.dev/v1 | python -m json.tool\n!curl http://localhost:8000/run.py -o run.py\n!wget http://images.shop.dev/train.jpg\n%run helpers.ipynb\n%load_ext autoreload\n',
        ),
      },
    ],
  },
  triggers: [inTexts(ADDRESSED, ...COMMAND_TRIGGERS)],
  *check(file) {
    if (!mentions(file, ADDRESSED)) return;
    for (const { name, kind, text, span } of file.notebook?.magics ?? []) {
      const [address] = /\bhttps?:\/\/\S{1,500}/.exec(text) ?? [];
      if (kind !== 'line' || !/^(?:load|loadpy|run|macro|pycat)$/.test(name) || !address) continue;
      yield { span, message: 'magic', data: { magic: `%${name}`, host: hostOf(address) ?? 'elsewhere' } };
    }
    if (!mentions(file, /\b(?:curl|wget|aria2c|git)\b/)) return;
    // Downloads that Python starts are reported with its other downloads.
    for (const command of file.commands) {
      if (file.started || isInMagic(file.notebook, command.span)) yield* downloads(file, command);
    }
    yield* clones(file);
  },
});

function* downloads(file: SourceFile, command: Command): Iterable<Problem> {
  const piped = pipedDownload(command);
  if (piped) {
    const address = addressOf(piped.fetch);
    const host = address && hostOf(address.text);
    if (host && isLoopback(host)) return;
    const harm = piped.runs.elevated || (address && /^http:/i.test(address.text)) ? 'error' : 'warning';
    const start = Math.min(command.span.start, piped.runs.span.start);
    const end = Math.max(command.span.end, piped.runs.span.end);
    const data = { host: host ?? 'a server' };
    yield { span: { start, end }, message: 'piped', data, severity: settled(file, harm) };
    return;
  }
  if (!/^(?:curl|wget|aria2c)$/.test(command.program)) return;
  for (const { text, span } of command.words) {
    if (!/^http:\/\//i.test(text) || !RUNS.test(text.replace(/[?#].*$/, ''))) continue;
    const host = hostOf(text);
    if (host && isLoopback(host)) continue;
    const data = { file: text.slice(text.lastIndexOf('/') + 1) };
    yield { span, message: 'plain', data, severity: inContext('warning', file.path) };
  }
}

/** Installers are piped into a shell everywhere where a machine is set up, which hides what a reader could act on. */
function settled(file: SourceFile, harm: 'error' | 'warning'): Severity {
  const severity = inContext(harm, file.path);
  return file.started ? lowered(severity) : severity;
}

/** More repositories than this are no program's. */
const MAX_CLONES = 50;

/** Folder that a repository is cloned into, and whether its state is said. */
interface Clone {
  readonly word: Word;
  readonly folder: string;
  readonly repository: string;
}

function* clones(file: SourceFile): Iterable<Problem> {
  const { commands } = file;
  let seen = 0;
  for (const [index, command] of commands.entries()) {
    const clone = seen < MAX_CLONES ? cloneOf(command) : undefined;
    if (!clone) continue;
    seen++;
    const later = commands.slice(index + 1, index + 200);
    const pinned = later.some(
      ({ program, words }) => program === 'git' && words.some(({ text }) => /^(?:checkout|reset|switch)$/.test(text)),
    );
    if (pinned || !isRun(file, clone, later)) continue;
    const data = { repository: clone.repository };
    yield {
      span: clone.word.span,
      message: 'clone',
      data,
      confidence: 'medium',
      severity: settled(file, 'warning'),
    };
  }
}

function cloneOf({ program, words }: Command): Clone | undefined {
  const at = words.findIndex(({ text }) => text === 'clone');
  if (program !== 'git' || at === -1) return undefined;
  const rest = words.slice(at + 1);
  // A branch that is called like a release.
  const branch = rest[rest.findIndex(({ text }) => /^(?:-b|--branch)$/.test(text)) + 1]?.text ?? '';
  if (rest.some(({ text }) => /^(?:-b|--branch|--revision)/.test(text)) && /\d/.test(branch)) return undefined;
  const url = rest.findIndex(({ text }) => /^(?:https?:\/\/|git@|ssh:\/\/)/.test(text));
  const word = rest[url];
  if (!word) return undefined;
  const given = rest[url + 1];
  const name = word.text
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/, '');
  const folder = given && !given.text.startsWith('-') ? given.text.replace(/\/+$/, '').replace(/^.*\//, '') : name;
  const repository = word.text.replace(/^\w+:\/\/(?:[^@/]*@)?|^git@/, '').replace(/\.git$/, '');
  return folder && /^[\w.-]+$/.test(folder) ? { word, folder, repository } : undefined;
}

/** Whether something of the folder is installed, run or imported afterwards. */
function isRun(file: SourceFile, { folder, word }: Clone, later: readonly Command[]): boolean {
  const names = (text: string): boolean => text.split(/[\\/]/).includes(folder);
  let inside = false;
  for (const command of later) {
    const { program, words } = command;
    if (program === 'cd')
      inside = names(words[1]?.text ?? '') || (inside && !/^(?:\.\.|[/~]|-)/.test(words[1]?.text ?? ''));
    const install = installOf(command);
    const targets = install?.packages.map(({ text }) => text) ?? [];
    if (targets.some((text) => names(text) || (inside && /^\.(?:$|[/[])/.test(text)))) return true;
    const files = install ? words.filter(({ text }) => /requirements|environment/.test(text)) : words.slice(1, 3);
    const runs = install || /^(?:python|bash|sh|make|source|accelerate|torchrun|deepspeed)$/.test(program);
    if (runs && !install && (inside || files.some(({ text }) => names(text)))) return true;
  }
  const after = (file.notebook?.source ?? file.text).slice(word.span.end, word.span.end + 200_000);
  for (const [, path = ''] of after.matchAll(
    /\bsys\.path\.(?:append|insert)\([^"'\n)]{0,40}["']([^"'\n]{1,200})["']/g,
  )) {
    if (names(path)) return true;
  }
  return (file.notebook?.magics ?? []).some(
    ({ name, text, at }) => name === 'run' && at > word.span.end && (inside || names(text.trim())),
  );
}

function cells(...sources: string[]): string {
  const list = sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: list });
}
