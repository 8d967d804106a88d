import pc from 'picocolors';
import { closest } from '../engine/closest.ts';
import type { Rule } from '../engine/rule.ts';
import { findItem, getFramework, getItem, items, localId } from '../guidelines/catalogue.ts';
import { renderGuidelinePage } from '../guidelines/page.ts';
import { renderRulePage } from '../reports/rulePage.ts';
import { rulesByGuideline } from '../reports/rulesByGuideline.ts';
import { type Context, EXIT, UsageError, usesColor } from './context.ts';

/** `guidelint explain`: the page of a rule (id or name) or of a guideline item (`framework:item`, its number, its citation). */
export async function explain(name: string, context: Context): Promise<number> {
  const rules = await context.loadRules();
  const page = pageOf(name, rules);
  if (page === undefined) {
    const same = items().filter(({ id }) => localId(id).toLowerCase() === name.trim().toLowerCase());
    if (same.length > 0)
      throw new UsageError(`${name} is in several publications: ${same.map(({ id }) => id).join(', ')}`);
    const known = rules.flatMap(({ meta }) => [meta.id, meta.name]);
    const guess = closest(name, [...known, ...items().map(({ id }) => id)]);
    throw new UsageError(`there is no rule or guideline item ${name}${guess ? `; did you mean ${guess}?` : ''}`);
  }
  context.stdout.write(usesColor(context, context.stdout) ? emphasise(page) : page);
  return EXIT.clean;
}

function pageOf(name: string, rules: readonly Rule[]): string | undefined {
  const rule = rules.find(({ meta }) => meta.id === name.toUpperCase() || meta.name === name.toLowerCase());
  if (rule) return renderRulePage(rule, (id) => getItem(id).url);
  const item = findItem(name);
  if (!item) return undefined;
  // A terminal has no pages to link to: the publication's own address, and the names that `explain` takes.
  return renderGuidelinePage(item.id, rulesByGuideline(rules).get(item.id) ?? [], {
    guideline: (id) => getItem(id).url,
    framework: (id) => getFramework(id).url,
    rule: (id) => id,
  });
}

/** Markdown reads well as it is; on a terminal headings stand out. */
function emphasise(markdown: string): string {
  const { bold } = pc.createColors(true);
  return markdown.replace(/^#+ .*$/gm, (heading) => bold(heading));
}
