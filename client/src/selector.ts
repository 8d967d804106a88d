import { type Disposable, languages, type NotebookDocument, type TextDocument, workspace } from 'vscode';
import { SCHEMES } from '../../server/src/lsp/protocol.ts';

/** Languages in which something may be checked; the server decides by name and content. */
const LANGUAGES = [
  'python',
  'markdown',
  'json',
  'jsonc',
  'yaml',
  'github-actions-workflow',
  'shellscript',
  'dockerfile',
  'dockercompose',
  'makefile',
  'prompt',
  'instructions',
  'chatagent',
  'chatmode',
  'skill',
];

/** Prompt and rule files and cards that no language of VS Code claims, or one that is otherwise not looked at. Any `.txt` can be made a prompt in the configuration. */
const PATTERNS = [
  '**/.codex/config.toml',
  '**/.{gemini,qwen}/commands/**/*.toml',
  '**/*.{txt,mdc,prompt,prompty,baml,cdx}',
  '**/*{bom,BOM,cdx,cyclonedx}*.xml',
  '**/MLmodel',
  '**/.{cursorrules,windsurfrules,clinerules,roorules}',
];

const CELLS = 'vscode-notebook-cell';

/** What the server is told about: never the other side of a diff, a chat block or a commit box. */
export const documentSelector: ({ scheme: string; language: string } | { scheme: string; pattern: string })[] = [
  ...SCHEMES.filter((scheme) => scheme !== CELLS).flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    ...PATTERNS.map((pattern) => ({ scheme, pattern })),
  ]),
  { scheme: CELLS, language: 'python' },
];

function isEligible(document: TextDocument): boolean {
  return languages.match(documentSelector, document) > 0 && isEnabled(document);
}

function isEligibleNotebook(notebook: NotebookDocument): boolean {
  return notebook.notebookType === 'jupyter-notebook' && isEnabled(notebook);
}

function isEnabled({ uri }: TextDocument | NotebookDocument): boolean {
  return workspace.getConfiguration('guidelint', uri).get('enable', true);
}

/** Calls `start` once: now if a document that concerns the server is open, else when one is opened or switched on. */
export function onFirstEligible(start: () => void): Disposable {
  const listeners: Disposable[] = [];
  const forget = () => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const look = () => {
    if (!workspace.textDocuments.some(isEligible) && !workspace.notebookDocuments.some(isEligibleNotebook)) return;
    forget();
    start();
  };
  listeners.push(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidOpenNotebookDocument(look),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('guidelint.enable') && look()),
  );
  look();
  return { dispose: forget };
}
