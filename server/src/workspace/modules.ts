import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  type ImportedModule,
  type Module,
  type Modules,
  NO_MODULES,
  type PythonProgram,
  readImports,
  readPython,
} from '../languages/python/program.ts';
import type { Files } from './files.ts';
import { foldersUp, join, normalise, parent, relativePath } from './paths.ts';

/** Imports followed from a file to a module to a module. */
const MAX_DEPTH = 3;
/** Modules of the workspace that one file may import. */
const MAX_IMPORTS = 64;
/** Larger modules are generated or data. In bytes. */
const MAX_MODULE = 1024 * 1024;
/** Text of the modules whose trees are kept. In UTF-16 code units; a tree takes some twenty times as much. */
const MAX_PARSED = 24 * 1024 * 1024;
const TRIM_EVERY = 50;
/** Folders of other people's code, and of none. */
const FOREIGN = /(?:^|\/)(?:site-packages|dist-packages|node_modules|\.?venv|\.git|\.tox|\.nox|__pycache__)\//;

/** The Python files of a workspace folder as modules that import each other; read when first imported. */
export interface ModuleStore {
  /** What the imports of a text lead to. Reads what has not been read yet; afterwards asking reads nothing. */
  modulesFor(uri: string, text: string): Promise<Modules>;
  /**
   * Files were changed, or added or removed (`moved`), on disk or in an editor.
   *
   * @returns whether anything that was imported may be another now.
   */
  changed(uris: readonly string[], moved: boolean): boolean;
  forget(): void;
}

interface Source {
  readonly uri: string;
  readonly text: string;
  readonly links: readonly Link[];
  /** Shared by all views of the module: it is parsed once. */
  readonly python: PythonProgram;
}

/** An import that leads to a file of the workspace. */
interface Link {
  /** As code spells it: `.util`, or `.util.io` for `from .util import io`. */
  readonly name: string;
  readonly names: ImportedModule['names'];
  readonly uri: string;
}

/** @param openText text of a document as an editor holds it. */
export function openModules(
  files: Files,
  root: string,
  openText: (uri: string) => string | undefined = () => undefined,
): ModuleStore {
  const folders = new Map<string, Promise<ReadonlySet<string>>>();
  /** By folder of the importing file and name as written; undefined where no file of the workspace is meant. */
  const places = new Map<string, Promise<string | undefined>>();
  const sources = new Map<string, Promise<Source | undefined>>();
  /** By depth and URI. */
  const loads = new Map<string, Promise<void>>();
  /** What has been read, so that it can be asked for without waiting. */
  const ready = new Map<string, Source>();
  /** By what is left of the depth. */
  let asked = 0;
  let views: Map<string, Module>[] = [];
  let keys: Map<string, string>[] = [];
  /** Modules that changed since they were read; read again when anything but they themselves is looked at. */
  const stale = new Set<string>();

  /** Names in a folder that may be modules: `io.py`, and `utils/` for a folder. */
  function entriesOf(folder: string): Promise<ReadonlySet<string>> {
    let pending = folders.get(folder);
    if (!pending) {
      pending = files.list(folder).then((entries = []) => {
        const modules = entries.filter(
          ({ name, type }) => type === 'folder' || (type === 'file' && name.endsWith('.py')),
        );
        return new Set(modules.map(({ name, type }) => (type === 'folder' ? `${name}/` : name)));
      });
      folders.set(folder, pending);
    }
    return pending;
  }

  /** The file of a dotted name below a folder: `a/b.py`, or `a/b/__init__.py`. */
  async function below(folder: string, segments: readonly string[]): Promise<string | undefined> {
    let at = folder;
    for (const segment of segments.slice(0, -1)) {
      if (!(await entriesOf(at)).has(`${segment}/`)) return undefined;
      at = join(at, segment);
    }
    const last = segments.at(-1);
    if (last === undefined) return (await entriesOf(at)).has('__init__.py') ? join(at, '__init__.py') : undefined;
    const entries = await entriesOf(at);
    if (entries.has(`${last}/`) && (await entriesOf(join(at, last))).has('__init__.py')) {
      return join(at, last, '__init__.py');
    }
    return entries.has(`${last}.py`) ? join(at, `${last}.py`) : undefined;
  }

  /** Relative names from the package of the importing file, others beside it and in the folders above, there also in `src`. */
  async function find(folder: string, name: string): Promise<string | undefined> {
    const above = foldersUp(root, join(folder, '_'));
    const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(name) ?? [];
    const segments = rest === '' ? [] : rest.split('.');
    if (dots !== '') {
      const base = above[dots.length - 1];
      return base && below(base, segments);
    }
    const [first = ''] = segments;
    for (const each of above) {
      for (const base of [each, join(each, 'src')]) {
        const entries = base === each || (await entriesOf(each)).has('src/') ? await entriesOf(base) : new Set();
        if (!entries.has(`${first}/`) && !entries.has(`${first}.py`)) continue;
        const found = await below(base, segments);
        if (found) return found;
      }
    }
    return undefined;
  }

  function placeOf(folder: string, name: string): Promise<string | undefined> {
    const key = `${folder} ${name}`;
    let pending = places.get(key);
    if (!pending) {
      pending = find(folder, name).then((uri) => (uri && !FOREIGN.test(relativePath(root, uri)) ? uri : undefined));
      places.set(key, pending);
    }
    return pending;
  }

  async function linksOf(uri: string, text: string): Promise<Link[]> {
    const links: Link[] = [];
    const folder = parent(uri);
    const add = async (name: string, names: ImportedModule['names']): Promise<void> => {
      const place = links.length < MAX_IMPORTS ? await placeOf(folder, name) : undefined;
      if (place && place !== uri) links.push({ name, names, uri: place });
    };
    for (const { module, names } of readImports(text)) {
      await add(module, names);
      // What is imported may be a module itself.
      const inside = module.endsWith('.') ? module : `${module}.`;
      if (names.length === 0 || !(await mayHold(folder, module))) continue;
      for (const [name] of names) await add(inside + name, []);
    }
    return links;
  }

  /** False for libraries, whose parts need not be looked for one by one. */
  async function mayHold(folder: string, module: string): Promise<boolean> {
    if (module.startsWith('.')) return true;
    const [first = ''] = module.split('.');
    for (const each of foldersUp(root, join(folder, '_'))) {
      const entries = await entriesOf(each);
      if (entries.has(`${first}/`)) return true;
      if (entries.has('src/') && (await entriesOf(join(each, 'src'))).has(`${first}/`)) return true;
    }
    return false;
  }

  async function read(uri: string): Promise<Source | undefined> {
    const open = openText(uri);
    const found = open === undefined ? await files.readText(uri, MAX_MODULE) : { text: open };
    if ('problem' in found) return undefined;
    const text = found.text.replace(/^\uFEFF/, '\n');
    return { uri, text, links: await linksOf(uri, text), python: readPython(text) };
  }

  /** Reads a module and what it imports, `depth` imports far. */
  function load(uri: string, depth: number): Promise<void> {
    const key = `${depth} ${uri}`;
    let pending = loads.get(key);
    if (!pending) {
      pending = loadNow(uri, depth);
      loads.set(key, pending);
    }
    return pending;
  }

  async function loadNow(uri: string, depth: number): Promise<void> {
    let pending = sources.get(uri);
    if (!pending) {
      pending = read(uri);
      sources.set(uri, pending);
    }
    const source = await pending;
    if (!source || sources.get(uri) !== pending) return;
    ready.set(uri, source);
    if (depth > 1) await Promise.all(source.links.map((link) => load(link.uri, depth - 1)));
  }

  /** A module from which `left` more imports may be followed. */
  function view(uri: string, left: number): Module | undefined {
    const known = views[left]?.get(uri);
    if (known) return known;
    const source = ready.get(uri);
    if (!source) return undefined;
    const { text, python: same, links } = source;
    const modules = left > 0 ? lazily(() => viewOf(links, left)) : undefined;
    const module: Module = {
      uri,
      path: relativePath(root, uri),
      get python() {
        program ??= readPython(text, undefined, { same, module, ...(modules && { modules }) });
        return program;
      },
    };
    let program: PythonProgram | undefined;
    const atDepth = views[left] ?? new Map<string, Module>();
    views[left] = atDepth.set(uri, module);
    return module;
  }

  function viewOf(links: readonly Link[], left: number): Modules {
    const imports = links.flatMap(({ uri, names, name }) => {
      const module = view(uri, left - 1);
      return module ? [{ name, module, names }] : [];
    });
    if (imports.length === 0) return NO_MODULES;
    const byName = new Map(imports.map(({ name, module }) => [name, module]));
    return {
      imports,
      find: (name) => byName.get(name),
      get key() {
        return links.map(({ name, uri }) => `${name} ${keyOf(uri, left - 1)}`).join('\n');
      },
      get uris() {
        return new Set(reached(links, left, new Map()).keys());
      },
    };
  }

  function keyOf(uri: string, left: number): string {
    const known = keys[left]?.get(uri);
    if (known !== undefined) return known;
    const { text = '', links = [] } = ready.get(uri) ?? {};
    const inner = left > 0 ? links.map((link) => `${link.name} ${keyOf(link.uri, left - 1)}`) : [];
    const key = bytesToHex(sha256(utf8ToBytes([relativePath(root, uri), text, ...inner].join('\n')))).slice(0, 32);
    const atDepth = keys[left] ?? new Map<string, string>();
    keys[left] = atDepth.set(uri, key);
    return key;
  }

  /** @param found how much was left where a module was reached: by a longer way no others are. */
  function reached(links: readonly Link[], left: number, found: Map<string, number>): ReadonlyMap<string, number> {
    for (const { uri } of links) {
      if ((found.get(uri) ?? 0) >= left) continue;
      found.set(uri, left);
      if (left > 1) reached(ready.get(uri)?.links ?? [], left - 1, found);
    }
    return found;
  }

  /** The module that a text is, whether somebody has imported it already or may do so later. */
  function offered(uri: string, text: string, links: readonly Link[]): PythonProgram | undefined {
    const known = ready.get(uri);
    if (known) return known.text === text ? known.python : undefined;
    if (sources.has(uri) || openText(uri) !== undefined || !uri.endsWith('.py') || text.length > MAX_MODULE)
      return undefined;
    const source = { uri, text, links, python: readPython(text) };
    sources.set(uri, Promise.resolve(source));
    ready.set(uri, source);
    return source.python;
  }

  /** Lets go of trees and of what was made of them before they take too much memory. */
  function trim(): void {
    if (++asked % TRIM_EVERY !== 0) return;
    const parsed = [...ready.values()].filter(({ python }) => python.weight > 0);
    if (parsed.reduce((sum, { python }) => sum + python.weight, 0) < MAX_PARSED) return;
    for (const source of parsed) {
      const fresh = { ...source, python: readPython(source.text) };
      ready.set(source.uri, fresh);
      sources.set(source.uri, Promise.resolve(fresh));
    }
    loads.clear();
    forgetViews();
  }

  /**
   * Takes over changes. What a text imports may import the text itself: while it is being written, the version that was read
   * will do, or every pause would have all of its modules looked at again.
   */
  function takeOver(except: string): void {
    const due = [...stale].filter((uri) => uri !== except);
    if (due.length === 0) return;
    const affected = new Set(due);
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      for (const { uri, links } of ready.values()) if (links.some((link) => affected.has(link.uri))) affected.add(uri);
    }
    for (const uri of affected) for (const known of [...views, ...keys]) known?.delete(uri);
    for (const uri of due) {
      stale.delete(uri);
      sources.delete(uri);
      ready.delete(uri);
    }
    loads.clear();
  }

  function forgetViews(): void {
    views = [];
    keys = [];
  }

  return {
    async modulesFor(written, text) {
      const uri = normalise(written);
      takeOver(uri);
      trim();
      const links = await linksOf(uri, text);
      // Read already, for others to import.
      const self = offered(uri, text, links);
      if (links.length === 0) return self ? { ...NO_MODULES, self } : NO_MODULES;
      await Promise.all(links.map((link) => load(link.uri, MAX_DEPTH)));
      const modules = viewOf(links, MAX_DEPTH);
      return self ? withSelf(modules, self) : modules;
    },
    changed(uris, moved) {
      const known = uris.filter((uri) => sources.has(uri));
      if (known.length === 0 && !(moved && sources.size > 0)) return false;
      for (const uri of known) stale.add(uri);
      // Where a file is new, an import that led nowhere, or elsewhere, may lead to it.
      if (moved) {
        takeOver('');
        folders.clear();
        places.clear();
        loads.clear();
        for (const uri of [...sources.keys()]) relink(uri);
        forgetViews();
      }
      return true;
    },
    forget() {
      folders.clear();
      places.clear();
      sources.clear();
      stale.clear();
      loads.clear();
      ready.clear();
      forgetViews();
    },
  };

  /** Keeps the text and tree of a module and looks up its imports again when it is next asked for. */
  function relink(uri: string): void {
    const source = ready.get(uri);
    if (!source) return;
    sources.set(
      uri,
      linksOf(uri, source.text).then((links) => ({ ...source, links })),
    );
    ready.delete(uri);
  }
}

function withSelf(modules: Modules, self: PythonProgram): Modules {
  return Object.create(modules, { self: { value: self } });
}

/** A view that is worked out when something in it is first asked for: modules may import each other. */
function lazily(make: () => Modules): Modules {
  let made: Modules | undefined;
  const modules = (): Modules => {
    made ??= make();
    return made;
  };
  return {
    find: (name) => modules().find(name),
    get imports() {
      return modules().imports;
    },
    get key() {
      return modules().key;
    },
    get uris() {
      return modules().uris;
    },
  };
}
