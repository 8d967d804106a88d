import type { McpServer, Text } from './mcp.ts';

type CommandLine = Pick<McpServer, 'command' | 'args'>;

const SHELL = /^(?:ba|z|da|k|fi)?sh$/;
const WINDOWS_SHELL = /^cmd$/i;
const POWERSHELL = /^(?:powershell|pwsh)$/i;

/** `C:\tools\npx.cmd` -> `npx`. */
export function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:cmd|exe)$/i, '');
}

/** The arguments that a shell is told to run as a line; undefined when the program is no shell or runs a script file. */
export function shellLine({ command, args }: CommandLine): readonly Text[] | undefined {
  const name = baseName(command?.text ?? '');
  const flag = WINDOWS_SHELL.test(name)
    ? /^\/[ck]$/i
    : POWERSHELL.test(name)
      ? /^-(?:c|command|encodedcommand|enc|e)$/i
      : SHELL.test(name)
        ? /^-[a-z]*c$/
        : undefined;
  const at = flag ? args.findIndex(({ text }) => flag.test(text)) : -1;
  if (at === -1) return undefined;
  // A POSIX shell takes one argument as its line, the others a whole rest.
  return SHELL.test(name) ? args.slice(at + 1, at + 2) : args.slice(at + 1);
}

export function isShellLine(line: CommandLine): boolean {
  return shellLine(line) !== undefined;
}

/** The single commands of a shell line, cut at operators and quotes. */
export function shellCommands(line: CommandLine): CommandLine[] {
  const commands: { command: Text | undefined; args: Text[] }[] = [];
  let fresh = true;
  for (const { text, span } of shellLine(line) ?? []) {
    // Only where the text stands in the file as it is are offsets in it offsets in the file.
    const exact = span.end - span.start === text.length;
    for (const match of text.matchAll(/&&|\|\||[;|&\n]|[^\s;|&"']+/g)) {
      const [word] = match;
      if (/^[;|&\n]/.test(word)) {
        fresh = true;
        continue;
      }
      const start = span.start + match.index;
      const each = { text: word, span: exact ? { start, end: start + word.length } : span };
      // `exec` and variables before a command change nothing of what it is.
      if (fresh && (word === 'exec' || /^[A-Za-z_]\w*=/.test(word))) continue;
      if (fresh) commands.push({ command: each, args: [] });
      else commands.at(-1)?.args.push(each);
      fresh = false;
    }
  }
  return commands;
}
