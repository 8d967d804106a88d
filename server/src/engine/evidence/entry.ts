import { findItem, type GuidelineId, items, localId } from '../../guidelines/catalogue.ts';
import { isDate } from '../../languages/card/dates.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import type { YamlDocument, YamlEntry } from '../../languages/yaml.ts';
import { closest } from '../closest.ts';
import type { Fix } from '../finding.ts';
import type { Problem, Rule } from '../rule.ts';
import { lineAt, type Span } from '../span.ts';
import { evidenceProblem, unconfirmedEvidence, unjustifiedException, unknownEvidenceItem } from './rules.ts';
import type { Decision } from './schema.ts';

export const START: Span = { start: 0, end: 0 };

/** One entry of the register, as far as it could be read. */
export interface EvidenceEntry {
  /** Known items only, each once. */
  readonly items: readonly { readonly id: GuidelineId; readonly span: Span }[];
  readonly decision?: Decision;
  readonly statement?: string;
  /** Without what follows a `#`, relative to the folder that holds `.guidelint`. */
  readonly files: readonly { readonly path: string; readonly span: Span }[];
  readonly links: readonly string[];
  readonly owner?: string;
  /** ISO dates. */
  readonly date?: string;
  readonly reviewBy?: string;
  readonly until?: string;
  readonly justification?: string;
  /** Where the entry begins, and where its decision and dates stand. */
  readonly span: Span;
  readonly spans: Readonly<Partial<Record<'decision' | 'date' | 'review-by' | 'until', Span>>>;
  /** False when something in it is wrong: it is then no evidence. */
  readonly sound: boolean;
}

export interface RegisterProblem extends Problem {
  readonly rule: Rule;
}

export type EntryData = Readonly<Record<string, unknown>>;

const TEXT_KEYS = ['statement', 'owner', 'justification'] as const;
const DATE_KEYS = ['date', 'review-by', 'until'] as const;

/** One entry with what is wrong in it beyond its shape. */
export function readEntry(yaml: YamlDocument, text: string, data: EntryData, index: number) {
  const at = (...path: (string | number)[]) => yaml.get('evidence', index, ...path);
  const whole = at();
  const span = firstLine(text, whole?.span ?? START);
  const problems: RegisterProblem[] = [];
  let sound = true;
  const wrong = (...found: RegisterProblem[]) => {
    sound = false;
    problems.push(...found);
  };

  for (const key of Object.keys(data)) {
    const entry = at(key);
    const asked = [...(entry ? [entry] : []), ...yaml.items('evidence', index, key)].find(isPlaceholder);
    if (asked)
      wrong({ rule: unconfirmedEvidence, span: firstLine(text, asked.span), message: 'placeholder', data: { key } });
  }
  const items: { id: GuidelineId; span: Span }[] = [];
  for (const written of yaml.items('evidence', index, 'item')) {
    const known = knownItem(written.text);
    if (known === undefined) {
      if (!isPlaceholder(written)) wrong(unknownItem(written));
    } else if (!items.some(({ id }) => id === known)) items.push({ id: known, span: written.span });
  }
  const string = (key: string) => {
    const value = data[key];
    return typeof value === 'string' && value.trim() !== '' ? { [key]: value } : {};
  };
  const texts = Object.assign({}, ...TEXT_KEYS.map(string)) as Partial<Record<(typeof TEXT_KEYS)[number], string>>;
  const day = (key: string) => {
    const value = data[key];
    return typeof value === 'string' && value.length === 10 && isDate(value) ? { [key]: value } : {};
  };
  const dates = Object.assign({}, ...DATE_KEYS.map(day)) as Partial<Record<(typeof DATE_KEYS)[number], string>>;
  const decision = data.decision as Decision;
  const has = (key: string) => data[key] !== undefined && data[key] !== null;
  const decisionSpan = at('decision')?.span ?? span;
  const demand = DEMANDS[decision];
  for (const key of demand?.keys ?? []) {
    // A key with a typo is told of as such.
    if (has(key) || Object.keys(data).some((written) => closest(written, [key]) === key)) continue;
    const rule = demand?.rule ?? evidenceProblem;
    const fixes = [addKey(yaml, text, index, key)].filter((fix) => fix !== undefined);
    wrong(
      rule === evidenceProblem
        ? problem(decisionSpan, `\`${decision}\` needs \`${key}\``, fixes)
        : { rule, span: decisionSpan, message: 'missing', data: { decision, key }, fixes },
    );
  }
  const count = (key: string) => yaml.items('evidence', index, key).length;
  if ((decision === 'met' || decision === 'partly') && count('files') + count('links') === 0) {
    wrong(problem(decisionSpan, `\`${decision}\` needs \`files\` or \`links\` that show it`));
  }
  const { date, until } = dates;
  const reviewBy = dates['review-by'];
  for (const [key, later] of [['review-by', reviewBy] as const, ['until', until] as const]) {
    if (date && later && later < date) {
      wrong(problem(at(key)?.span ?? span, `\`${key}\` ${later} lies before \`date\` ${date}`));
    }
  }
  const spans = Object.fromEntries(['decision', ...DATE_KEYS].flatMap((key) => [[key, at(key)?.span]]));
  const entry: EvidenceEntry = {
    items,
    ...(decision in DEMANDS && { decision }),
    ...texts,
    ...(date && { date }),
    ...(reviewBy && { reviewBy }),
    ...(until && { until }),
    files: yaml
      .items('evidence', index, 'files')
      .map(({ text: path, span }) => ({ path: path.replace(/^\.\//, '').replace(/#.*$/s, ''), span })),
    links: yaml.items('evidence', index, 'links').map(({ text: link }) => link),
    span,
    spans,
    sound,
  };
  return { entry, problems };
}

/** What each decision needs beside what every entry has, and which rule says so. */
const DEMANDS: Readonly<Record<Decision, { readonly keys: readonly string[]; readonly rule: Rule }>> = {
  met: { keys: ['statement', 'review-by'], rule: evidenceProblem },
  partly: { keys: ['statement', 'review-by'], rule: evidenceProblem },
  'not-applicable': { keys: ['justification'], rule: unjustifiedException },
  'accepted-risk': { keys: ['justification', 'until'], rule: unjustifiedException },
};

/** A line `key: TODO` below the decision: a placeholder that is itself a finding, since no fix knows the answer. */
function addKey(yaml: YamlDocument, text: string, index: number, key: string): Fix | undefined {
  const decision = yaml.get('evidence', index, 'decision');
  if (!decision?.keySpan) return undefined;
  const line = lineAt(text, decision.keySpan.start);
  const lead = text.slice(line.start, decision.keySpan.start);
  // Only in block style, where the entry's keys stand below each other.
  if (!/^\s*(?:-\s+)?$/.test(lead)) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const added = `${newline}${lead.replace('-', ' ')}${key}: TODO`;
  return {
    title: `Add \`${key}\` to fill in`,
    kind: 'suggestion',
    edits: [{ start: line.end, end: line.end, text: added }],
  };
}

const IDS: ReadonlySet<string> = new Set(items().map(({ id }) => id));

function knownItem(written: string): GuidelineId | undefined {
  return IDS.has(written) ? (written as GuidelineId) : undefined;
}

/** The item that was probably meant: by number or citation, else the nearest id, within its framework where that is known. */
function closestItem(written: string): GuidelineId | undefined {
  if (written.length > 200) return undefined;
  const found = findItem(written);
  if (found) return found.id;
  const colon = written.indexOf(':') + 1;
  const own = items().filter(({ id }) => colon > 0 && id.startsWith(written.slice(0, colon)));
  if (own.length === 0) return closest(written, [...IDS]) as GuidelineId | undefined;
  const guess = closest(
    written.slice(colon),
    own.map(({ id }) => localId(id)),
  );
  return own.find(({ id }) => localId(id) === guess)?.id;
}

function unknownItem({ text, span }: YamlEntry): RegisterProblem {
  const guess = closestItem(text);
  return {
    rule: unknownEvidenceItem,
    span,
    message: 'unknown',
    data: { item: text.slice(0, 100), guess: guess ? `; did you mean \`${guess}\`?` : '' },
    fixes: guess ? [{ title: `Change to ${guess}`, kind: 'suggestion', edits: [{ ...span, text: guess }] }] : [],
  };
}

export function isPlaceholder({ text }: YamlEntry): boolean {
  return text !== '' && text.length < 500 && answerOf(text) === 'placeholder';
}

export function firstLine(text: string, { start, end }: Span): Span {
  return { start, end: Math.max(start, Math.min(end, lineAt(text, start).end)) };
}

export function problem(span: Span, message: string, fixes: readonly Fix[] = []): RegisterProblem {
  return { rule: evidenceProblem, span, message: 'problem', data: { problem: message }, fixes };
}
