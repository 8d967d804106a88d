import type { FrameworkId } from '../guidelines/catalogue.ts';
import type { Card, Field } from '../languages/card/card.ts';
import type { Config } from './config.ts';
import { SEVERITIES } from './finding.ts';
import type { Kind } from './kind.ts';
import { optionsOf } from './lint.ts';
import type { AskedField, Rule } from './rule.ts';

/** A field that the rules in force ask a card for, as the card has it. */
export interface AskedOf extends AskedField {
  readonly field: Field;
  readonly ruleId: string;
}

/** How many of the asked fields a card answers; "not applicable" with a reason is an answer. */
export interface FieldCount {
  readonly filled: number;
  readonly asked: number;
}

/** What the rules in force ask a card for, the most important first. A field that two rules ask for counts once. */
export function askedFields(
  { kind, card }: { readonly kind: Kind; readonly card: Card },
  rules: readonly Rule[],
  config: Config,
): readonly AskedOf[] {
  const found = new Map<string, AskedOf>();
  for (const rule of rules) {
    const { id: ruleId, kinds } = rule.meta;
    const severity = config.severities.get(ruleId);
    if (!rule.fields || !kinds.includes(kind) || severity === 'off') continue;
    for (const asked of rule.fields(card, optionsOf(rule, config))) {
      if (found.has(asked.id)) continue;
      found.set(asked.id, { ...asked, severity: severity ?? asked.severity, ruleId, field: card.field(asked.id) });
    }
  }
  return [...found.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

export function isAnswered({ state }: Field): boolean {
  return state === 'filled' || state === 'not-applicable';
}

export function countOf(asked: readonly AskedOf[]): FieldCount {
  return { filled: asked.filter(({ field }) => isAnswered(field)).length, asked: asked.length };
}

/** The same count by framework, those that ask for most first. */
export function countByFramework(asked: readonly AskedOf[]): ReadonlyMap<FrameworkId, FieldCount> {
  const groups = new Map<FrameworkId, AskedOf[]>();
  for (const one of asked) {
    for (const framework of new Set(one.guidelines.map((id) => id.slice(0, id.indexOf(':')) as FrameworkId))) {
      groups.set(framework, [...(groups.get(framework) ?? []), one]);
    }
  }
  const counts = [...groups].map(([framework, list]) => [framework, countOf(list)] as const);
  return new Map(counts.sort(([, a], [, b]) => b.asked - a.asked));
}
