import type { Comparison, Direction } from '../engine/complianceCompare.ts';
import { count } from './printable.ts';

/** A comparison, and the name of the file that holds the earlier report. */
export interface Compared<C extends Comparison = Comparison> {
  readonly comparison: C;
  readonly name: string;
}

/** In the order in which they are told. */
export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  worse: 'worse',
  lost: 'no longer known',
  better: 'better',
  changed: 'changed',
};
export const DIRECTIONS = Object.keys(DIRECTION_WORDS) as Direction[];

/** "3 findings appeared, 1 is gone or accepted; items: 2 worse, 1 better" */
export function comparisonInWords({ items, appeared, resolved }: Comparison): string {
  const changes = DIRECTIONS.flatMap((direction) => {
    const number = items.filter((item) => item.direction === direction).length;
    return number > 0 ? [`${number} ${DIRECTION_WORDS[direction]}`] : [];
  });
  const findings = `${count(appeared.length, 'finding')} appeared, ${resolved.length} gone or accepted`;
  return `${findings}; ${changes.length > 0 ? `items: ${changes.join(', ')}` : 'every item stands as it did'}`;
}

/** Why the two may differ although nobody changed the project. */
export function comparisonCautions({ otherTool, otherCatalogue }: Comparison): string[] {
  return [
    ...(otherTool ? ['Another version of Guidelint made it, whose rules find other things.'] : []),
    ...(otherCatalogue ? ['It was made with another catalogue; items that only one of them has are left out.'] : []),
  ];
}
