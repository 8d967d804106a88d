import type { NotebookDocument } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BASELINE_PATH, withBaseline } from '../engine/baseline.ts';
import type { RegisterFacts } from '../engine/evidence/check.ts';
import { EVIDENCE_NAMES } from '../engine/evidence/schema.ts';
import type { Finding } from '../engine/finding.ts';
import { isRecorded } from '../engine/kind.ts';
import { lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { notebookFromCells, withSavedOutputs } from '../languages/notebook.ts';
import { moduleWithUri } from '../languages/python/program.ts';
import { triggerIndex } from '../languages/python/triggers.ts';
import { lintRegister } from '../workspace/evidence.ts';
import { MAX_BYTES } from '../workspace/files.ts';
import { openFile } from '../workspace/open.ts';
import { normalise, relativePath } from '../workspace/paths.ts';
import type { CommittedTexts } from './committed.ts';
import type { Place } from './convert.ts';
import { type Documents, keepTree, treeOf } from './documents.ts';
import type { Folders } from './folders.ts';
import { SCHEMES } from './protocol.ts';
import type { SavedNotebooks } from './savedNotebooks.ts';
import type { SystemFindings } from './system.ts';

/** One checked version of a document or notebook. */
export interface Checked {
  /** URI of the document, of a notebook the notebook's own. */
  readonly uri: string;
  readonly file: SourceFile;
  readonly findings: readonly Finding[];
  /** Equal exactly when the findings are those of the same text under the same rules and configuration. */
  readonly resultId: string;
  readonly configPath: string | undefined;
  readonly configProblems: number;
  readonly millis: number;
  /** Where a span of the engine's text stands in the editor. */
  placeOf(span: Span, uri?: string): Place | undefined;
}

export interface Checker {
  /** Findings of an open document (a cell stands for its notebook); undefined when it is not ours to check. */
  check(uri: string): Promise<Checked | undefined>;
  /** Configuration, settings or a neighbour changed: results made before no longer count. */
  invalidate(): void;
  /** Whether an open document, other than these themselves, imports one of these files. */
  importsAny(uris: readonly string[]): Promise<boolean>;
  forget(uri: string): void;
}

interface Source {
  readonly uri: string;
  readonly version: number;
  /** Differs when a document was closed and opened again, since versions may then start over. */
  readonly owner: object;
  readonly notebook?: NotebookDocument;
  readonly document?: TextDocument;
}

export function openChecker(options: {
  readonly documents: Documents;
  readonly folders: Folders;
  readonly rules: readonly Rule[];
  readonly system: SystemFindings;
  readonly saved: SavedNotebooks;
  readonly committed: CommittedTexts;
  readonly today: () => string;
  readonly log: (message: string) => void;
  readonly onChecked: (checked: Checked) => void;
}): Checker {
  const { documents, folders, rules, system, saved, committed, today, log } = options;
  const results = new Map<string, { key: string; result: Promise<Checked | undefined> }>();
  const epochs = new WeakMap<object, number>();
  /** Broken baselines that were reported. */
  const told = new WeakSet<object>();
  const triggers = triggerIndex(rules.flatMap((rule) => (rule.triggers ? [rule.triggers] : [])));
  let epoch = 0;
  let generation = 0;

  function sourceOf(uri: string): Source | undefined {
    const notebook = documents.notebookOf(uri) ?? documents.notebooks.getNotebookDocument(uri);
    if (notebook) {
      // A cell's text has a version of its own; together they tell any change.
      const cells = notebook.cells.map((cell) => documents.notebooks.getCellTextDocument(cell)?.version ?? 0);
      const version = notebook.version * 1000 + cells.reduce((sum, cell) => sum + cell, 0);
      return { uri: notebook.uri, version, owner: notebook, notebook };
    }
    const document = documents.texts.get(uri);
    return document && { uri, version: document.version, owner: document, document };
  }

  function keyOf({ owner, version }: Source): string {
    if (!epochs.has(owner)) epochs.set(owner, ++epoch);
    return `${epochs.get(owner)}.${version}.${generation}`;
  }

  async function isOurs({ uri, document }: Source): Promise<boolean> {
    const settings = await folders.settings(uri);
    if (!settings.enable) return false;
    if (uri.startsWith('untitled:')) return settings.untitled;
    if (document && !SCHEMES.some((scheme) => uri.startsWith(`${scheme}:`))) return false;
    return !(await folders.excluded(uri));
  }

  /** What stands around an evidence register; a file that is named a moment later is looked for with the next version. */
  async function aroundRegister({ uri, document }: Source, folder: string): Promise<RegisterFacts | undefined> {
    const path = relativePath(folder, uri);
    if (!document || !EVIDENCE_NAMES.some((name) => path.endsWith(name))) return undefined;
    return system.aroundRegister(folder, new SourceFile({ uri, path, text: document.getText(), kind: 'evidence' }));
  }

  async function run(asked: Source): Promise<Checked | undefined> {
    if (!(await isOurs(asked))) return undefined;
    const folder = folders.of(normalise(asked.uri));
    const project = folders.project(folder);
    const { config, problems } = await project.configFor(asked.uri);
    const packages = await project.packagesFor(asked.uri);
    const facts = await aroundRegister(asked, folder);
    const onDisk = asked.notebook && (await saved.of(asked.uri));
    const known = await project.baseline();
    if (known && 'problem' in known && !told.has(known)) {
      told.add(known);
      log(`${BASELINE_PATH} ${known.problem}; nothing in it applies`);
    }
    const baseline = known && 'findings' in known ? known : undefined;
    // The text may have changed while files were read.
    const source = sourceOf(asked.uri);
    if (!source) return undefined;
    const started = performance.now();
    const path = relativePath(folder, source.uri);
    const common = { uri: source.uri, path, config, packages, today: today(), isOpen: true };
    const { document, notebook } = source;
    const text = document?.getText() ?? '';
    if (text.length > MAX_BYTES) return undefined;
    const cells = notebook ? cellsOf(notebook, documents) : [];
    const tree = document && treeOf(document);
    const edited = notebookFromCells(cells.map(({ document }) => ({ text: document.getText() })));
    const opened = notebook
      ? openFile({ ...common, text: '', notebook: onDisk ? withSavedOutputs(edited, onDisk) : edited })
      : openFile({ ...common, text, languageId: document?.languageId ?? '', ...(tree && { pythonTree: tree }) });
    if (opened.kind === 'other') return undefined;
    const resultId = keyOf(source);
    const modules = await project.modulesFor(opened);
    const npm = await project.npmFor(opened);
    const pins = await project.pinsFor(opened);
    // What was read in the meantime is of use for the next version.
    if (sourceOf(asked.uri)?.version !== source.version) return run(asked);
    const before = isRecorded(opened.kind) ? committed.of(asked.uri) : undefined;
    const file = opened.with({
      ...(modules && { modules }),
      ...(before !== undefined && { before }),
      ...(npm && { npm }),
      ...(pins && { pins }),
    });
    const context = { rules, config, log, triggers };
    const found = [
      ...lint(file, context),
      ...system.of(folder, file, context),
      ...(facts && file.kind === 'evidence' ? lintRegister(file, facts, context) : []),
    ];
    const findings = withBaseline(found, path, baseline);
    system.note(folder, path, findings);
    if (document && file.kind === 'python') keepTree(document, file.python.parsed);
    return {
      uri: source.uri,
      file,
      findings,
      resultId,
      configPath: config.path,
      configProblems: problems.length,
      millis: performance.now() - started,
      placeOf: notebook
        ? cellPlaces(file, cells)
        : (_, uri) => (uri ? modulePlace(file, uri) : document && { uri: source.uri, document, offset: 0 }),
    };
  }

  return {
    check(uri) {
      const source = sourceOf(uri);
      if (!source) return Promise.resolve(undefined);
      const key = keyOf(source);
      const known = results.get(source.uri);
      if (known?.key === key) return known.result;
      const result = run(source);
      results.set(source.uri, { key, result });
      result.then(
        (checked) => checked && options.onChecked(checked),
        () => results.delete(source.uri),
      );
      return result;
    },
    async importsAny(uris) {
      for (const { result } of [...results.values()]) {
        const checked = await result.catch(() => undefined);
        const imported = checked?.file.modules?.uris;
        if (imported && uris.some((uri) => imported.has(uri) && uri !== checked.uri)) return true;
      }
      return false;
    },
    invalidate() {
      generation++;
    },
    forget(uri) {
      results.delete(uri);
      saved.forget(uri);
      committed.forget(uri);
    },
  };
}

interface Cell {
  readonly uri: string;
  readonly document: TextDocument;
}

/** The code cells in order; others are not part of the program. */
function cellsOf(notebook: NotebookDocument, documents: Documents): Cell[] {
  return notebook.cells.flatMap((cell) => {
    const document = documents.notebooks.getCellTextDocument(cell);
    return cell.kind === 2 && document?.languageId === 'python' ? [{ uri: cell.document, document }] : [];
  });
}

/** A place in a module that the document imports. */
function modulePlace({ modules }: SourceFile, uri: string): Place | undefined {
  const text = modules && moduleWithUri(modules, uri)?.python.text;
  return text === undefined ? undefined : { uri, document: TextDocument.create(uri, 'python', 0, text), offset: 0 };
}

function cellPlaces(file: SourceFile, cells: readonly Cell[]): Checked['placeOf'] {
  const spans = file.notebook?.cells ?? [];
  return (span, uri) => {
    if (uri) return modulePlace(file, uri);
    const index = spans.findIndex(({ start, end }) => span.start >= start && span.start <= end);
    const cell = cells[index];
    return cell && { uri: cell.uri, document: cell.document, offset: spans[index]?.start ?? 0 };
  };
}
