import { type Connection, type NotebookDocument, NotebookDocuments, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editPythonTree, type PythonTree } from '../languages/python/program.ts';

/** Python tree of the last checked version of a document, with the edits since. */
const trees = new WeakMap<TextDocument, PythonTree>();

/** Remembers the tree of a checked version, so that the next parse only looks at what changed. */
export function keepTree(document: TextDocument, tree: PythonTree | undefined): void {
  if (tree) trees.set(document, tree);
}

export function treeOf(document: TextDocument): PythonTree | undefined {
  return trees.get(document);
}

/** Text documents whose edits are also applied to the remembered tree. */
const configuration = {
  create: TextDocument.create,
  update(document: TextDocument, changes: Parameters<typeof TextDocument.update>[1], version: number): TextDocument {
    let tree = trees.get(document);
    if (!tree) return TextDocument.update(document, changes, version);
    for (const change of changes) {
      if ('range' in change) {
        const fromA = document.offsetAt(change.range.start);
        const toA = document.offsetAt(change.range.end);
        tree = tree && editPythonTree(tree, [{ fromA, toA, fromB: fromA, toB: fromA + change.text.length }]);
      } else tree = undefined;
      TextDocument.update(document, [change], version);
    }
    if (tree) trees.set(document, tree);
    else trees.delete(document);
    return document;
  },
};

export interface Documents {
  readonly texts: TextDocuments<TextDocument>;
  readonly notebooks: NotebookDocuments<TextDocument>;
  /** The notebook that a cell belongs to. */
  notebookOf(cellUri: string): NotebookDocument | undefined;
}

/** Open documents, kept up to date by the client. Cells are documents too, and belong to a notebook. */
export function openDocuments(connection: Connection): Documents {
  const texts = new TextDocuments(configuration);
  const notebooks = new NotebookDocuments<TextDocument>(TextDocument);
  texts.listen(connection);
  notebooks.listen(connection);
  return {
    texts,
    notebooks,
    notebookOf: (cellUri) => {
      const cell = notebooks.getNotebookCell(cellUri);
      return cell && notebooks.findNotebookDocumentForCell(cell);
    },
  };
}
