import type { Span } from '../../engine/span.ts';
import { readYaml, type YamlEntry } from '../yaml.ts';
import type { Fields } from './model.ts';

/** Reads a whole file as keys and values: TOML by its ending, else YAML, which JSON is too. Never throws. */
export function readFields(path: string, text: string): Fields {
  return /\.toml$/i.test(path) ? readTomlStrings(text) : readYaml(text);
}

const TOML_KEY = /^[ \t]*([\w-]+)[ \t]*=[ \t]*("""|'''|"|')/gm;

/** Top-level strings of a TOML file, also those over several lines: all that command files have. */
function readTomlStrings(text: string): Fields {
  const found = new Map<string, YamlEntry>();
  TOML_KEY.lastIndex = 0;
  for (let match = TOML_KEY.exec(text); match; match = TOML_KEY.exec(text)) {
    const [whole, key = '', quote = ''] = match;
    const start = match.index + whole.length;
    const line = text.indexOf('\n', start);
    const closing = text.indexOf(quote, start);
    const limit = quote.length === 3 || line === -1 ? text.length : line;
    const end = closing === -1 || closing > limit ? limit : closing;
    const keyStart = match.index + whole.indexOf(key);
    const value = text.slice(start, end);
    found.set(key, {
      value,
      text: value,
      span: { start, end },
      keySpan: { start: keyStart, end: keyStart + key.length },
    });
    TOML_KEY.lastIndex = end + quote.length;
  }
  const get = (...path: readonly (string | number)[]) => (path.length === 1 ? found.get(String(path[0])) : undefined);
  return {
    get,
    keys: () =>
      [...found.values()].map(({ keySpan = { start: 0, end: 0 } }) => ({
        value: text.slice(keySpan.start, keySpan.end),
        text: text.slice(keySpan.start, keySpan.end),
        span: keySpan,
      })),
    items: (...path) => {
      const entry = get(...path);
      return entry ? [entry] : [];
    },
  };
}

/** Where the text of a YAML or JSON scalar stands: without its quotes, or below its `|`. */
export function contentSpan(text: string, { span }: YamlEntry): Span {
  const first = text[span.start];
  if (first === '|' || first === '>') {
    const line = text.indexOf('\n', span.start);
    return { start: line === -1 || line > span.end ? span.end : line + 1, end: span.end };
  }
  const quoted = (first === '"' || first === "'") && span.end - span.start >= 2;
  return quoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
