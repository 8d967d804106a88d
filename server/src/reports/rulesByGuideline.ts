import type { Rule } from '../engine/rule.ts';
import type { RuleReference } from '../guidelines/page.ts';

/** Rules that cite each guideline item. */
export function rulesByGuideline(rules: readonly Rule[]): Map<string, RuleReference[]> {
  const byGuideline = new Map<string, RuleReference[]>();
  for (const { meta } of rules) {
    for (const id of meta.guidelines) {
      byGuideline.set(id, [...(byGuideline.get(id) ?? []), { id: meta.id, name: meta.name, title: meta.title }]);
    }
  }
  return byGuideline;
}
