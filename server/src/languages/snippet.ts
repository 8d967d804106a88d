/** A snippet as VS Code reads it from a file of an extension. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * The same text as the body of a VS Code snippet: each placeholder is a tab stop that starts with it, in order; `$`, `}` and
 * `\` are escaped.
 */
export function toSnippet(text: string): string[] {
  let stop = 0;
  const quote = (part: string) => part.replace(/[\\$}]/g, '\\$&');
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) =>
      line
        .split(/(\[TODO: [^\]]*\]|\bTODO\b)/)
        .map((part, index) => (index % 2 === 0 ? quote(part) : `\${${++stop}:${quote(part)}}`))
        .join(''),
    );
}
