import type { TriggerIndex } from '../languages/python/triggers.ts';
import { closest } from './closest.ts';
import type { Acceptance, Config } from './config.ts';
import { parseConfig } from './config.ts';
import { checkRegister } from './evidence/check.ts';
import type { Finding, Suppression } from './finding.ts';
import { fingerprinter } from './fingerprint.ts';
import {
  configProblem,
  expiredSuppression,
  ruleCrashed,
  suppressionWithoutReason,
  unreadableFile,
  unusedSuppression,
} from './hygiene.ts';
import { planPython } from './pythonPlan.ts';
import type { Problem, Rule } from './rule.ts';
import type { SourceFile } from './sourceFile.ts';
import { covers, type Directive, isExpired, namesRule, readDirectives, toSuppression } from './suppressions.ts';
import { type SettledProblem, settledProblems } from './wrapperProblems.ts';

export interface LintContext {
  /** All rules; those that do not look at the file's kind are passed over. */
  readonly rules: readonly Rule[];
  readonly config: Config;
  /** The triggers of all rules: with them only what matters of a Python text is parsed. Finds the same. */
  readonly triggers?: TriggerIndex;
  /** Told of a rule that threw, with the stack; the findings carry one line about it. */
  readonly log?: (message: string) => void;
}

/**
 * All findings of one document, suppressed ones included (they carry `suppression`), in the order of the text. Pure: equal
 * input gives equal findings. A rule that throws costs its own findings only.
 */
export function lint(file: SourceFile, context: LintContext): Finding[] {
  const found: Finding[] = [];
  const report = reporter(file, context, found);
  for (const problem of unreadable(file)) report(unreadableFile, problem);
  if (file.kind === 'config') {
    for (const { span, message, fix } of parseConfig(file.text, context.rules).problems) {
      const fixes = fix ? [{ title: fix.title, kind: 'suggestion' as const, edits: [fix.edit] }] : [];
      report(configProblem, { span, message: 'problem', data: { problem: message }, fixes });
    }
  }
  if (file.kind === 'evidence') {
    for (const { rule, ...problem } of checkRegister(file)) report(rule, problem);
  }
  const rules = context.rules.filter(
    ({ check, meta }) => check && meta.kinds.includes(file.kind) && context.config.severities.get(meta.id) !== 'off',
  );
  const plan = context.triggers && isPython(file) ? planPython(file, rules, context.triggers) : undefined;
  for (const rule of rules) {
    const { triggers } = rule;
    if (triggers && plan && !plan.live.has(rule)) continue;
    guarded(rule, file, context, report, () => {
      const options = optionsOf(rule, context.config);
      const problemsOf = (source: SourceFile): Iterable<SettledProblem> => {
        const problems = rule.check?.(source, options) ?? [];
        return isPython(source) ? settledProblems(problems, rule, source, options) : problems;
      };
      const parts = triggers && plan?.parts;
      if (!parts) return problemsOf(file);
      const problems = [...problemsOf(parts)];
      return parts.python.isOutgrown ? problemsOf(file) : problems;
    });
  }
  return suppress(file, found, context, report);
}

/** Findings of the rules about several files that fall on one file; given as problems by `lintSystem`. */
export function finish(file: SourceFile, rule: Rule, problems: readonly Problem[], context: LintContext): Finding[] {
  const found: Finding[] = [];
  const report = reporter(file, context, found);
  for (const problem of problems) report(rule, problem);
  const directives = readDirectives(file.text);
  return found.map((finding) => withSuppression(finding, directives, context.config.accepted, file));
}

function isPython({ kind }: SourceFile): boolean {
  return kind === 'python' || kind === 'notebook';
}

type Report = (rule: Rule, problem: SettledProblem) => void;

function reporter(file: SourceFile, { config }: LintContext, found: Finding[]): Report {
  const name = fingerprinter(file.text);
  return (rule, problem) => {
    const { meta } = rule;
    const severity = config.severities.get(meta.id) ?? problem.severity ?? meta.severity;
    if (severity === 'off') return;
    const template = meta.messages[problem.message];
    if (template === undefined) throw new Error(`${meta.id} has no message \`${problem.message}\``);
    found.push({
      ruleId: meta.id,
      ruleName: meta.name,
      uri: file.uri,
      span: clamp(problem.span, file.text.length),
      ...(problem.onDisk && { onDisk: problem.onDisk }),
      message: template.replace(/\{(\w+)\}/g, (mark, key: string) => problem.data?.[key] ?? mark) + throughOf(problem),
      severity,
      confidence: problem.confidence ?? meta.confidence,
      evidence: problem.evidence ?? [],
      related: problem.related ?? [],
      fixes: (problem.fixes ?? []).filter(({ edits }) => edits.length > 0),
      guidelines: problem.guidelines ?? meta.guidelines,
      fingerprint: name(meta.id, problem),
    });
  };
}

/** The name at the place of the finding is not the one the message is about. */
function throughOf({ through }: SettledProblem): string {
  return through ? ` (through \`${through}\`)` : '';
}

function guarded(
  rule: Rule,
  file: SourceFile,
  context: LintContext,
  report: Report,
  run: () => Iterable<SettledProblem>,
): void {
  try {
    for (const problem of run()) report(rule, problem);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.log?.(`${rule.meta.id} failed on ${file.path}: ${error instanceof Error ? error.stack : message}`);
    report(ruleCrashed, {
      span: { start: 0, end: 0 },
      message: 'crashed',
      data: { rule: rule.meta.id, error: message },
    });
  }
}

/** The options a rule runs with: its own defaults, overridden by the configuration. */
export function optionsOf(rule: Rule, config: Config): Readonly<Record<string, unknown>> {
  return rule.meta.options?.parse(config.options.get(rule.meta.id) ?? {}) ?? {};
}

function* unreadable(file: SourceFile): Iterable<Problem> {
  for (const { span, message } of file.readProblems) {
    yield { span, message: 'unreadable', data: { problem: message } };
  }
}

function suppress(file: SourceFile, found: Finding[], context: LintContext, report: Report): Finding[] {
  const directives = readDirectives(file.text);
  const { accepted } = context.config;
  const judged = found.map((finding) => withSuppression(finding, directives, accepted, file));
  if (directives.length > 0) {
    const before = found.length;
    for (const directive of directives) judge(directive, file, found.slice(0, before), context, report);
    judged.push(...found.slice(before));
  }
  return judged.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function withSuppression(
  finding: Finding,
  directives: readonly Directive[],
  accepted: readonly Acceptance[],
  file: SourceFile,
): Finding {
  const directive = directives.find((candidate) => covers(candidate, finding, file.today));
  if (directive) return { ...finding, suppression: toSuppression(directive) };
  const acceptance = accepted.find(
    ({ rule, matches, until }) =>
      (rule === finding.ruleId || rule === finding.ruleName) &&
      matches(file.path) &&
      !(until && file.today && until < file.today),
  );
  if (!acceptance) return finding;
  const suppression: Suppression = {
    source: 'config',
    reason: acceptance.reason,
    ...(acceptance.until && { until: acceptance.until }),
  };
  return { ...finding, suppression };
}

/** What is wrong with a directive itself: misspelt, without effect, without a reason, or out of date. */
function judge(
  directive: Directive,
  file: SourceFile,
  found: readonly Finding[],
  context: LintContext,
  report: Report,
): void {
  if (directive.scope === 'block-end') return;
  const { span, rules, until } = directive;
  const known = context.rules.map(({ meta }) => meta);
  const unknown = rules.filter(
    ({ text }) => !known.some((meta) => namesRule({ ...directive, rules: [{ text, span }] }, meta.id, meta.name)),
  );
  for (const { text, span } of unknown) {
    const guess = closest(
      text,
      known.flatMap((meta) => [meta.id, meta.name]),
    );
    report(unusedSuppression, {
      span,
      message: 'unknown',
      data: { rule: text, guess: guess ? `; did you mean \`${guess}\`?` : '' },
      fixes: guess ? [{ title: `Change to ${guess}`, kind: 'suggestion', edits: [{ ...span, text: guess }] }] : [],
    });
  }
  if (isExpired(directive, file.today)) {
    report(expiredSuppression, { span, message: 'expired', data: { until: until ?? '' } });
    return;
  }
  if (!directive.reason) report(suppressionWithoutReason, { span, message: 'missing' });
  // Rules about several files and about changes may not have run here, so nothing can be said about a suppression of theirs.
  const decided = unknown.length === 0 && rules.every(({ text }) => !isSystemRule(text, context.rules));
  if (decided && !found.some((finding) => covers(directive, finding, file.today))) {
    report(unusedSuppression, {
      span,
      message: 'unused',
      data: { rules: rules.map(({ text }) => text).join(', ') || 'any rule' },
      fixes: [{ title: 'Remove the suppression', kind: 'safe', edits: [removal(file.text, span)] }],
    });
  }
}

function isSystemRule(name: string, rules: readonly Rule[]): boolean {
  return rules.some(
    ({ meta, checkSystem, fromSurroundings, ofChanges }) =>
      (checkSystem || fromSurroundings || ofChanges) && (meta.id === name.toUpperCase() || meta.name === name),
  );
}

/** Takes the comment out with the white space before it, and the whole line where nothing else stands on it. */
function removal(text: string, span: { start: number; end: number }) {
  let start = span.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  let end = span.end;
  const alone = start === 0 || text[start - 1] === '\n';
  if (alone && text.startsWith('\r\n', end)) end += 2;
  else if (alone && text[end] === '\n') end += 1;
  return { start, end, text: '' };
}

function clamp(span: { start: number; end: number }, length: number) {
  const start = Math.max(0, Math.min(span.start, length));
  return { start, end: Math.max(start, Math.min(span.end, length)) };
}
