import { type PythonProgram, type WrapperCall, wrapperOfSpan } from '../languages/python/program.ts';
import type { Fix, Related, Severity } from './finding.ts';
import type { Problem, Rule } from './rule.ts';
import { SourceFile } from './sourceFile.ts';
import { lineNumberAt, type Span } from './span.ts';

type Options = Readonly<Record<string, unknown>>;

/** A problem as the engine reports it: `through` names the project function that reaches the API. */
export interface SettledProblem extends Problem {
  readonly through?: string;
}

/**
 * What a check yields, without the calls of wrappers that are not to blame: those whose caller decides nothing, and those of
 * wrappers that are reported themselves, whatever is passed. The others say which way the call takes.
 */
export function* settledProblems(
  problems: Iterable<Problem>,
  rule: Rule,
  file: SourceFile,
  options: Options,
): Iterable<SettledProblem> {
  const direct: Problem[] = [];
  const derived: { problem: Problem; wrapper: WrapperCall }[] = [];
  for (const problem of problems) {
    const wrapper = wrapperOfSpan(problem.span);
    if (wrapper) derived.push({ problem, wrapper });
    else {
      direct.push(problem);
      yield problem;
    }
  }
  const decided = derived.filter(({ problem, wrapper }) => isDecided(problem.severity ?? rule.meta.severity, wrapper));
  const reported = [...direct, ...decided.map(({ problem }) => problem)];
  const seen = new Set<string>();
  for (const { problem, wrapper } of decided) {
    // One call through two branches of a wrapper is one defect.
    const key = JSON.stringify([wrapper.written.span.start, problem.message, problem.data?.call]);
    if (seen.has(key) || isInnerReported(wrapper, reported, rule, file, options)) continue;
    seen.add(key);
    yield explained(problem, wrapper, file);
  }
}

/** Whether the caller has a say in it. That it leaves something out counts only where that does harm. */
function isDecided(severity: Severity, { answers }: WrapperCall): boolean {
  if (severity === 'hint') return false;
  return answers.some(({ text }) => text !== undefined || severity !== 'info');
}

/** Whether one of the calls on the way to the API is reported where it stands. */
function isInnerReported(
  { steps }: WrapperCall,
  here: readonly Problem[],
  rule: Rule,
  file: SourceFile,
  options: Options,
): boolean {
  return steps.some(({ program, call }) => {
    const problems = program.text === file.python.text ? here : problemsOfModule(program, rule, file, options);
    return problems.some(({ span }) => covers(call.span, span));
  });
}

/** Findings of one rule in modules, by program: several callers ask for the same. */
const memory = new WeakMap<PythonProgram, Map<string, readonly Problem[]>>();

/** What a rule reports in a module that is imported. A rule that throws there reports nothing. */
function problemsOfModule(python: PythonProgram, rule: Rule, file: SourceFile, options: Options): readonly Problem[] {
  const { module } = python;
  if (!module || !rule.check) return [];
  const known = memory.get(python) ?? new Map<string, readonly Problem[]>();
  memory.set(python, known);
  const key = `${rule.meta.id} ${file.packages.key}`;
  const found = known.get(key) ?? readProblems();
  known.set(key, found);
  return found;

  function readProblems(): Problem[] {
    const { uri, path } = module as NonNullable<typeof module>;
    const source = new SourceFile({ uri, path, kind: 'python', text: python.text, packages: file.packages, python });
    try {
      return [...settledProblems(rule.check?.(source, options) ?? [], rule, source, options)];
    } catch {
      return [];
    }
  }
}

function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function explained(problem: Problem, wrapper: WrapperCall, file: SourceFile): SettledProblem {
  const related: Related[] = wrapper.steps.map(({ program, module, call }) => ({
    span: call.nameSpan,
    message: `${quoted(program.text.slice(call.nameSpan.start, call.nameSpan.end))} is called here`,
    ...(module && module.uri !== file.uri && { uri: module.uri }),
  }));
  return {
    ...problem,
    through: wrapper.function,
    evidence: [...wayOf(wrapper), ...answersOf(wrapper), ...(problem.evidence ?? [])],
    related: [...related, ...(problem.related ?? [])],
    fixes: (problem.fixes ?? []).filter((fix) => isOfCaller(fix, wrapper)),
  };
}

/** A repair may change what is passed; the name that is called is the project's own. */
function isOfCaller({ edits }: Fix, { written: { span, nameSpan } }: WrapperCall): boolean {
  return edits.every(({ start, end, text }) => {
    const isInside = start >= nameSpan.end && end <= span.end;
    return isInside || (start === end && /^\s*(?:import|from)\b/.test(text));
  });
}

/** `load_checkpoint` calls `torch.load` in line 12 of utils/io.py, with what it is given here. */
function wayOf({ function: name, steps }: WrapperCall): string[] {
  let caller = name;
  return steps.map(({ program, module, call }) => {
    const callee = call.wrapper?.function ?? call.callee ?? call.nameText;
    const sentence = `${quoted(caller)} calls ${quoted(callee)} with what it is given here, in ${lineOf(program, call.span, module?.path)}.`;
    caller = call.nameText;
    return sentence;
  });
}

function answersOf({ function: name, answers }: WrapperCall): string[] {
  const said = answers.flatMap(({ parameter, text, setIn }) => {
    if (!setIn || text === undefined) return [];
    const place = `line ${setIn.line}${setIn.path ? ` of ${setIn.path}` : ''}`;
    return [`${quoted(name)} passes ${quoted(`${parameter}=${text}`)} on unless it is told otherwise, from ${place}.`];
  });
  return [...new Set(said)];
}

function lineOf({ text }: PythonProgram, { start }: Span, path: string | undefined): string {
  return `line ${lineNumberAt(text, start)}${path ? ` of ${path}` : ''}`;
}

function quoted(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``;
}
