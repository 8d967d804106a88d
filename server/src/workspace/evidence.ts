import { type RegisterView, viewRegister } from '../engine/complianceEvidence.ts';
import { checkRegisterFacts, type RegisterFacts } from '../engine/evidence/check.ts';
import type { RegisterProblem } from '../engine/evidence/register.ts';
import { EVIDENCE_NAMES, isInside } from '../engine/evidence/schema.ts';
import type { Finding } from '../engine/finding.ts';
import { finish, type LintContext } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { SourceFile } from '../engine/sourceFile.ts';
import { type Files, MAX_BYTES } from './files.ts';
import { foldersUp, join, relativePath } from './paths.ts';

/** The register that speaks for what a report is about. */
export interface RegisterInForce {
  readonly file: SourceFile;
  readonly facts: RegisterFacts;
}

/** Folder a register speaks for, relative to the workspace folder: empty, or with a closing slash. */
function registerBase(path: string): string {
  const name = EVIDENCE_NAMES.find((end) => path.endsWith(end));
  return name ? path.slice(0, path.length - name.length) : '';
}

/**
 * Looks for the files that a register names; of the rest of the project it takes what the host already knows.
 *
 * @param known paths relative to the workspace folder, and findings by path; absent where nobody has looked.
 */
export async function registerFacts(
  files: Files,
  folder: string,
  file: SourceFile,
  known: { readonly paths?: readonly string[]; readonly findings?: ReadonlyMap<string, readonly Finding[]> },
): Promise<RegisterFacts> {
  const base = registerBase(file.path);
  const named = new Set(file.evidence.entries.flatMap((entry) => entry.files.map(({ path }) => path)));
  const looked = await Promise.all(
    // A path that leaves the project is wrong in itself; nobody looks what is there.
    [...named]
      .filter(isInside)
      .map(async (path) => [path, (await files.stat(join(folder, base, path))) !== undefined] as const),
  );
  const inBase = (path: string) => path.startsWith(base);
  return {
    exists: new Map(looked),
    ...(known.paths && { paths: known.paths.filter(inBase).map((path) => path.slice(base.length)) }),
    ...(known.findings && {
      findings: [...known.findings].flatMap(([path, findings]) => (inBase(path) ? findings : [])),
    }),
  };
}

/** What is wrong in a register about the files around it. */
export function lintRegister(file: SourceFile, facts: RegisterFacts, context: LintContext): Finding[] {
  const byRule = new Map<Rule, RegisterProblem[]>();
  for (const problem of checkRegisterFacts(file, facts, context.rules)) {
    byRule.set(problem.rule, [...(byRule.get(problem.rule) ?? []), problem]);
  }
  return [...byRule].flatMap(([rule, problems]) => finish(file, rule, problems, context));
}

/**
 * The register that speaks for the files looked at: the nearest one from where they lie up to the workspace folder.
 *
 * @param scope URIs of what is looked at.
 * @returns also a register that cannot be read, with the reason, so that it does not pass for none.
 */
export async function findRegister(
  files: Files,
  folder: string,
  scope: readonly string[],
  today: string,
  openText?: (uri: string) => string | undefined,
): Promise<{ readonly file: SourceFile } | { readonly path: string; readonly problem: string } | undefined> {
  for (const candidate of commonFolders(folder, scope)) {
    for (const name of EVIDENCE_NAMES) {
      const uri = join(candidate, name);
      const path = relativePath(folder, uri);
      const open = openText?.(uri);
      const read = open === undefined ? await files.readText(uri, MAX_BYTES) : { text: open };
      if ('text' in read) return { file: new SourceFile({ uri, path, text: read.text, kind: 'evidence', today }) };
      if (await files.stat(uri)) return { path, problem: read.detail };
    }
  }
  return undefined;
}

/** Folders that hold everything in the scope, innermost first, up to the workspace folder. */
function commonFolders(folder: string, scope: readonly string[]): string[] {
  const [first = [], ...rest] = scope.map((uri) => foldersUp(folder, `${uri.replace(/\/$/, '')}/.`));
  return first.filter((candidate) => rest.every((folders) => folders.includes(candidate)));
}

/** The register of a scan as a report needs it. */
export function viewOf({ register }: { readonly register?: RegisterInForce }): RegisterView | undefined {
  return register && viewRegister(register.file, (path) => register.facts.exists.get(path));
}

/** Why there is a register and nothing in it can be used: a report without what people said would be wrong. */
export function registerTrouble({
  register,
  registerProblem,
}: {
  readonly register?: RegisterInForce;
  readonly registerProblem?: { readonly path: string; readonly problem: string };
}): string | undefined {
  const told = (path: string, why: string) =>
    `the evidence register ${path} cannot be used: ${why}; no summary was written`;
  if (registerProblem) return told(registerProblem.path, registerProblem.problem);
  const [first] = register?.file.evidence.problems ?? [];
  if (!register || !first || register.file.evidence.readable) return undefined;
  return told(register.file.path, String(first.data?.problem));
}
