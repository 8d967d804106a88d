import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import type { Edit, Span } from '../engine/span.ts';
import type { ScannedFile, ScanResult } from '../workspace/scan.ts';
import type { Shard } from '../workspace/shard.ts';

/** What every report is made of. */
export interface Report {
  /** Of Guidelint. */
  readonly version: string;
  /** Web address of Guidelint. */
  readonly homepage?: string;
  /** All rules that took part, the engine's own included. */
  readonly rules: readonly Rule[];
  /** Which part of the project was checked; absent: all of it. */
  readonly shard?: Shard;
  readonly scan: ScanResult;
}

/** A range of a text. Lines and columns count from 1, columns in UTF-16 code units; the end column is exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Place {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** In the file on disk; a byte order mark does not count. */
  readonly region: Region;
  /** In a notebook: the cell, counted from 1, and the region in its source. */
  readonly cell?: { readonly number: number; readonly region: Region };
}

/** A finding with its offsets turned into places. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly place: Place;
  readonly related: readonly (Place & { readonly message: string })[];
  /** The finding's fixes, their edits in the file on disk. */
  readonly fixes: readonly {
    readonly title: string;
    readonly kind: 'safe' | 'suggestion';
    readonly edits: readonly { readonly region: Region; readonly text: string }[];
  }[];
}

/** All findings of a scan, suppressed ones included, by path and then in the order of the text. */
export function reportedFindings({ files }: ScanResult): LocatedFinding[] {
  const byUri = new Map(files.map((file) => [file.uri, file]));
  const locators = new Map<ScannedFile, Locator>();
  const locatorOf = (file: ScannedFile): Locator => {
    const known = locators.get(file) ?? locator(file);
    locators.set(file, known);
    return known;
  };
  return files.flatMap((file) =>
    file.findings.map((finding) => ({
      finding,
      place: locatorOf(file).place(finding.span, finding.onDisk),
      related: finding.related.flatMap(({ span, message, uri }) => {
        const other = uri === undefined ? file : byUri.get(uri);
        return other ? [{ ...locatorOf(other).place(span), message }] : [];
      }),
      fixes: finding.fixes.map(({ title, kind, edits }) => ({ title, kind, edits: locatorOf(file).edits(edits) })),
    })),
  );
}

interface Locator {
  /** @param known where it stands on disk, when the text that rules see does not hold it. */
  place(span: Span, known?: Span): Place;
  /** Edits of the text that rules see as edits of the file on disk. */
  edits(edits: readonly Edit[]): { region: Region; text: string }[];
}

function locator({ path, raw, file: { text, notebook } }: ScannedFile): Locator {
  const onDisk = regions(raw);
  const inProgram = notebook && regions(text);
  if (!notebook || !inProgram) {
    return {
      place: (span) => ({ path, region: onDisk(span) }),
      edits: (edits) => edits.map((edit) => ({ region: onDisk(edit), text: edit.text })),
    };
  }
  // An edit knows best which part of the JSON text is meant: a line of a cell is a string of its own there.
  const toRaw = (span: Span): Span => {
    const edits = notebook.rawEdits([{ ...span, text: '' }]) ?? [];
    const [first, last] = [edits[0], edits.at(-1)];
    return first && last
      ? { start: first.start, end: last.end }
      : { start: notebook.toRaw(span.start), end: notebook.toRaw(span.end) };
  };
  return {
    place(span, known) {
      const start = notebook.cellAt(span.start);
      const region = onDisk(known ?? toRaw(span));
      if (!start) return { path, region };
      const before = inProgram({ start: start.cell.start, end: start.cell.start }).startLine - 1;
      const { startLine, endLine, ...columns } = inProgram(span);
      return {
        path,
        region,
        cell: {
          number: start.cell.index + 1,
          region: { startLine: startLine - before, endLine: endLine - before, ...columns },
        },
      };
    },
    edits: (edits) => (notebook.rawEdits(edits) ?? []).map((edit) => ({ region: onDisk(edit), text: edit.text })),
  };
}

/** Turns offsets of a text into lines and columns. */
function regions(text: string): (span: Span) => Region {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const document = TextDocument.create('', '', 0, mark ? text.slice(1) : text);
  return ({ start, end }) => {
    const from = document.positionAt(start - mark);
    const to = document.positionAt(end - mark);
    return {
      startLine: from.line + 1,
      startColumn: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    };
  };
}
