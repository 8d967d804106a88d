import type { SyntaxNode } from '@lezer/common';
import { isBelow, type PackageVersion } from '../languages/packages/packages.ts';
import { textsIn } from '../languages/python/literals.ts';
import {
  type ApiCall,
  type ApiTable,
  addArgument,
  apiTable,
  ensureImport,
  inContext,
  isExpectedToFail,
  isOwnBuffer,
  isOwnFile,
  isStarter,
  isTruthy,
  lowered,
  type Needs,
  pathNamedBy,
  provenanceOf,
  raised,
  removeItem,
  replaceValue,
  type TableOptions,
  type Value,
  wrapperOfSpan,
} from '../languages/python/program.ts';
import { argumentText, valueNote, versionNote } from './evidence.ts';
import type { Confidence, Fix, Severity } from './finding.ts';
import { pinFix } from './pinFix.ts';
import type { Problem } from './rule.ts';
import type { SourceFile } from './sourceFile.ts';
import type { Edit } from './span.ts';

/** A parameter by name and, where it can also be given by position, its zero-based place. */
export interface Parameter {
  readonly parameter: string;
  readonly position?: number;
}

/** Versions for which something holds: those of a package below one. */
export interface Below {
  readonly package: string;
  /** First version for which it holds; default: from the beginning. */
  readonly from?: string;
  /** First version for which it no longer holds. */
  readonly below: string;
  /** What counts when no file says which version is used; default: it does not hold. */
  readonly unknown?: 'holds' | 'no';
}

/** Something about one argument of a call that holds, does not hold, or cannot be known; only what is known counts. */
export interface Condition extends Parameter {
  /**
   * What a given value must be: `true` and `false` by Python's truth, `None`, any text or number of a list, a text that
   * matches, a list written out that holds one of some texts, anything (`given`), something that is no constant of the
   * program (`open`), or nothing at all (`absent`, the same as leaving `is` out with `absent: true`).
   */
  readonly is:
    | 'true'
    | 'false'
    | 'None'
    | 'given'
    | 'open'
    | 'absent'
    | readonly (string | number)[]
    | RegExp
    | { readonly has: readonly string[] };
  /** Whether it also holds for a call without the argument, always or by version of a library. */
  readonly absent?: boolean | Below;
  /** `None` asks for the default, as if nothing were given. */
  readonly noneIsDefault?: boolean;
}

/** How to repair a call. `set` adds the argument or replaces its value. */
export type CallFix = { readonly kind: 'safe' | 'suggestion' } & (
  | {
      readonly set: string;
      readonly to: string;
      readonly position?: number;
      /** Module the new value needs. */
      readonly import?: string;
      /** Parameter with the id of a model repository: where `to` is a place for its commit, the one in use comes first. */
      readonly of?: Parameter;
      /** An older version refuses the argument: no fix then. */
      readonly since?: { readonly package: string; readonly version: string };
    }
  | {
      readonly remove: string;
      readonly position?: number;
      /** Argument to write in its place, where the call does not have it yet. */
      readonly instead?: { readonly parameter: string; readonly value: string };
    }
  | {
      /** Adds to the end of a text that stands in the call itself: `"o/r"` becomes `"o/r:<commit>"`. */
      readonly append: string;
      readonly parameter: string;
      readonly position?: number;
    }
  | {
      /** Another function for the called one, arguments kept: `yaml.safe_load`. */
      readonly call: string;
      /** Module the new name needs: `yaml`. */
      readonly import?: string;
    }
);

/** One way in which a set of APIs is used unsafely. */
export interface CallRow {
  /** Id in the list of detections, `LOAD-18`. */
  readonly detection: string;
  /** Qualified names as `apiTable` reads them, separated by white space. */
  readonly apis: string;
  /** All must hold; none: the call itself is the defect. */
  readonly when?: readonly Condition[];
  /** If one of them holds or cannot be known, nothing is reported. */
  readonly unless?: readonly Condition[];
  /** Only with these versions of a library. */
  readonly versions?: Below;
  /** Key of the rule's messages; default `call`. Marks: `{call}`, `{argument}`, `{package}`, `{version}`, and `data`. */
  readonly message?: string;
  /** Key of the message when `source` comes from a place that others write to; mark `{source}`. Default: `message`. */
  readonly untrusted?: string;
  /** Key of the message when no file says which version is used. Default: `message`. */
  readonly unsure?: string;
  readonly data?: Readonly<Record<string, string>>;
  /** Default: the rule's. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** The severity is one level higher where one of them holds. */
  readonly worse?: readonly Condition[];
  /**
   * The argument with the data or path. Where it comes from others the severity is one level higher, where the same file
   * writes it one level lower; a buffer that the same function filled is no problem at all.
   */
  readonly source?: Parameter;
  /** Report only when `source` is known to come from others; `remote`: not from whoever starts the program either. */
  readonly onlyUntrusted?: boolean | 'remote';
  /** The best repair first. */
  readonly fixes?: readonly CallFix[];
}

/** Rows by API; several rows may speak of one API, each is looked at for itself. */
export type CallTable = ApiTable<readonly CallRow[]>;

/** @param rows two patterns with `**` that fit the same name are not joined: the first one counts. */
export function callTable(rows: readonly CallRow[], options: Pick<TableOptions<unknown>, 'wrapped'> = {}): CallTable {
  const byName = new Map<string, CallRow[]>();
  for (const row of rows) {
    for (const name of row.apis.trim().split(/\s+/)) {
      const known = byName.get(name);
      if (known) known.push(row);
      else byName.set(name, [row]);
    }
  }
  return apiTable(byName, { ...options, needsOf });
}

/** The arguments that must be written for one of the rows to apply; nobody can give them by their place. */
function needsOf(rows: readonly CallRow[]): Needs {
  const groups = rows.map(({ when = [] }) =>
    when.flatMap(({ parameter, position, is, absent }) =>
      is === 'absent' || absent || position !== undefined ? [] : [parameter],
    ),
  );
  return groups.every((group) => group.length > 0) ? groups : undefined;
}

/** The problems of all calls of a table's APIs, in source order. A rule gives its own severity as the default. */
export function* checkCalls(file: SourceFile, table: CallTable, severity: Severity): Iterable<Problem> {
  for (const { call, row: rows, name } of file.python.callsTo(table)) {
    for (const row of rows) {
      const problem = checkRow(file, { call, row, name }, severity);
      if (problem) yield problem;
    }
  }
}

/** What one row says about one call; undefined when it does not apply or nobody can tell. */
export function checkRow(file: SourceFile, match: ApiCall<CallRow>, severity: Severity): Problem | undefined {
  const { call, row, name } = match;
  const conditions = (row.when ?? []).map((condition) => judge(file, match, condition));
  if (conditions.some(({ holds }) => holds !== 'yes')) return undefined;
  if (row.unless?.some((condition) => judge(file, match, condition).holds !== 'no')) return undefined;
  if (isExpectedToFail(file.text, file.path, call.node)) return undefined;
  const version = row.versions && file.packages.get(row.versions.package);
  if (row.versions && !belowHolds(version, row.versions)) return undefined;

  const given = row.source && call.argument(row.source.parameter, row.source.position);
  const source = given?.state === 'given' ? given.node : undefined;
  const flow = source && provenanceOf(file.python, source);
  if (row.onlyUntrusted && (!flow || (row.onlyUntrusted === 'remote' && isStarter(flow.source)))) return undefined;
  if (source && isOwnBuffer(file.python, source)) return undefined;
  const isOwn = source !== undefined && !flow && isOwnFile(file.python, source);
  const isWorse = flow !== undefined || Boolean(row.worse?.some((each) => judge(file, match, each).holds === 'yes'));
  const [condition] = row.when ?? [];
  const below = row.versions ?? versionOf(condition?.absent);
  const isUnsure = below !== undefined && isBelow(file.packages.get(below.package), below.below) === 'unknown';
  const decided = conditions.find(({ written }) => written);
  const harm = row.severity ?? severity;
  const isDefault = conditions.some(({ byDefault }) => byDefault);
  const confidence = row.confidence ?? (isUnsure || isDefault ? 'medium' : undefined);
  return {
    span: call.nameSpan,
    message: (flow && row.untrusted) || (isUnsure && row.unsure) || row.message || 'call',
    data: {
      call: name,
      argument: decided?.written ?? condition?.parameter,
      ...(below && { package: below.package, version: below.below }),
      ...(flow && { source: pathNamedBy(flow.source) }),
      ...row.data,
    },
    severity: inContext(severityOf(harm, { isWorse, isOwn, isUnsure }), file.path),
    ...(confidence && { confidence }),
    evidence: [
      ...(call.via ? [`${call.via}.`] : []),
      ...conditions.flatMap(({ evidence }) => evidence),
      ...(row.versions ? [versionNote(row.versions.package, version)] : []),
      ...(flow ? [`The data comes from ${pathNamedBy(flow.source)}.`] : []),
      ...(isOwn ? ['This program writes the file itself.'] : []),
    ],
    related: flow?.steps ?? [],
    fixes: (row.fixes ?? []).flatMap((fix) => {
      const change = fixOf(file, match, fix);
      return [...commitInUse(file, match, fix), ...(change ? [change] : [])];
    }),
  };
}

/** What depends on a version nobody knows is never raised: it may be harmless. */
function severityOf(harm: Severity, found: { isWorse: boolean; isOwn: boolean; isUnsure: boolean }): Severity {
  if (found.isWorse) return found.isUnsure ? harm : raised(harm);
  return found.isOwn ? lowered(harm) : harm;
}

interface Judgement {
  readonly holds: 'yes' | 'no' | 'unknown';
  /** The argument that decided: `safe=False`. */
  readonly written?: string;
  /** What decided is the default of an environment variable. */
  readonly byDefault?: boolean;
  readonly evidence: readonly string[];
}

function judge(file: SourceFile, { call }: ApiCall<CallRow>, condition: Condition): Judgement {
  const given = call.argument(condition.parameter, condition.position);
  if (given.state === 'unknown') return { holds: 'unknown', evidence: [] };
  const isNone = given.state === 'given' && given.value.known && given.value.value === null;
  if (given.state === 'absent' || (isNone && condition.noneIsDefault)) return judgeAbsent(file, condition);
  if (condition.is === 'absent') return { holds: 'no', evidence: [] };
  const { is } = condition;
  const written = argumentText(file, condition.parameter, given);
  if (is === 'open') return { holds: given.value.known ? 'no' : 'yes', written, evidence: [] };
  if (typeof is === 'object' && 'has' in is)
    return { holds: holdsOne(file, given.node, is.has), written, evidence: [] };
  const holds = is === 'given' ? 'yes' : valueIs(given.value, is);
  const byDefault = given.value.known && given.value.byDefault === true;
  return { holds, written, byDefault, evidence: valueNote(file, given.value) };
}

function holdsOne({ python }: SourceFile, node: SyntaxNode, wanted: readonly string[]): Judgement['holds'] {
  const { texts, complete } = textsIn(python, node);
  if (texts.some(({ text }) => wanted.includes(text))) return 'yes';
  return complete ? 'no' : 'unknown';
}

function judgeAbsent(file: SourceFile, { is, absent, parameter }: Condition): Judgement {
  if (is === 'absent') return { holds: 'yes', evidence: [] };
  if (absent === true) return { holds: 'yes', evidence: [`\`${parameter}\` is not given.`] };
  if (!absent) return { holds: 'no', evidence: [] };
  const version = file.packages.get(absent.package);
  const evidence = [`\`${parameter}\` is not given.`, versionNote(absent.package, version)];
  return { holds: belowHolds(version, absent) ? 'yes' : 'no', evidence };
}

type Plain = Exclude<Condition['is'], 'given' | 'open' | 'absent' | { readonly has: readonly string[] }>;

function valueIs(value: Value, is: Plain): Judgement['holds'] {
  if (!value.known) return 'unknown';
  const found = value.value;
  const answer = (holds: boolean) => (holds ? 'yes' : 'no');
  if (is === 'true') return answer(isTruthy(value));
  if (is === 'false') return answer(!isTruthy(value));
  if (is === 'None') return answer(found === null);
  if (is instanceof RegExp) return answer(typeof found === 'string' && is.test(found));
  return answer(is.some((each) => each === found));
}

function belowHolds(version: PackageVersion | undefined, { from, below, unknown }: Below): boolean {
  if (from && isBelow(version, from) !== 'no') return false;
  const answer = isBelow(version, below);
  return answer === 'yes' || (answer === 'unknown' && unknown === 'holds');
}

function versionOf(absent: Condition['absent']): Below | undefined {
  return typeof absent === 'object' ? absent : undefined;
}

/** The fix with the commit that the workspace uses instead of a place for one. */
function commitInUse(file: SourceFile, match: ApiCall<CallRow>, fix: CallFix): Fix[] {
  if (!('set' in fix) || !fix.of) return [];
  const id = match.call.argument(fix.of.parameter, fix.of.position);
  if (id.state !== 'given' || !id.value.known || typeof id.value.value !== 'string') return [];
  return pinFix(
    file,
    { kind: 'model', id: id.value.value },
    (commit) => fixOf(file, match, { ...fix, to: `"${commit}"` })?.edits,
  );
}

function fixOf(file: SourceFile, { call }: ApiCall<CallRow>, fix: CallFix): Fix | undefined {
  const { python } = file;
  if ('call' in fix) {
    const edits: Edit[] = [{ ...call.nameSpan, text: fix.call }];
    if (fix.import) edits.push(...ensureImport(python, fix.import));
    return { title: `Use \`${fix.call}\``, kind: fix.kind, edits };
  }
  if ('remove' in fix) {
    const given = call.argument(fix.remove, fix.position);
    // Without a positional argument the ones after it would move up.
    if (given.state !== 'given' || given.span.start === given.node.from) return undefined;
    const { instead } = fix;
    const edits =
      instead && call.argument(instead.parameter).state === 'absent'
        ? [{ ...given.span, text: `${instead.parameter}=${instead.value}` }]
        : removeItem(python, given.span);
    return edits && { title: `Remove \`${fix.remove}\``, kind: fix.kind, edits };
  }
  if ('append' in fix) {
    const given = call.argument(fix.parameter, fix.position);
    if (given.state !== 'given' || given.node.name !== 'String') return undefined;
    const quotes = /(?:"""|'''|"|')$/.exec(file.text.slice(given.node.from, given.node.to))?.[0].length ?? 1;
    const at = given.node.to - quotes;
    return { title: `Add \`${fix.append}\``, kind: fix.kind, edits: [{ start: at, end: at, text: fix.append }] };
  }
  const { since } = fix;
  if (since && isBelow(file.packages.get(since.package), since.version) === 'yes') return undefined;
  const given = call.argument(fix.set, fix.position);
  const argument = `${fix.set}=${fix.to}`;
  const imports = fix.import ? ensureImport(python, fix.import) : [];
  if (given.state === 'given') {
    const replaced = replaceValue(given.node, fix.to);
    const edits = replaced.length > 0 ? [...replaced, ...imports] : [];
    return { title: `Use \`${argument}\``, kind: fix.kind, edits };
  }
  const edits = given.state === 'absent' ? addArgument(python, call, argument) : undefined;
  return edits && { title: `Add \`${argument}\``, kind: fix.kind, edits: [...edits, ...imports] };
}

/** More than three of a kind in one file are one problem: at the first, with the others as related places. */
export function* grouped(problems: Iterable<Problem>, message: string): Iterable<Problem> {
  const all = [...problems];
  // Calls of wrappers are judged one by one.
  const own = all.filter(({ span }) => !wrapperOfSpan(span));
  const [first, ...others] = own;
  if (!first || own.length <= 3) return yield* all;
  yield* all.filter(({ span }) => wrapperOfSpan(span));
  const related = others.map(({ span }) => ({ span, message: 'Here too' }));
  const { fixes, ...rest } = first;
  yield { ...rest, message, data: { ...first.data, count: String(own.length) }, related };
}
