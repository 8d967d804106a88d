import type { RegisterFacts } from '../engine/evidence/check.ts';
import type { Finding } from '../engine/finding.ts';
import type { LintContext } from '../engine/lint.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import type { Artefact, Inventory } from '../inventory/inventory.ts';
import { registerFacts } from '../workspace/evidence.ts';
import type { Files } from '../workspace/files.ts';
import { lintSystem, readArtefact, statedPaths } from '../workspace/inventory.ts';
import { join } from '../workspace/paths.ts';
import type { ScanResult } from '../workspace/scan.ts';

/** Findings of the rules about several files, for the document being edited. */
export interface SystemFindings {
  /**
   * What is known now. What takes time (the digest of a large file) is worked out behind and `onNews` is called, so that
   * typing never waits for it.
   */
  of(folder: string, file: SourceFile, context: LintContext): Finding[];
  /** What is known of the files around an evidence register; those it names are looked for now. */
  aroundRegister(folder: string, file: SourceFile): Promise<RegisterFacts>;
  /** Takes over what a scan of the folder has found out. */
  adopt(result: ScanResult): void;
  /** An open document was checked anew. */
  note(folder: string, path: string, findings: readonly Finding[]): void;
  /** Files changed on disk. */
  forget(): void;
}

export function openSystemFindings(files: Files, onNews: () => void): SystemFindings {
  const inventories = new Map<string, Inventory>();
  /** What the last scan of a folder found, kept up to date by what is checked since. */
  const scans = new Map<string, { paths: readonly string[]; findings: Map<string, readonly Finding[]> }>();
  /** Artefacts by URI, as they were when last looked at. */
  const artefacts = new Map<string, Artefact | 'pending' | 'absent'>();

  async function look(uri: string, path: string): Promise<void> {
    artefacts.set(uri, 'pending');
    const artefact = await readArtefact(files, uri, path, true);
    artefacts.set(uri, artefact ?? 'absent');
    if (artefact) onNews();
  }

  return {
    of(folder, file, context) {
      const scanned = inventories.get(folder);
      const stated = new Map(scanned?.artefacts);
      for (const path of statedPaths([file])) {
        const uri = join(folder, path);
        const known = artefacts.get(uri);
        if (known === undefined) void look(uri, path);
        else if (typeof known === 'object') stated.set(path, known);
      }
      if (!scanned && stated.size === 0) return [];
      const { neighbours = new Map(), whole = false } = scanned ?? {};
      const inventory = { files: new Map(scanned?.files).set(file.path, file), artefacts: stated, neighbours, whole };
      // What is written here is what others are held against from now on.
      if (scanned) inventories.set(folder, { ...scanned, files: inventory.files });
      return lintSystem(inventory, () => context, file).get(file.path) ?? [];
    },
    aroundRegister: (folder, file) => registerFacts(files, folder, file, scans.get(folder) ?? {}),
    adopt({ folder, inventory, files: scanned, paths }) {
      inventories.set(folder, inventory);
      scans.set(folder, { paths, findings: new Map(scanned.map(({ path, findings }) => [path, findings])) });
    },
    note(folder, path, findings) {
      scans.get(folder)?.findings.set(path, findings);
    },
    forget() {
      artefacts.clear();
      inventories.clear();
    },
  };
}
