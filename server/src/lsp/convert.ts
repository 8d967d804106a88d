import picomatch from 'picomatch';
import { type Diagnostic, DiagnosticSeverity, type Range, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../engine/finding.ts';
import type { Edit, Span } from '../engine/span.ts';
import { getItem } from '../guidelines/catalogue.ts';
import type { DiagnosticData, Settings } from './protocol.ts';

export const SOURCE = 'guidelint';

const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** A place of the engine's text in a document of the editor: the document itself, or a cell of a notebook. */
export interface Place {
  readonly uri: string;
  readonly document: TextDocument;
  /** Where the document's text begins in the engine's text. */
  readonly offset: number;
}

export function toRange(span: Span, { document, offset }: Place): Range {
  return { start: document.positionAt(span.start - offset), end: document.positionAt(span.end - offset) };
}

export function toTextEdit(edit: Edit, place: Place): TextEdit {
  return { range: toRange(edit, place), newText: edit.text };
}

/** The diagnostic of a finding; undefined where the user's editor settings hide it. */
export function toDiagnostic(
  finding: Finding,
  place: Place,
  placeOf: (span: Span, uri?: string) => Place | undefined,
  settings: Settings,
): Diagnostic | undefined {
  const severity = customised(finding, settings);
  if (severity === 'off') return undefined;
  const [guideline] = finding.guidelines;
  const data: DiagnosticData = {
    ruleId: finding.ruleId,
    fingerprint: finding.fingerprint,
    guideline: guideline ?? '',
  };
  const related = finding.related.flatMap(({ span, message, uri }) => {
    const other = placeOf(span, uri);
    return other ? [{ location: { uri: other.uri, range: toRange(span, other) }, message }] : [];
  });
  return {
    range: toRange(finding.span, place),
    severity: SEVERITY[severity],
    source: SOURCE,
    code: finding.ruleId,
    ...(guideline && { codeDescription: { href: getItem(guideline).url } }),
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    data,
  };
}

/** Severity after `guidelint.rules.customizations`, in which later entries win and `*` stands for any part of a name. */
function customised(finding: Finding, settings: Settings): Severity | 'off' {
  let { severity }: { severity: Severity | 'off' } = finding;
  for (const { rule, severity: wanted } of settings.rules.customizations) {
    const matches = picomatch(rule);
    if (!matches(finding.ruleId) && !matches(finding.ruleName)) continue;
    severity = change(severity, wanted);
  }
  return severity;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function change(severity: Severity | 'off', wanted: string): Severity | 'off' {
  if (wanted === 'off' || ORDER.includes(wanted as Severity)) return wanted as Severity | 'off';
  if (severity === 'off') return severity;
  const step = wanted === 'upgrade' ? -1 : wanted === 'downgrade' ? 1 : 0;
  return ORDER[Math.min(Math.max(ORDER.indexOf(severity) + step, 0), ORDER.length - 1)] ?? severity;
}
