import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import type { Finding } from '../../server/src/engine/finding.ts';
import { lint } from '../../server/src/engine/lint.ts';
import type { SourceFile } from '../../server/src/engine/sourceFile.ts';
import { packagesFrom } from '../../server/src/languages/packages/packages.ts';
import { triggerIndex } from '../../server/src/languages/python/triggers.ts';
import { rules } from '../../server/src/rules/index.ts';
import { openFile } from '../../server/src/workspace/open.ts';

/** The day on which examples are judged. */
export const TODAY = '2026-11-21';

/** A document of a workspace that pins these packages (`{ torch: '==2.5.1' }`). */
export function fileOf(path: string, text: string, packages: Readonly<Record<string, string>> = {}): SourceFile {
  const manifest = Object.entries(packages)
    .map(([name, version]) => `${name}${version}\n`)
    .join('');
  return openFile({
    uri: `file:///workspace/${path}`,
    path,
    text,
    config: DEFAULT_CONFIG,
    today: TODAY,
    packages: packagesFrom(manifest ? [{ path: 'requirements.txt', text: manifest }] : []),
  });
}

const TRIGGERS = triggerIndex(rules.flatMap(({ triggers }) => (triggers ? [triggers] : [])));

/** Findings of all rules on one text; a rule that crashes fails the test. */
export function lintText(
  path: string,
  text: string,
  packages?: Readonly<Record<string, string>>,
  before?: string,
): Finding[] {
  const context = {
    rules,
    config: DEFAULT_CONFIG,
    triggers: TRIGGERS,
    log(message: string) {
      throw new Error(message);
    },
  };
  return lint(fileOf(path, text, packages).with({ ...(before !== undefined && { before }) }), context);
}
