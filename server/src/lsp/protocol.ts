import type { ComplianceReport } from '../engine/compliance.ts';
import type { Comparable } from '../engine/complianceCompare.ts';
import type { ExportFormat } from '../reports/exports.ts';

/**
 * Every message between our client and server that LSP does not define. Only names and plain types cross: the two sides
 * use different major versions of the LSP packages, whose request objects do not mix.
 */

/** Request: the whole workspace is read and checked. Progress through `workDoneToken`; cancellable. */
export const SCAN = 'guidelint/scan';
export interface ScanParams {
  readonly workDoneToken?: string | number;
}
export interface ScanReply {
  readonly files: number;
  readonly findings: number;
  /** Files that could not be checked, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly millis: number;
  readonly cancelled: boolean;
}

/** Request: forget the findings of files that are not open. */
export const CLEAR = 'guidelint/clear';

/** Request: where the workspace stands. Scans first where nothing fresh is known. Progress and cancel as with `SCAN`. */
export const SUMMARY = 'guidelint/summary';
export interface SummaryParams {
  readonly workDoneToken?: string | number;
}
export type SummaryReply = ComplianceReport;

/** Request: the summary as the text of a file. Scans anew; progress and cancel as with `SCAN`. */
export const EXPORT = 'guidelint/export';
export interface ExportParams {
  readonly format: ExportFormat;
  readonly workDoneToken?: string | number;
}
export interface ExportReply {
  readonly text: string;
  /** The scan was stopped: the report says so, and holds less. */
  readonly partial: boolean;
}

/** Request: what is compared of a report that was saved as JSON. */
export const SAVED_REPORT = 'guidelint/savedReport';
export interface SavedReportParams {
  readonly uri: string;
}
export interface SavedReportReply {
  readonly report?: Comparable;
  /** Why there is none: a sentence without its subject, which is the file. */
  readonly problem?: string;
}

/** Request: the page of a rule (`GL301`, `unsafe-model-load`) or a guideline (`framework:item`), as Markdown. */
export const PAGE = 'guidelint/page';
export interface PageParams {
  readonly id: string;
}
export interface PageReply {
  readonly title: string;
  readonly markdown: string;
}

/** Request: all rules and guidelines by name, for a pick list. */
export const INDEX = 'guidelint/index';
export interface IndexReply {
  readonly rules: readonly { readonly id: string; readonly name: string; readonly title: string }[];
  readonly guidelines: readonly { readonly id: string; readonly citation: string; readonly title: string }[];
}

/**
 * Request: the draft of a card, AI-BOM or Croissant file for the folder of this URI, from what the workspace says. Progress
 * and cancel as with `SCAN`.
 */
export const NEW_CARD = 'guidelint/newCard';
export interface NewCardParams {
  readonly type: 'model' | 'data' | 'bom' | 'croissant';
  /** Id of one of `CardTemplatesReply`. */
  readonly template?: string;
  /** Empty where no folder is open: the draft then holds placeholders only. */
  readonly folderUri: string;
  readonly workDoneToken?: string | number;
}
export interface NewCardReply {
  /** Suggested file name, free in that folder. */
  readonly fileName: string;
  /** Absent when it was cancelled. */
  readonly text?: string;
}

/** Request: the templates of whole cards besides our own, for a pick list. */
export const CARD_TEMPLATES_LIST = 'guidelint/cardTemplates';
export interface CardTemplatesReply {
  readonly templates: readonly {
    readonly id: string;
    readonly type: 'model' | 'data';
    readonly label: string;
    readonly help: string;
    /** What a file of it is called. */
    readonly file: string;
  }[];
}

/**
 * Request: the edits that make an open card, AI-BOM or Croissant file state the SHA-256 of the model or data files beside it.
 * Progress and cancel as with `SCAN`.
 */
export const DIGESTS = 'guidelint/digests';
export interface DigestsParams {
  readonly uri: string;
  readonly workDoneToken?: string | number;
}
export interface DigestsReply {
  /** Files beside the document whose digest was computed. */
  readonly files: number;
  /** Of the document that the edits are for; absent when it is none that can state digests, or was cancelled. */
  readonly version?: number;
  readonly edits: readonly {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
    readonly text: string;
  }[];
}

/** Request: drafts of prompt, instruction and agent files, one for each format. */
export const NEW_PROMPTS = 'guidelint/newPrompts';
export interface NewPromptsParams {
  /** Folder of the workspace, and the folder of the file in front; empty where none is open. */
  readonly rootUri: string;
  readonly besideUri: string;
}
export interface NewPromptsReply {
  readonly formats: readonly {
    readonly id: string;
    readonly label: string;
    readonly help: string;
    /** Where it is suggested to be, free, relative to the folder that the product looks in. */
    readonly path: string;
    readonly uri: string;
    readonly language: string;
    /** There is such a file already, and there can be only one. */
    readonly exists: boolean;
    /** In the syntax of VS Code's snippets. */
    readonly snippet: string;
  }[];
}

/** Request: the fields that the rules ask a card for, most important first; null for what is no card we can read. */
export const CARD_FIELDS = 'guidelint/cardFields';
export interface CardFieldsParams {
  readonly uri: string;
}
export interface CardFieldsReply {
  /** Of the document that the places are in. */
  readonly version: number;
  readonly title: string;
  readonly fields: readonly ListedField[];
}
export interface ListedField {
  readonly title: string;
  readonly state: 'filled' | 'not-applicable' | 'placeholder' | 'absent';
  /** What belongs there. */
  readonly ask: string;
  /** What the card says, at most 200 characters. */
  readonly text: string;
  /** Items that ask for it, number and title. */
  readonly guidelines: readonly string[];
  /** Where it stands. */
  readonly at?: { readonly line: number; readonly character: number };
  /** Edits that make a place for it where it is missing. */
  readonly insert?: readonly {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
    readonly text: string;
  }[];
}

/** Request: files of a folder that may be evidence, and its register with entries to confirm for those in `add`. */
export const EVIDENCE = 'guidelint/evidence';
export interface EvidenceParams {
  readonly folderUri: string;
  /** First files of the candidates to enter, relative to the folder. */
  readonly add?: readonly string[];
  /** A guideline item to make an entry for, unless there is one. */
  readonly item?: string;
}
export interface EvidenceReply {
  readonly uri: string;
  /** Whether there is a register already. */
  readonly exists: boolean;
  readonly candidates: readonly { readonly what: string; readonly file: string; readonly items: readonly string[] }[];
  /** Of the register, with the entries. */
  readonly text: string;
  /** Zero-based line of the entry for `item`; absent where there is none and none could be added. */
  readonly line?: number;
}

/** Notification to the client: a document was checked. */
export const STATUS = 'guidelint/status';
export interface StatusParams {
  readonly uri: string;
  readonly kind: string;
  readonly findings: number;
  readonly millis: number;
  /** Path of the configuration file in force, relative to the folder. */
  readonly config?: string;
  /** How many things in the configuration file are wrong. */
  readonly configProblems: number;
}

/**
 * The mark that a disable action leaves for the reason. Our client asks for the reason and puts it in; another editor's
 * user writes over it (until then rule GL903 asks for it).
 */
export const REASON_MARK = 'REASON';

/** What rides in `Diagnostic.data`, so that a code action finds its finding again without reading message text. */
export interface DiagnosticData {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly guideline: string;
}

/** Settings, section `guidelint`; the manifest documents each. */
export interface Settings {
  readonly enable: boolean;
  readonly run: 'onType' | 'onSave';
  /** Severity changes for this editor only, by rule id, name or `*`; the command line never reads them. */
  readonly rules: { readonly customizations: readonly { readonly rule: string; readonly severity: string }[] };
  readonly untitled: boolean;
  readonly codeActions: { readonly disable: boolean; readonly documentation: boolean };
  /** What is shown in model and data cards besides findings. */
  readonly cards: { readonly codeLens: boolean; readonly outline: boolean };
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  run: 'onType',
  rules: { customizations: [] },
  untitled: true,
  codeActions: { disable: true, documentation: true },
  cards: { codeLens: true, outline: true },
};

/** What a client may say when it starts the server. */
export interface InitializationOptions {
  /** Languages in which the editor applies the JSON Schemas that our manifest contributes. */
  readonly schemaLanguages?: readonly string[];
}

/** Schemes of documents that are checked: never the other side of a diff, a chat block or a commit box. */
export const SCHEMES = ['file', 'untitled', 'vscode-notebook-cell'] as const;
