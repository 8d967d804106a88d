import type { GuidelineId, Role } from '../../guidelines/catalogue.ts';
import { readYaml, type YamlDocument } from '../../languages/yaml.ts';
import { explainIssue, flatten, type Issue } from '../configProblems.ts';
import type { Span } from '../span.ts';
import {
  type EntryData,
  type EvidenceEntry,
  firstLine,
  isPlaceholder,
  problem,
  type RegisterProblem,
  readEntry,
  START,
} from './entry.ts';
import { duplicateEvidence } from './rules.ts';
import { registerSchema } from './schema.ts';

export type { EvidenceEntry, RegisterProblem } from './entry.ts';

/** What a `.guidelint/evidence.yaml` says. */
export interface Register {
  readonly system?: string;
  /** Empty when it does not say: then no item is set aside for its role. */
  readonly roles: readonly Role[];
  readonly entries: readonly EvidenceEntry[];
  /** Items with more than one entry; none of them counts. */
  readonly duplicates: ReadonlySet<GuidelineId>;
  /** What is wrong in it whatever the day and the other files. */
  readonly problems: readonly RegisterProblem[];
  /** False when the text as a whole could not be read. */
  readonly readable: boolean;
  /** The key of the list of entries; the start of the text where there is none. */
  readonly listSpan: Span;
}

const EMPTY = { roles: [], entries: [], duplicates: new Set<GuidelineId>(), listSpan: START };

interface Data {
  readonly system?: string;
  readonly roles?: readonly Role[];
  readonly evidence?: readonly EntryData[];
}

/**
 * Reads a register. An entry that is wrong is no evidence and says why at its place; the others count. Aliases are not
 * followed, so no anchor makes it endless. Never throws.
 */
export function readRegister(text: string): Register {
  const yaml = readYaml(text);
  const broken = yaml.problems.map(({ span, message }) => problem(span, message));
  if (yaml.root === 'empty') return { ...EMPTY, problems: broken, readable: broken.length === 0 };
  const data = yaml.get()?.value as unknown;
  const schema = registerSchema();
  const result = schema.safeParse(data);
  const issues = result.success ? [] : result.error.issues.map(flatten);
  const problems: RegisterProblem[] = [...broken];
  const unsound = new Set<number>();
  for (const issue of issues) {
    const index = issue.path[0] === 'evidence' && typeof issue.path[1] === 'number' ? issue.path[1] : undefined;
    if (index !== undefined) unsound.add(index);
    if (!isAsked(yaml, issue)) problems.push(...explain(yaml, text, issue, schema));
  }
  const parts = (typeof data === 'object' && data !== null ? data : {}) as Data;
  const list = Array.isArray(parts.evidence) ? parts.evidence : [];
  const entries = list.map((entry, index) => {
    const found = readEntry(yaml, text, isMapping(entry) ? entry : {}, index);
    problems.push(...found.problems);
    return { ...found.entry, sound: found.entry.sound && !unsound.has(index) && broken.length === 0 };
  });
  const twice = findDuplicates(entries, text);
  return {
    ...(typeof parts.system === 'string' && { system: parts.system }),
    // A role that is misspelt might be one the project has: then nothing is set aside.
    roles: issues.some(({ path }) => path[0] === 'roles') ? [] : (parts.roles ?? []),
    entries,
    duplicates: twice.ids,
    problems: [...problems, ...twice.problems].sort((a, b) => a.span.start - b.span.start),
    readable: broken.length === 0 && isMapping(data),
    listSpan: yaml.get('evidence')?.keySpan ?? START,
  };
}

function isMapping(value: unknown): value is EntryData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explain(yaml: YamlDocument, text: string, issue: Issue, schema: ReturnType<typeof registerSchema>) {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  const entry = yaml.get(...path);
  if (entry && text[entry.span.start] === '*') {
    return [problem(entry.span, 'a YAML alias (`*name`) is not followed here; write the value out')];
  }
  return explainIssue(yaml, issue, schema).map(({ span, message, fix }) => {
    const fixes = fix ? [{ title: fix.title, kind: 'suggestion' as const, edits: [fix.edit] }] : [];
    // A key that is missing has no place of its own: the entry it is missing in is shown.
    const shown = span.start === 0 && span.end === 0 ? placeOf(yaml, text, path) : firstLine(text, span);
    const place = path.length > 0 ? `${path.join('.')}: ` : '';
    const missing = path.length > 2 && entry === undefined;
    const named =
      place !== '' && message.startsWith(place)
        ? `\`${path.findLast((key) => typeof key === 'string') ?? 'the register'}\`: ${message.slice(place.length)}`
        : message;
    return problem(shown, missing ? `\`${path.at(-1)}\` is missing` : named, fixes);
  });
}

/** The nearest value above a path that is there, its first line only. */
function placeOf(yaml: YamlDocument, text: string, path: readonly (string | number)[]): Span {
  for (let length = path.length; length > 0; length--) {
    const entry = yaml.get(...path.slice(0, length));
    if (entry) return firstLine(text, entry.span);
  }
  return START;
}

/** A value that was left as a question (`TODO`) is told of as such, not as a value that is wrong. */
function isAsked(yaml: YamlDocument, issue: Issue): boolean {
  const entry = yaml.get(...issue.path.filter((key) => typeof key !== 'symbol'));
  return entry !== undefined && isPlaceholder(entry);
}

function findDuplicates(entries: readonly EvidenceEntry[], text: string) {
  const first = new Map<GuidelineId, Span>();
  const ids = new Set<GuidelineId>();
  const problems: RegisterProblem[] = [];
  let line = 1;
  let counted = 0;
  const lines = new Map<GuidelineId, number>();
  for (const { items } of entries) {
    for (const { id, span } of items) {
      const before = first.get(id);
      if (before) {
        ids.add(id);
        const data = { item: id, line: String(lines.get(id) ?? 1) };
        problems.push({
          rule: duplicateEvidence,
          span,
          message: 'duplicate',
          data,
          related: [{ span: before, message: 'the other entry' }],
        });
        continue;
      }
      for (; counted < span.start; counted++) if (text.charCodeAt(counted) === 10) line++;
      first.set(id, span);
      lines.set(id, line);
    }
  }
  return { ids, problems };
}
