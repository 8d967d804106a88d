import type { Connection, WorkspaceFolder } from 'vscode-languageserver';
import type { Config } from '../engine/config.ts';
import type { Rule } from '../engine/rule.ts';
import type { Files } from '../workspace/files.ts';
import { normalise, parent, relativePath } from '../workspace/paths.ts';
import { openProject, type Project } from '../workspace/project.ts';
import { isExcluded } from '../workspace/walk.ts';
import { DEFAULT_SETTINGS, type Settings } from './protocol.ts';
import { readSettings } from './settings.ts';

/** The workspace folders with what is remembered of each until something in them changes. */
export interface Folders {
  all(): readonly string[];
  /** The folder a document belongs to: the innermost workspace folder, else the folder the document stands in. */
  of(uri: string): string;
  project(folder: string): Project;
  settings(uri: string): Promise<Settings>;
  /** The configuration in force for a document. */
  configOf(uri: string): Promise<Config>;
  /** Whether a scan of the folder would leave the document out (dependencies, `.gitignore`, `exclude`). */
  excluded(uri: string): Promise<boolean>;
  setFolders(folders: readonly WorkspaceFolder[]): void;
  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void;
  forgetFiles(): void;
  /** Python files changed, or came and went (`moved`); tells whether an importing document may be judged otherwise now. */
  modulesChanged(uris: readonly string[], moved: boolean): boolean;
  forgetSettings(): void;
}

export function openFolders(
  connection: Connection,
  files: Files,
  rules: readonly Rule[],
  pullsSettings: () => boolean,
  log: (message: string) => void,
  openText: (uri: string) => string | undefined,
): Folders {
  let folders: string[] = [];
  const projects = new Map<string, Project>();
  const settings = new Map<string, Promise<Settings>>();
  const exclusions = new Map<string, Promise<boolean>>();

  function of(uri: string): string {
    const inside = folders.filter((folder) => uri === folder || uri.startsWith(folder.replace(/\/?$/, '/')));
    return (
      inside.sort((a, b) => b.length - a.length)[0] ??
      (uri.startsWith('file:') ? parent(uri) : (folders[0] ?? 'file:///'))
    );
  }

  function project(folder: string): Project {
    const known = projects.get(folder) ?? openProject(files, folder, rules, undefined, openText);
    projects.set(folder, known);
    return known;
  }

  async function fetchSettings(uri: string): Promise<Settings> {
    if (!pullsSettings()) return DEFAULT_SETTINGS;
    const value: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'guidelint' });
    return readSettings(value, log);
  }

  function isOut(uri: string): Promise<boolean> {
    const folder = of(uri);
    return isExcluded(project(folder).exclusions, relativePath(folder, uri));
  }

  return {
    all: () => folders,
    of,
    project,
    configOf: async (uri) => (await project(of(normalise(uri))).configFor(uri)).config,
    settings: (uri) => remember(settings, uri, () => fetchSettings(uri)),
    excluded: (uri) => remember(exclusions, uri, () => isOut(uri)),
    setFolders(list) {
      folders = list.map(({ uri }) => normalise(uri));
    },
    change(added, removed) {
      const gone = new Set(removed.map(({ uri }) => normalise(uri)));
      folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => normalise(uri))];
      projects.clear();
      settings.clear();
      exclusions.clear();
    },
    forgetFiles() {
      for (const known of projects.values()) known.forget();
      exclusions.clear();
    },
    modulesChanged(uris, moved) {
      return [...projects.values()].map((known) => known.modulesChanged(uris, moved)).includes(true);
    },
    forgetSettings: () => settings.clear(),
  };
}

/** One computation per key, shared by those who ask while it runs; forgotten if it failed. */
function remember<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let pending = cache.get(key);
  if (!pending) {
    pending = make();
    cache.set(key, pending);
    pending.catch(() => cache.delete(key));
  }
  return pending;
}
