import * as z from 'zod';
import type { YamlDocument } from '../languages/yaml.ts';
import { closest } from './closest.ts';
import type { Edit, Span } from './span.ts';

/** Something in the configuration file that has no effect because it is wrong. */
export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
  readonly fix?: { readonly title: string; readonly edit: Edit };
}

export type Issue = z.core.$ZodIssue;

/** Of a union's branches the one that went furthest says best what is wrong: an object was meant where one was written. */
export function flatten(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.map((errors) => errors[0]).filter((inner) => inner !== undefined);
  const best = branches.find((inner) => inner.code === 'unrecognized_keys' || inner.path.length > 0) ?? branches[0];
  if (!best) return issue;
  const inner = flatten(best);
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** Takes the wrong part out of the data, so that the rest can apply. */
export function takeOut(data: unknown, issue: Issue): void {
  const path = [...issue.path];
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [path.pop()];
  let parent = data;
  for (const key of path) parent = (parent as Record<PropertyKey, unknown> | undefined)?.[key];
  for (const key of keys) {
    if (Array.isArray(parent) && typeof key === 'number') parent[key] = undefined;
    else if (typeof parent === 'object' && parent !== null && key !== undefined)
      delete (parent as Record<PropertyKey, unknown>)[key];
  }
  // An entry of `accept` that lost a part must not accept more than was written.
  const [section, index] = issue.path;
  const accept = (data as { accept?: unknown } | undefined)?.accept;
  if (section === 'accept' && typeof index === 'number' && Array.isArray(accept)) accept[index] = undefined;
}

/** A copy in which lists have no entries that were taken out. */
export function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(withoutHoles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
}

/** The problems that an issue of the schema stands for, at their places in the text. */
export function explainIssue(yaml: YamlDocument, issue: Issue, schema: z.ZodType): ConfigProblem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => {
      const entry = yaml.get(...path, key);
      return withSuggestion(entry?.keySpan ?? { start: 0, end: 0 }, `unknown key \`${key}\``, key, known);
    });
  }
  const entry = yaml.get(...path);
  const span = entry?.span ?? { start: 0, end: 0 };
  if (issue.code === 'invalid_value' && entry?.text) {
    const values = issue.values.map(String);
    const shown = values.length <= 12 ? `; expected one of ${values.join(', ')}` : '';
    return [withSuggestion(span, `\`${entry.text}\` is not a value this key takes${shown}`, entry.text, values)];
  }
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  return [{ span, message: `${place}${issue.message}` }];
}

function withSuggestion(span: Span, message: string, written: string, known: readonly string[]): ConfigProblem {
  const guess = closest(written, known);
  if (!guess) return { span, message };
  return {
    span,
    message: `${message}; did you mean \`${guess}\`?`,
    fix: { title: `Change to ${guess}`, edit: { ...span, text: guess } },
  };
}

function knownKeys(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let current: unknown = schema;
  for (const key of path) current = objectOf(current)?.shape[String(key)] ?? elementOf(current);
  return Object.keys(objectOf(current)?.shape ?? {});
}

function objectOf(type: unknown): z.ZodObject | undefined {
  if (type instanceof z.ZodObject) return type;
  if (type instanceof z.ZodOptional) return objectOf(type.unwrap());
  if (type instanceof z.ZodUnion) return type.options.map(objectOf).find((option) => option !== undefined);
  return undefined;
}

function elementOf(type: unknown): unknown {
  if (type instanceof z.ZodOptional) return elementOf(type.unwrap());
  return type instanceof z.ZodArray ? type.element : undefined;
}
