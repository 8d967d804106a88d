import type { Command, Word } from './commands.ts';

/**
 * A fetch whose output an interpreter runs, in any text: `curl … | sh`, `bash <(curl …)`, `iwr … | iex`. One line, linear.
 */
export const PIPED_DOWNLOAD =
  /\b(?:curl|wget)\b[^\n|;&`]{1,300}\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)*)?(?:ba|z|da|k)?sh\b|\b(?:curl|wget)\b[^\n|;&`]{1,300}\|[ \t]*(?:sudo[ \t]+)?(?:python3?|node|perl|ruby)\b(?![ \t]+-(?:m|c|e)\b)|\b(?:bash|sh|zsh|source)[ \t]+<\([ \t]*(?:curl|wget)\b[^\n)]{1,300}\)|\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|]{1,300}\|[ \t]*(?:iex|Invoke-Expression)\b/gi;

const FETCHES = new Set(['curl', 'wget', 'aria2c', 'http', 'https']);
const INTERPRETERS = new Set([
  'sh',
  'bash',
  'zsh',
  'dash',
  'ksh',
  'python',
  'node',
  'perl',
  'ruby',
  'source',
  '.',
  'eval',
]);

/** The word with the address of what a command fetches and another one runs at once; undefined when it does neither. */
export function pipedDownload(command: Command): { readonly fetch: Command; readonly runs: Command } | undefined {
  if (INTERPRETERS.has(command.program)) {
    // `bash <(curl …)`, `sh -c "$(curl …)"`, `source <(curl …)`
    const fetch = command.inner.find(({ program }) => FETCHES.has(program));
    return fetch && { fetch, runs: command };
  }
  if (!FETCHES.has(command.program)) return undefined;
  const reader = command.pipesTo;
  // `tee` and its like hand on what they read.
  const runs = reader && /^(?:tee|tr|sed|gunzip|zcat|cat)$/.test(reader.program) ? reader.pipesTo : reader;
  if (!runs || !INTERPRETERS.has(runs.program)) return undefined;
  // `| python -m json.tool` and `| python -c "…"` read data.
  const [, first] = runs.words;
  if (first && /^-(?:m|c|e|n|p)/.test(first.text) && !/sh$/.test(runs.program)) return undefined;
  return { fetch: command, runs };
}

/** The address among the words of a command. */
export function addressOf({ words }: Command): Word | undefined {
  return words.find(({ text }) => /^(?:https?|ftp):\/\//i.test(text));
}

/** `host` of an address; undefined where it is put in later. */
export function hostOf(address: string): string | undefined {
  const host = /^\w+:\/\/(?:[^/\s@]*@)?([^/\s:?#"'`)|]+)/.exec(address)?.[1];
  return host && !/[${}<>]/.test(host) ? host.toLowerCase() : undefined;
}

/** The machine itself. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal)$/.test(host);
}
