import { URI } from 'vscode-uri';
import type { Finding } from '../engine/finding.ts';
import { fixAll, safeFixes } from '../engine/fixes.ts';
import { lint } from '../engine/lint.ts';
import { type Files, MAX_BYTES } from '../workspace/files.ts';
import { openFile } from '../workspace/open.ts';
import type { ScannedFile, ScanResult } from '../workspace/scan.ts';
import type { PathScan } from './scanPaths.ts';
import { replaceFile } from './writeFile.ts';

export interface FixOutcome {
  readonly fixed: readonly { readonly path: string; readonly applied: number }[];
  /** Files that were left as they were. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

/** Applies all safe fixes to the files of a scan. A file that changed since it was checked is left alone. */
export async function fixFiles(result: ScanResult, scan: PathScan, files: Files): Promise<FixOutcome> {
  const fixed: { path: string; applied: number }[] = [];
  const refused: { path: string; reason: string }[] = [];
  for (const file of result.files) {
    const { text, applied } = await fixText(file, scan);
    if (text === file.raw) continue;
    const { uri, path } = file;
    const reason = await replace(uri, file.raw, text, files);
    if (reason) refused.push({ path, reason });
    else fixed.push({ path, applied });
  }
  return { fixed, refused };
}

/** The text of the file after all safe fixes, and how many they were. */
export async function fixText(file: ScannedFile, scan: PathScan): Promise<{ text: string; applied: number }> {
  if (safeFixes(file.findings).length === 0) return { text: file.raw, applied: 0 };
  const { rules, project, today } = scan;
  const { uri, path } = file;
  const { config } = await project.configFor(uri);
  const packages = await project.packagesFor(uri);
  return fixAll(file.raw, (text) => {
    // The first round also has what the rules about several files found.
    if (text === file.raw) return inRawText(file.file, file.findings);
    const changed = openFile({ uri, path, text, config, packages, today });
    return inRawText(changed, lint(changed, { rules, config }));
  });
}

/** Findings with the edits of their fixes in the file on disk: of a notebook the rules see only the program in it. */
function inRawText({ notebook }: ScannedFile['file'], findings: readonly Finding[]): readonly Finding[] {
  if (!notebook) return findings;
  return findings.map((finding) => ({
    ...finding,
    fixes: finding.fixes.flatMap((fix) => {
      const edits = notebook.rawEdits(fix.edits);
      return edits ? [{ ...fix, edits }] : [];
    }),
  }));
}

/** Why the text was not written, or undefined when it was. */
async function replace(uri: string, before: string, after: string, files: Files): Promise<string | undefined> {
  const now = await files.readText(uri, MAX_BYTES);
  if ('problem' in now) return now.detail;
  if (now.text !== before) return 'changed while it was being checked';
  try {
    await replaceFile(URI.parse(uri).fsPath, after);
    return undefined;
  } catch (error) {
    return `cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`;
  }
}
