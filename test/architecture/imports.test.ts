import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Who may import whom: folder -> folders of ours it may import. `ARCHITECTURE.md` shows the same table. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'server/src/guidelines': [],
  'server/src/languages': ['server/src/engine', 'server/src/guidelines'],
  'server/src/inventory': ['server/src/engine', 'server/src/languages'],
  'server/src/engine': ['server/src/languages', 'server/src/guidelines', 'server/src/inventory'],
  'server/src/rules': ['server/src/engine', 'server/src/languages', 'server/src/guidelines', 'server/src/inventory'],
  'server/src/workspace': ['server/src/engine', 'server/src/languages', 'server/src/inventory'],
  'server/src/reports': ['server/src/engine', 'server/src/guidelines', 'server/src/workspace', 'server/src/languages'],
  'server/src/drafts': ['server/src/engine', 'server/src/languages', 'server/src/inventory', 'server/src/workspace'],
  'server/src/lsp': [
    'server/src/drafts',
    'server/src/engine',
    'server/src/languages',
    'server/src/guidelines',
    'server/src/inventory',
    'server/src/workspace',
    'server/src/reports',
  ],
  'server/src/cli': [
    'server/src/drafts',
    'server/src/inventory',
    'server/src/engine',
    'server/src/guidelines',
    'server/src/languages',
    'server/src/workspace',
    'server/src/reports',
    'server/src/lsp',
  ],
  'server/src/hosts': [
    'server/src/drafts',
    'server/src/lsp',
    'server/src/cli',
    'server/src/rules',
    'server/src/workspace',
  ],
  'client/src': ['server/src/lsp', 'server/src/reports', 'server/src/engine'],
};

const PURE = ['engine', 'languages', 'guidelines', 'inventory', 'rules', 'workspace'].map(
  (name) => `server/src/${name}`,
);

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.m?ts$/.test(entry.name) ? [path] : [];
  });
}

const IMPORT =
  /^(?:import|export)\b(\s+type\b)?[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  return [...readFileSync(ROOT + file, 'utf8').matchAll(IMPORT)].map((match) => ({
    file,
    from: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

const folderOf = (path: string) => Object.keys(ALLOWED).find((folder) => path.startsWith(`${folder}/`));
const all = [...sources('server/src'), ...sources('client/src')].flatMap(importsOf);

test('every folder imports only from where it may', () => {
  const wrong = all.flatMap(({ file, from }) => {
    if (!from.startsWith('.')) return [];
    const own = folderOf(file);
    const target = posix.join(posix.dirname(file), from);
    const other = folderOf(target);
    if (!own) return [`${file} stands in no folder of the table`];
    if (!other || other === own || ALLOWED[own]?.includes(other)) return [];
    return [`${file} imports ${target}`];
  });
  assert.deepEqual(wrong, []);
});

test('a rule imports no other rule; only the table of a rule stands beside it', () => {
  const wrong = all.filter(({ file, from }) => {
    if (!file.startsWith('server/src/rules/') || file.endsWith('/rules/index.ts') || !from.startsWith('.'))
      return false;
    // The list of what is known to go wrong is data about the rules, no rule.
    if (file.startsWith('server/src/rules/detections/')) return !from.startsWith('./');
    const target = posix.join(posix.dirname(file), from);
    return target.startsWith('server/src/rules/') && !/\.table\.ts$/.test(target);
  });
  assert.deepEqual(wrong, []);
});

test('the pure folders import neither Node, VS Code nor a language-server package', () => {
  const wrong = all.filter(
    ({ file, from }) =>
      PURE.some((folder) => file.startsWith(`${folder}/`)) &&
      /^(?:node:|vscode$|vscode-language(?:client|server)(?:$|\/))/.test(from),
  );
  assert.deepEqual(wrong, []);
});

test('only the client imports vscode, and only the hosts and the command line read files', () => {
  const wrong = all.filter(({ file, from }) => {
    if (from === 'vscode') return !file.startsWith('client/src/');
    return /^(?:node:)?fs(?:\/|$)/.test(from) && !/^server\/src\/(?:hosts|cli)\//.test(file);
  });
  assert.deepEqual(wrong, []);
});

test('nothing imports a module that opens a network connection', () => {
  assert.deepEqual(
    all.filter(({ from }) => /^(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/|$)/.test(from)),
    [],
  );
});
