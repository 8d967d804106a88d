import type { McpServer, Text } from '../languages/mcp.ts';
import type { NpmLock } from '../languages/packages/npmLocks.ts';
import type { Packages } from '../languages/packages/packages.ts';
import { baseName, isShellLine, shellCommands } from '../languages/shell.ts';
import type { Fix } from './finding.ts';
import type { Problem } from './rule.ts';

/** A program with its arguments, each with its place. */
type CommandLine = Pick<McpServer, 'command' | 'args'>;

interface Launcher {
  readonly command: RegExp;
  /** Sub-command words that come before the package (`pnpm dlx`, `uv tool run`). */
  readonly words: readonly string[];
  readonly ecosystem: 'npm' | 'pypi' | 'docker' | 'deno' | 'go';
  /** Options that take a value, so that the value is not mistaken for the package. */
  readonly valued: readonly string[];
  /** Options whose value is the package. */
  readonly named: readonly string[];
  /** Without such an option nothing is fetched. */
  readonly namedOnly?: true;
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
  // Run in a project, uv takes what the project locks; only what comes on top is fetched newest.
  { command: /^uv$/, words: ['run'], ecosystem: 'pypi', valued: [], named: ['--with'], namedOnly: true },
  {
    command: /^deno$/,
    words: ['run'],
    ecosystem: 'deno',
    valued: ['-c', '--config', '--import-map', '--env-file', '-r'],
    named: [],
  },
  { command: /^go$/, words: ['run'], ecosystem: 'go', valued: ['-C', '-exec', '-tags', '-ldflags'], named: [] },
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

/** A package that a command line fetches and starts. */
export interface Launched {
  readonly ecosystem: Launcher['ecosystem'];
  /** Name without version, as written. */
  readonly name: string;
}

/** Which package the command line fetches and starts; undefined when it starts a program that is there. */
export function packageLaunched(line: CommandLine): Launched | undefined {
  const [first = line] = isShellLine(line) ? shellCommands(line) : [];
  const { launcher, args } = launch(first);
  const found = launcher && packageOf(launcher, args);
  if (!found || isLocal(found.text)) return undefined;
  const { ecosystem } = launcher;
  const name = ecosystem === 'docker' ? found.text.replace(/@.*$|:[\w.-]+$/g, '') : split(ecosystem, found.text).name;
  return { ecosystem, name };
}

/**
 * What is wrong with the versions of the packages that a command line fetches and starts; empty when they are fixed, or
 * when nothing is fetched. Messages: `unpinned`, `moving`, `git`, `address`, `placeholder`, with `package` and `version`.
 *
 * @param packages versions the project has locked, which a fix may name; `npm` likewise.
 */
export function launchedPackages(line: CommandLine, packages?: Packages, npm?: NpmLock): Problem[] {
  // A launcher inside of a shell line fetches just the same.
  const lines = isShellLine(line) ? shellCommands(line) : [line];
  return lines.flatMap((each) => launchedPackage(each, packages, npm) ?? []);
}

/** As `launchedPackages`, for one command. */
export function launchedPackage(line: CommandLine, packages?: Packages, npm?: NpmLock): Problem | undefined {
  const { launcher, args } = launch(line);
  const found = launcher && packageOf(launcher, args);
  if (!found || isLocal(found.text)) return undefined;
  const { text, span } = found;
  const { ecosystem } = launcher;
  if (ecosystem === 'docker') return judgeImage(found);
  if (/^https?:/.test(text)) return { span, message: 'address', data: { package: text } };
  if (/^(?:git\+|github:|gitlab:|bitbucket:)|^[\w.-]+\/[\w.-]+$/.test(text)) {
    return /[#@][0-9a-f]{40}(?:#.*)?$/.test(text) ? undefined : { span, message: 'git', data: { package: text } };
  }
  const { name, separator, version } = split(ecosystem, text);
  if (version === EXAMPLE_PIN) return { span, message: 'placeholder', data: { package: name, version } };
  // In a shell line with escapes the place is that of the whole line.
  const exact = span.end - span.start === text.length;
  const pins = [...lockedPin(ecosystem, name, span, packages, npm), pin(ecosystem, name, span, EXAMPLE_PIN)];
  const fixes = exact ? pins : [];
  if (!version) return { span, message: 'unpinned', data: { package: name }, fixes };
  const fixed =
    /^v?\d+(?:\.\d+)*[\w.+-]*$/.test(version) && ['@', '==', '==='].includes(separator) && isFull(version, ecosystem);
  return fixed
    ? undefined
    : { span, message: 'moving', data: { package: name, version: `${separator}${version}` }, fixes };
}

function isLocal(text: string): boolean {
  return (
    /^(?:\.{0,2}\/|\.$|[A-Za-z]:\\|file:|\$)/.test(text) ||
    (!/^https?:/.test(text) && /\.(?:tgz|whl|[cm]?js|ts|py|go)$/.test(text))
  );
}

function split(ecosystem: Launcher['ecosystem'], text: string): { name: string; separator: string; version: string } {
  const pattern = ecosystem === 'pypi' ? /^([^=<>~!@]+)(===?|[<>~!]=?|@)?(.*)$/ : /^((?:npm:|jsr:)?@?[^@]+)(@)?(.*)$/;
  const [, name = text, separator = '', version = ''] = pattern.exec(text) ?? [];
  return { name, separator, version };
}

function pin(ecosystem: Launcher['ecosystem'], name: string, span: Text['span'], version: string, title?: string): Fix {
  const text = `${name}${ecosystem === 'pypi' ? '==' : '@'}${version}`;
  return { title: title ?? 'Pin to a version to fill in', kind: 'suggestion', edits: [{ ...span, text }] };
}

/** The version that the project has locked was chosen by somebody. */
function lockedPin(
  ecosystem: Launcher['ecosystem'],
  name: string,
  span: Text['span'],
  packages?: Packages,
  npm?: NpmLock,
): Fix[] {
  const chosen = (version: string, path: string) => [
    pin(ecosystem, name, span, version, `Pin to ${version}, as in ${path}`),
  ];
  const locked = ecosystem === 'npm' ? npm?.version(name) : undefined;
  if (npm && locked) return chosen(locked, npm.path);
  // `package[extra]` is the package with more of its dependencies.
  const bare = name.split('[', 1)[0] ?? name;
  const known = ecosystem === 'pypi' ? packages?.get(bare) : undefined;
  const version = /^===?\s*([\w.+!-]+)$/.exec(known?.specifier ?? '')?.[1];
  return known && version ? chosen(version, known.source.path) : [];
}

/** npm reads `1` and `1.2` as ranges; for Python `==1.2` is exact. */
function isFull(version: string, ecosystem: Launcher['ecosystem']): boolean {
  return ecosystem === 'pypi' || version.split('.').length >= 3;
}

function judgeImage({ text, span }: Text): Problem | undefined {
  if (/@sha256:[0-9a-f]{64}$/.test(text) || /^[$<{]/.test(text)) return undefined;
  const tag = /:([\w.-]+)$/.exec(text)?.[1];
  if (tag === undefined) return { span, message: 'image', data: { package: text } };
  if (tag === 'latest') return { span, message: 'moving', data: { package: text.slice(0, -7), version: ':latest' } };
  // A version tag can be pushed again, but seldom is.
  return {
    span,
    message: 'moving',
    severity: 'info',
    data: { package: text.slice(0, -tag.length - 1), version: `:${tag}` },
  };
}

/** The launcher with what follows its sub-command. */
function launch({ command, args }: CommandLine): { launcher?: Launcher; args: readonly Text[] } {
  const name = baseName(command?.text ?? '');
  const launcher = LAUNCHERS.find(
    ({ command, words }) => command.test(name) && words.every((word, index) => args[index]?.text === word),
  );
  return launcher ? { launcher, args: args.slice(launcher.words.length) } : { args };
}

/** The argument that names the package: the value of a package option, else the first that is neither option nor value. */
function packageOf({ valued, named, namedOnly }: Launcher, args: readonly Text[]): Text | undefined {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as Text;
    if (named.includes(arg.text)) return args[index + 1];
    const option = named.find((name) => arg.text.startsWith(`${name}=`));
    if (option) {
      const skip = option.length + 1;
      return { text: arg.text.slice(skip), span: { start: arg.span.start + skip, end: arg.span.end } };
    }
    if (namedOnly || arg.text === '--') continue;
    if (valued.includes(arg.text)) index++;
    else if (!arg.text.startsWith('-')) return arg;
  }
  return undefined;
}
