import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Context, Output } from '../../server/src/cli/context.ts';
import { run } from '../../server/src/cli/run.ts';
import { HYGIENE_RULES } from '../../server/src/engine/hygiene.ts';
import { defineRule, type Rule } from '../../server/src/engine/rule.ts';
import { decodeText, nodeFiles } from '../../server/src/hosts/nodeFiles.ts';

/** A rule that reports words, so that these tests depend on no real rule. */
export const wordRule = defineRule({
  meta: {
    id: 'GL398',
    name: 'forbidden-word',
    title: 'Word that must not stand in a program',
    kinds: ['python', 'notebook', 'model-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'safe',
    guidelines: ['cwe:CWE-502', 'etsi-en-304-223:5.2.4-1'],
    why: 'It makes `tests` fail.',
    how: 'Use another word.',
    messages: { found: 'The word `{word}` must not be used', near: 'See `{word}`' },
    examples: [{ path: 'a.py', bad: 'x = BAD\n', fixed: 'x = GOOD\n', good: 'x = GOOD\n' }],
  },
  *check(file) {
    for (const match of file.text.matchAll(/\b(BAD|RISKY|NOTE|ODD)\b/g)) {
      const [word] = match;
      const span = { start: match.index, end: match.index + word.length };
      const severity = ({ BAD: 'error', RISKY: 'warning', NOTE: 'info', ODD: 'hint' } as const)[word];
      const safe = { title: 'Write GOOD', kind: 'safe' as const, edits: [{ ...span, text: 'GOOD' }] };
      const risky = { title: 'Remove it', kind: 'suggestion' as const, edits: [{ ...span, text: '' }] };
      yield {
        span,
        message: 'found',
        data: { word },
        ...(severity && { severity }),
        evidence: [`\`${word}\` is in the list`],
        related: word === 'BAD' ? [{ span: { start: 0, end: 1 }, message: 'the file begins here' }] : [],
        fixes: word === 'BAD' ? [safe] : word === 'RISKY' ? [risky] : [],
      };
    }
  },
});

export const testRules: readonly Rule[] = [wordRule, ...HYGIENE_RULES];

/** A folder with these files that is gone after the test. */
export function workspace(t: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'guidelint-cli-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in this process: arguments and folder in, exit code and output out. */
export async function runCli(
  cwd: string,
  argv: readonly string[],
  options: Partial<Context> & { stdin?: Buffer | string } = {},
): Promise<Run> {
  const { stdin = '', ...overrides } = options;
  const out: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    ...overrides[name],
    write(text) {
      out[name] += text;
    },
  });
  const code = await run(argv, {
    version: '9.8.7',
    loadRules: async () => testRules,
    cwd,
    env: {},
    files: nodeFiles(),
    readStdin: async () => decodeText(Buffer.from(stdin)),
    startServer: async () => {},
    loadBomWriter: () => import('../../server/src/hosts/bom.ts'),
    onInterrupt: () => () => {},
    ...overrides,
    stdout: output('stdout'),
    stderr: output('stderr'),
  });
  return { code, ...out };
}
