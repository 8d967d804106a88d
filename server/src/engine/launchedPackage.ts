import type { McpServer, Text } from '../languages/mcp.ts';
import type { Problem } from './rule.ts';

/** A program with its arguments, each with its place. */
type CommandLine = Pick<McpServer, 'command' | 'args'>;

interface Launcher {
  readonly command: RegExp;
  /** Sub-command words that come before the package (`pnpm dlx`, `uv tool run`). */
  readonly words: readonly string[];
  readonly ecosystem: 'npm' | 'pypi' | 'docker';
  /** Options that take a value, so that the value is not mistaken for the package. */
  readonly valued: readonly string[];
  /** Options whose value is the package. */
  readonly named: readonly string[];
}

// The tools' own documentation; each resolves the newest version at every start unless one is named.
const LAUNCHERS: readonly Launcher[] = [
  {
    command: /^npx$/,
    words: [],
    ecosystem: 'npm',
    valued: ['--registry', '--cache', '-w', '--workspace'],
    named: ['-p', '--package'],
  },
  { command: /^bunx$/, words: [], ecosystem: 'npm', valued: [], named: ['-p', '--package'] },
  { command: /^(?:pnpm|yarn)$/, words: ['dlx'], ecosystem: 'npm', valued: [], named: ['-p', '--package'] },
  { command: /^npm$/, words: ['exec'], ecosystem: 'npm', valued: [], named: ['--package'] },
  { command: /^bun$/, words: ['x'], ecosystem: 'npm', valued: [], named: [] },
  {
    command: /^uvx$/,
    words: [],
    ecosystem: 'pypi',
    valued: ['--with', '--python', '-p', '--index', '--index-url', '--directory', '--env-file', '--refresh-package'],
    named: ['--from'],
  },
  {
    command: /^uv$/,
    words: ['tool', 'run'],
    ecosystem: 'pypi',
    valued: ['--with', '--python', '-p', '--index', '--directory', '--project'],
    named: ['--from'],
  },
  {
    command: /^pipx$/,
    words: ['run'],
    ecosystem: 'pypi',
    valued: ['--python', '--index-url', '--pip-args'],
    named: ['--spec'],
  },
  {
    command: /^(?:docker|podman)$/,
    words: ['run'],
    ecosystem: 'docker',
    valued: [
      '-e',
      '--env',
      '--env-file',
      '-v',
      '--volume',
      '--mount',
      '-p',
      '--publish',
      '--name',
      '--network',
      '--net',
      '-w',
      '--workdir',
      '-u',
      '--user',
      '--entrypoint',
      '--platform',
      '-l',
      '--label',
      '--add-host',
      '-m',
      '--memory',
      '--cpus',
      '--pull',
      '--gpus',
      '-h',
      '--hostname',
      '--security-opt',
      '--cap-add',
      '--cap-drop',
      '--tmpfs',
    ],
    named: [],
  },
];

const EXAMPLE_PIN = '<version>';

/**
 * What is wrong with the version of the package that a command line fetches and starts; undefined when it is fixed, or when
 * nothing is fetched. Messages: `unpinned`, `moving`, `git`, `placeholder`, with `package` and `version`.
 */
export function launchedPackage(line: CommandLine): Problem | undefined {
  const { launcher, args } = launch(line);
  const found = launcher && packageOf(launcher, args);
  if (!found) return undefined;
  const { text, span } = found;
  if (launcher.ecosystem === 'docker') return judgeImage(found);
  if (/^(?:\.{0,2}\/|[A-Za-z]:\\|file:|\$\{|\$)/.test(text) || /\.(?:tgz|whl|js|py)$/.test(text)) return undefined;
  if (/^(?:git\+|github:|gitlab:|bitbucket:|https?:)|^[\w.-]+\/[\w.-]+$/.test(text)) {
    return /[#@][0-9a-f]{40}$/.test(text) ? undefined : { span, message: 'git', data: { package: text } };
  }
  const [, name = text, separator = '', version = ''] =
    (launcher.ecosystem === 'npm' ? /^(@?[^@]+)(@)?(.*)$/ : /^([^=<>~!@]+)(===?|[<>~!]=?|@)?(.*)$/).exec(text) ?? [];
  if (version === EXAMPLE_PIN) return { span, message: 'placeholder', data: { package: name, version } };
  const pin = launcher.ecosystem === 'npm' || separator === '@' ? '@' : '==';
  const fixes = [
    {
      title: `Pin to a version to fill in`,
      kind: 'suggestion' as const,
      edits: [{ ...span, text: `${name}${pin}${EXAMPLE_PIN}` }],
    },
  ];
  if (!version) return { span, message: 'unpinned', data: { package: name }, fixes };
  const exact =
    /^v?\d+(?:\.\d+)*[\w.+-]*$/.test(version) &&
    ['@', '==', '==='].includes(separator) &&
    isFull(version, launcher.ecosystem);
  return exact
    ? undefined
    : { span, message: 'moving', data: { package: name, version: `${separator}${version}` }, fixes };
}

/** npm reads `1` and `1.2` as ranges; for Python `==1.2` is exact. */
function isFull(version: string, ecosystem: Launcher['ecosystem']): boolean {
  return ecosystem !== 'npm' || version.split('.').length >= 3;
}

function judgeImage({ text, span }: Text): Problem | undefined {
  if (/@sha256:[0-9a-f]{64}$/.test(text) || /^[$<{]/.test(text)) return undefined;
  const tag = /:([\w.-]+)$/.exec(text)?.[1];
  if (tag === undefined) return { span, message: 'unpinned', data: { package: text } };
  if (tag === 'latest') return { span, message: 'moving', data: { package: text.slice(0, -7), version: ':latest' } };
  // A version tag can be pushed again, but seldom is.
  return {
    span,
    message: 'moving',
    severity: 'hint',
    data: { package: text.slice(0, -tag.length - 1), version: `:${tag}` },
  };
}

/** The launcher, also behind `cmd /c`, which Windows needs to start npx. */
function launch({ command, args }: CommandLine): { launcher?: Launcher; args: readonly Text[] } {
  let words: readonly Text[] = command ? [command, ...args] : [];
  if (command && /^cmd(?:\.exe)?$/i.test(baseName(command.text)) && /^\/c$/i.test(args[0]?.text ?? ''))
    words = args.slice(1);
  const [first, ...rest] = words;
  const name = baseName(first?.text ?? '');
  const launcher = LAUNCHERS.find(
    ({ command, words }) => command.test(name) && words.every((word, index) => rest[index]?.text === word),
  );
  return launcher ? { launcher, args: rest.slice(launcher.words.length) } : { args: rest };
}

function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:cmd|exe)$/i, '');
}

/** The argument that names the package: the value of a package option, else the first that is neither option nor value. */
function packageOf({ valued, named }: Launcher, args: readonly Text[]): Text | undefined {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as Text;
    if (named.includes(arg.text)) return args[index + 1];
    const option = named.find((name) => arg.text.startsWith(`${name}=`));
    if (option) {
      const skip = option.length + 1;
      return { text: arg.text.slice(skip), span: { start: arg.span.start + skip, end: arg.span.end } };
    }
    if (arg.text === '--') continue;
    if (valued.includes(arg.text)) index++;
    else if (!arg.text.startsWith('-')) return arg;
  }
  return undefined;
}
