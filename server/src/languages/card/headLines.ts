import type { CardFacts, NamedIn } from './facts.ts';

/** A line of front matter with what is known in place of its placeholder. @param line `key: TODO …`, or a list of one. */
export function headLine(facts: CardFacts, line: string): string {
  const { license, libraryName, baseModels, datasets } = facts;
  const key = /^\w+/.exec(line)?.[0];
  if (key === 'license' && license) return `license: ${license}`;
  if (key === 'library_name' && libraryName) return `library_name: ${libraryName}`;
  if (key === 'base_model' && baseModels.length > 0) return listLines(key, baseModels);
  return key === 'datasets' && datasets.length > 0 ? listLines(key, datasets) : line;
}

function listLines(key: string, ids: readonly NamedIn[]): string {
  const [first, ...others] = ids;
  return first && others.length === 0 && key === 'base_model'
    ? `${key}: ${first.id}`
    : [`${key}:`, ...ids.map(({ id }) => `  - ${id}`)].join('\n');
}
