import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { disableEdit } from '../engine/disable.ts';
import type { Finding } from '../engine/finding.ts';
import { compatibleFixes, fixAll, safeFixes } from '../engine/fixes.ts';
import type { Edit } from '../engine/span.ts';
import { type GuidelineId, getItem, nameOf } from '../guidelines/catalogue.ts';
import type { Checked, Checker } from './checker.ts';
import { SOURCE, toTextEdit } from './convert.ts';
import type { DigestOffer } from './digests.ts';
import type { Folders } from './folders.ts';
import { type DiagnosticData, REASON_MARK } from './protocol.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.guidelint`;
export const NOTEBOOK_FIX_ALL = `${CodeActionKind.Notebook}.${FIX_ALL}`;

/** What an action without an edit needs to make it when it is chosen. */
interface Deferred {
  readonly uri: string;
  readonly resultId: string;
  /** The digests of the files beside the document. */
  readonly digests?: true;
  /** Only fixes of this rule; all safe ones where it is absent. */
  readonly ruleId?: string;
}

/**
 * Actions on findings, found again through `Diagnostic.data`, in a fixed order: fixes, all of this rule, disable, explain,
 * open the guideline. Fix-all is worked out when it is chosen.
 */
export function offerCodeActions(options: {
  readonly connection: Connection;
  readonly checker: Checker;
  readonly folders: Folders;
  readonly digests: DigestOffer;
  /** Lints a changed text of the same document, for fix-all. */
  readonly relint: (checked: Checked, text: string) => Promise<(text: string) => readonly Finding[]>;
}): void {
  const { connection, checker, folders } = options;

  connection.onCodeAction(async (params, token) => {
    const checked = await checker.check(params.textDocument.uri);
    if (!checked || token.isCancellationRequested) return [];
    const settings = await folders.settings(params.textDocument.uri);
    const wanted = (kind: string) =>
      params.context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      const ours = params.context.diagnostics.filter(({ source, data }) => source === SOURCE && data);
      for (const diagnostic of ours) actions.push(...quickFixes(checked, diagnostic));
      actions.push(...(await digestActions(checked, ours)));
      for (const diagnostic of ours) {
        if (settings.codeActions.disable) actions.push(...disableActions(checked, diagnostic));
      }
      for (const diagnostic of ours) {
        if (settings.codeActions.documentation) actions.push(...documentationActions(diagnostic));
      }
    }
    const fixAllKind = checked.file.notebook ? NOTEBOOK_FIX_ALL : FIX_ALL;
    if (params.context.only && wanted(fixAllKind) && safeFixes(checked.findings).length > 0) {
      actions.push(deferred('Fix all safely repairable findings', fixAllKind, checked));
    }
    return unique(actions, params);
  });

  /** On findings that a digest answers, where there are files to compute it of. */
  async function digestActions(checked: Checked, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    const answered = diagnostics.filter((diagnostic) => asksForDigest(checked, diagnostic));
    if (answered.length === 0 || !(await options.digests.hasFiles(checked))) return [];
    const action = deferred('Insert the SHA-256 of the files beside this document', CodeActionKind.QuickFix, checked);
    return [{ ...action, data: { ...action.data, digests: true }, diagnostics: answered }];
  }

  connection.onCodeActionResolve(async (action, token) => {
    const data = action.data as Deferred | undefined;
    if (!data?.resultId || action.edit) return action;
    const checked = await checker.check(data.uri);
    if (!checked || checked.resultId !== data.resultId) {
      return { ...action, disabled: { reason: 'The document has changed since' } };
    }
    if (data.digests) return { ...action, edit: editOf(checked, await options.digests.edits(checked, token)) };
    return { ...action, edit: await allFixes(checked, data.ruleId) };
  });

  async function allFixes(checked: Checked, ruleId: string | undefined): Promise<WorkspaceEdit> {
    if (ruleId || checked.file.notebook) {
      const ofRule = checked.findings.filter((finding) => !ruleId || finding.ruleId === ruleId);
      return editOf(
        checked,
        compatibleFixes(safeFixes(ofRule)).flatMap(({ edits }) => edits),
      );
    }
    const before = checked.file.text;
    const { text } = fixAll(before, await options.relint(checked, before));
    return editOf(checked, [difference(before, text)]);
  }
}

function quickFixes(checked: Checked, diagnostic: Diagnostic): CodeAction[] {
  const finding = findingOf(checked, diagnostic);
  if (!finding) return [];
  const fixes: CodeAction[] = finding.fixes.map((fix, index) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    // Preferred means that it can be applied without a look: the single obvious repair.
    ...(index === 0 && fix.kind === 'safe' && { isPreferred: true }),
    edit: editOf(checked, fix.edits),
  }));
  const same = checked.findings.filter(({ ruleId, suppression }) => ruleId === finding.ruleId && !suppression);
  if (safeFixes(same).length > 1) {
    const title = `Fix all ${finding.ruleId} (${finding.ruleName}) in this file`;
    fixes.push({ ...deferred(title, CodeActionKind.QuickFix, checked, finding.ruleId), diagnostics: [diagnostic] });
  }
  return fixes;
}

/** Rules that a stated digest answers: impossible, missing for a file, or a place left for one. */
const ABOUT_DIGESTS = new Set(['impossible-digest', 'file-list-mismatch', 'digest-mismatch']);

function asksForDigest(checked: Checked, diagnostic: Diagnostic): boolean {
  const { kind, text } = checked.file;
  const finding = kind === 'model-card' || kind === 'data-card' ? findingOf(checked, diagnostic) : undefined;
  if (!finding) return false;
  if (ABOUT_DIGESTS.has(finding.ruleName) || /\bdigests?\b/.test(finding.message)) return true;
  return (
    finding.ruleName === 'placeholder-left-in' && /sha-?256/i.test(text.slice(finding.span.start, finding.span.end))
  );
}

function disableActions(checked: Checked, diagnostic: Diagnostic): CodeAction[] {
  const finding = findingOf(checked, diagnostic);
  if (!finding) return [];
  return (['line', 'file'] as const).flatMap((scope) => {
    const edit = disableEdit(checked.file, finding, scope, REASON_MARK);
    if (!edit) return [];
    return {
      title: `Disable ${finding.ruleId} (${finding.ruleName}) for this ${scope}, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: editOf(checked, [edit]),
      data: { disable: true, ruleId: finding.ruleId, message: finding.message },
    };
  });
}

function documentationActions(diagnostic: Diagnostic): CodeAction[] {
  const { ruleId, guideline } = diagnostic.data as DiagnosticData;
  const command = (title: string, name: string, argument: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: name, arguments: [argument] },
  });
  return [
    ...(guideline
      ? [command(`Open guideline ${nameOf(getItem(guideline as GuidelineId))}`, 'guidelint.openGuideline', guideline)]
      : []),
    command(`Explain ${ruleId}`, 'guidelint.explainRule', ruleId),
  ];
}

function findingOf(checked: Checked, { data }: Diagnostic): Finding | undefined {
  const { fingerprint } = data as DiagnosticData;
  return checked.findings.find((finding) => finding.fingerprint === fingerprint);
}

function deferred(title: string, kind: string, checked: Checked, ruleId?: string): CodeAction {
  const data: Deferred = { uri: checked.uri, resultId: checked.resultId, ...(ruleId && { ruleId }) };
  return { title, kind, data };
}

/** Edits of the engine's text as edits of the documents (for a notebook: cells) it is made of, at their present version. */
function editOf(checked: Checked, edits: readonly Edit[]): WorkspaceEdit {
  const byUri = new Map<string, TextDocumentEdit>();
  for (const edit of edits) {
    const place = checked.placeOf(edit);
    if (!place) continue;
    const known = byUri.get(place.uri);
    const textEdit = toTextEdit(edit, place);
    if (known) known.edits.push(textEdit);
    else {
      const { uri, document } = place;
      byUri.set(uri, { textDocument: { uri, version: document.version }, edits: [textEdit] });
    }
  }
  return { documentChanges: [...byUri.values()] };
}

/** The smallest single edit that makes one text of the other: keeps the cursor and folds where nothing changed. */
function difference(before: string, after: string): Edit {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/** Two findings on one line may ask for the same thing. */
function unique(actions: readonly CodeAction[], { textDocument }: CodeActionParams): CodeAction[] {
  const seen = new Set<string>();
  return actions.filter(({ title, edit, command }) => {
    const key = JSON.stringify([textDocument.uri, title, edit, command?.arguments]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
