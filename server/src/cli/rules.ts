import type { RULES_FORMATS } from './choices.ts';
import { type Context, EXIT } from './context.ts';
import { writeOutput } from './output.ts';

export interface RulesOptions {
  readonly format: (typeof RULES_FORMATS)[number];
  readonly output?: string;
}

/** `guidelint rules`: all rules, as a table or as JSON. */
export async function listRules({ format, output }: RulesOptions, context: Context): Promise<number> {
  const rules = (await context.loadRules()).map(({ meta }) => meta);
  if (format === 'json') {
    const list = rules.map(({ id, name, title, kinds, severity, confidence, fix, guidelines, why, how }) => {
      return { id, name, title, kinds, severity, confidence, fix, guidelines, why, how };
    });
    await writeOutput(`${JSON.stringify(list, null, 2)}\n`, output, context);
    return EXIT.clean;
  }
  const rows = rules.map((meta) => [
    meta.id,
    meta.name,
    meta.severity,
    meta.fix === 'none' ? '' : meta.fix,
    meta.title,
  ]);
  const table = [['ID', 'NAME', 'SEVERITY', 'FIX', 'FINDS'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  await writeOutput(`${lines.join('\n')}\n`, output, context);
  return EXIT.clean;
}
