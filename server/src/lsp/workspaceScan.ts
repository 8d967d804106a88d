import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  ErrorCodes,
  ResponseError,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { assetsOf } from '../engine/assets.ts';
import { withBaseline } from '../engine/baseline.ts';
import { type ComplianceReport, complianceReport } from '../engine/compliance.ts';
import type { Rule } from '../engine/rule.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { exportAs } from '../reports/exports.ts';
import { folderName } from '../reports/statusWords.ts';
import { readCommit } from '../workspace/commit.ts';
import { registerTrouble, viewOf } from '../workspace/evidence.ts';
import type { Files } from '../workspace/files.ts';
import { join, normalise } from '../workspace/paths.ts';
import { positionsIn } from '../workspace/positions.ts';
import { type ScannedFile, type ScanResult, scan } from '../workspace/scan.ts';
import { type StartWorkers, workersFor } from '../workspace/scanWorkers.ts';
import { toDiagnostic } from './convert.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { signalOf, takeTurns, withProgress } from './progress.ts';
import {
  CLEAR,
  DEFAULT_SETTINGS,
  EXPORT,
  type ExportParams,
  type ExportReply,
  SCAN,
  type ScanParams,
  type ScanReply,
  type Settings,
  SUMMARY,
  type SummaryParams,
  type SummaryReply,
} from './protocol.ts';
import type { SystemFindings } from './system.ts';

export interface WorkspaceScan {
  /** A file that is not open changed on disk: its shown findings are brought up to date. */
  changedOnDisk(uris: readonly string[]): Promise<void>;
}

/** Threads that help with a scan. */
export interface Workers {
  readonly start: StartWorkers;
  /** How many there may be at a time. */
  readonly most: number;
}

/** Scan, clear and summary: work over the whole workspace, on request only, with progress and cancel. */
export function offerWorkspaceScan(options: {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly files: Files;
  readonly rules: readonly Rule[];
  readonly system: SystemFindings;
  readonly version: string;
  readonly today: () => string;
  readonly log: (message: string) => void;
  readonly onNews: () => void;
  readonly workers?: Workers;
}): WorkspaceScan {
  const { connection, documents, folders, files, rules, system, log } = options;
  /** Closed files whose findings are in the client's list. */
  const published = new Set<string>();

  async function scanAll(
    token: CancellationToken,
    progress: WorkDoneProgressReporter | undefined,
  ): Promise<ScanResult[]> {
    const results: ScanResult[] = [];
    const signal = signalOf(token);
    const pause = takeTurns();
    const today = options.today();
    // As the documents are now, for all threads alike; under the client's name for them and under ours.
    const texts = documents.texts.all().map((each) => [each.uri, each.getText()] as const);
    const open = new Map([...texts, ...texts.map(([uri, text]) => [normalise(uri), text] as const)]);
    for (const folder of folders.all()) {
      const task = { folder, rules: rules.map(({ meta }) => meta.id), today, open };
      results.push(
        await scan({
          files,
          folder,
          rules,
          signal,
          project: folders.project(folder),
          today,
          log,
          openText: (uri) => open.get(uri),
          onProgress: (done, total, path) =>
            progress?.report(total ? Math.round((done / total) * 100) : 0, `${done} of ${total}: ${path}`),
          pause,
          workers: (count) =>
            options.workers?.start(workersFor(count, options.workers.most), { task, signal, log }) ?? [],
        }),
      );
    }
    return results;
  }

  /** What is in the baseline is not shown; the compliance summary counts it as open. */
  async function withoutKnown(result: ScanResult): Promise<ScanResult> {
    const known = await folders.project(result.folder).baseline();
    if (!known || 'problem' in known) return result;
    const marked = result.files.map((file) => ({ ...file, findings: withBaseline(file.findings, file.path, known) }));
    return { ...result, files: marked };
  }

  async function publish({ files: scanned }: ScanResult): Promise<void> {
    for (const file of scanned) {
      if (isOpen(file.uri)) continue;
      const diagnostics = diagnosticsOf(file, await folders.settings(file.uri));
      if (diagnostics.length === 0 && !published.has(file.uri)) continue;
      published.add(file.uri);
      await connection.sendDiagnostics({ uri: file.uri, diagnostics });
    }
  }

  function isOpen(uri: string): boolean {
    return documents.texts.get(uri) !== undefined || documents.notebooks.getNotebookDocument(uri) !== undefined;
  }

  async function clear(uris: Iterable<string>): Promise<void> {
    for (const uri of [...uris]) {
      published.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  connection.onRequest(SCAN, (params: ScanParams, token) =>
    withProgress(connection, params, 'Guidelint: scanning', async (progress): Promise<ScanReply> => {
      const results = await Promise.all((await scanAll(token, progress)).map(withoutKnown));
      for (const result of results) {
        system.adopt(result);
        await publish(result);
      }
      options.onNews();
      const checked = results.flatMap(({ files }) => files);
      return {
        files: checked.length,
        findings: checked.flatMap(({ findings }) => findings).filter(({ suppression }) => !suppression).length,
        skipped: results.flatMap(({ skipped }) => skipped),
        millis: results.reduce((sum, { millis }) => sum + millis, 0),
        cancelled: results.some(({ partial }) => partial),
      };
    }),
  );

  connection.onRequest(CLEAR, () => clear(published));

  async function sumUp(results: readonly ScanResult[]): Promise<ComplianceReport> {
    const [only, ...others] = folders.all();
    const commit = only && others.length === 0 ? await readCommit(files, only) : undefined;
    return complianceReport({
      version: options.version,
      time: new Date().toISOString(),
      ...(commit && { commit }),
      folders: folders.all(),
      rules,
      files: results.flatMap(({ files }) => files),
      skipped: results.flatMap(({ skipped }) => skipped),
      partial: results.some(({ partial }) => partial),
      registers: results.map(viewOf),
      assets: results.flatMap(({ folder, inventory, files }) =>
        assetsOf(inventory, files, (path) => join(folder, path)),
      ),
      position: positionsIn(results.flatMap(({ files }) => files)),
    });
  }

  connection.onRequest(SUMMARY, (params: SummaryParams, token) =>
    withProgress(connection, params, 'Guidelint: summing up', async (progress): Promise<SummaryReply> => {
      const results = await scanAll(token, progress);
      for (const result of results) system.adopt(result);
      return sumUp(results);
    }),
  );

  connection.onRequest(EXPORT, (params: ExportParams, token) =>
    withProgress(connection, params, 'Guidelint: summing up', async (progress): Promise<ExportReply> => {
      const results = await scanAll(token, progress);
      const trouble = results.map(registerTrouble).find((one) => one !== undefined);
      if (trouble) throw new ResponseError(ErrorCodes.InvalidRequest, trouble);
      const report = await sumUp(results);
      // A file goes to others: it names folders, not where they are on this machine.
      const named = { ...report, folders: report.folders.map(folderName) };
      const text = exportAs(params.format, {
        report: named,
        scan: { version: options.version, rules, scan: joined(results) },
      });
      return { text, partial: report.partial };
    }),
  );

  // An open document is asked for its findings; what was published for it as a closed file would show twice.
  documents.texts.onDidOpen(({ document }) => {
    if (published.has(document.uri)) void clear([document.uri]);
  });
  documents.notebooks.onDidOpen(({ uri }) => {
    if (published.has(uri)) void clear([uri]);
  });

  return {
    async changedOnDisk(uris) {
      const shown = uris.filter((uri) => published.has(uri) && !isOpen(uri));
      for (const uri of shown) {
        const folder = folders.of(uri);
        const exists = (await files.stat(uri)) !== undefined;
        if (!exists) await clear([uri]);
        else {
          const result = await scan({
            files,
            folder,
            only: [uri],
            rules,
            today: options.today(),
            log,
            project: folders.project(folder),
          });
          await publish(await withoutKnown(result));
        }
      }
    },
  };
}

/** Diagnostics of a closed file, in the raw text of the file (a notebook's cells have no documents then). */
function diagnosticsOf(scanned: ScannedFile, settings: Settings = DEFAULT_SETTINGS): Diagnostic[] {
  const document = TextDocument.create(scanned.uri, '', 0, scanned.raw);
  const { notebook } = scanned.file;
  const toRaw = (offset: number) => notebook?.toRaw(offset) ?? offset;
  return scanned.findings.flatMap((finding) => {
    if (finding.suppression) return [];
    const raw = (span: { start: number; end: number }) => ({ start: toRaw(span.start), end: toRaw(span.end) });
    const place = { uri: scanned.uri, document, offset: 0 };
    const related = finding.related.filter(({ uri }) => !uri).map((other) => ({ ...other, span: raw(other.span) }));
    const diagnostic = toDiagnostic(
      { ...finding, span: finding.onDisk ?? raw(finding.span), related },
      place,
      () => place,
      settings,
    );
    return diagnostic ? [diagnostic] : [];
  });
}

const NOTHING: Inventory = { files: new Map(), artefacts: new Map(), neighbours: new Map(), whole: false };

/** Several folders as one, for a list of findings. */
function joined(results: readonly ScanResult[]): ScanResult {
  const [first] = results;
  return {
    folder: first?.folder ?? '',
    files: results.flatMap(({ files }) => files),
    skipped: results.flatMap(({ skipped }) => skipped),
    paths: results.flatMap(({ paths }) => paths),
    seen: results.reduce((sum, { seen }) => sum + seen, 0),
    partial: results.some(({ partial }) => partial),
    configProblems: results.reduce((sum, { configProblems }) => sum + configProblems, 0),
    inventory: first?.inventory ?? NOTHING,
    millis: results.reduce((sum, { millis }) => sum + millis, 0),
  };
}
