import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createCatalogue, type GuidelineId } from '../../server/src/guidelines/catalogue.ts';
import {
  type PageLinks,
  type RulesByGuideline,
  renderFrameworkPage,
  renderGuidelineIndex,
  renderGuidelinePage,
} from '../../server/src/guidelines/page.ts';
import { type Framework, type FrameworkFile, frameworkSchema } from '../../server/src/guidelines/schema.ts';

/** The order in which frameworks are shown: guidelines for AI first, then law, then lists of risks, attacks and weaknesses. */
const ORDER = [
  'ncsc-cisa-2023',
  'etsi-en-304-223',
  'jrc',
  'eu-ai-act',
  'cra',
  'owasp-llm-2025',
  'owasp-llm-2026',
  'owasp-ml-2023',
  'atlas',
  'cwe',
];

const CATALOGUE = new URL('../../server/src/guidelines/catalogue/', import.meta.url);

/**
 * Reads and checks `catalogue/*.yaml`.
 *
 * @throws Error that lists every mistake as `file, item: what is wrong`.
 */
export function readCatalogue(folder: URL = CATALOGUE): FrameworkFile[] {
  const problems: string[] = [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const frameworks = names.flatMap((name) => {
    const source = parse(readFileSync(new URL(name, folder), 'utf8'));
    const result = frameworkSchema.safeParse(source);
    if (result.success) {
      if (`${result.data.id}.yaml` !== name) problems.push(`${name}: the file must be called ${result.data.id}.yaml`);
      return [result.data];
    }
    for (const issue of result.error.issues) problems.push(`${name}, ${place(source, issue.path)}: ${issue.message}`);
    return [];
  });
  if (problems.length === 0) problems.push(...referenceProblems(frameworks));
  if (problems.length > 0) throw new Error(`Guideline catalogue:\n  ${problems.join('\n  ')}`);
  const rank = (framework: FrameworkFile) =>
    ORDER.includes(framework.id) ? ORDER.indexOf(framework.id) : ORDER.length;
  return frameworks.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** `items.3.url` says little to a person: name the item by its id. */
function place(source: unknown, path: readonly PropertyKey[]): string {
  const [list, index, ...rest] = path;
  if (list !== 'items' || typeof index !== 'number') return path.map(String).join('.') || 'top level';
  const id = (source as { items: { id?: unknown }[] }).items[index]?.id;
  return [`item ${typeof id === 'string' ? id : `number ${index + 1}`}`, ...rest.map(String)].join(' ');
}

/** What zod cannot see: ids used twice, and references to items that do not exist. */
function referenceProblems(frameworks: readonly FrameworkFile[]): string[] {
  const problems: string[] = [];
  const known = new Set(frameworks.flatMap((framework) => framework.items.map((item) => `${framework.id}:${item.id}`)));
  for (const framework of frameworks) {
    const before = new Set<string>();
    const pages = new Set<string>();
    for (const item of framework.items) {
      const report = (message: string) => problems.push(`${framework.id}.yaml, item ${item.id}: ${message}`);
      if (item.parent !== undefined && !before.has(item.parent)) report(`parent ${item.parent} must stand before it`);
      if (pages.has(item.id.toLowerCase())) report('this id is used twice (upper and lower case count as equal)');
      before.add(item.id);
      pages.add(item.id.toLowerCase());
      for (const target of [...item.related, ...(item.supersededBy ? [item.supersededBy] : [])]) {
        if (!known.has(target)) report(`there is no ${target}`);
        if (target === `${framework.id}:${item.id}`) report('refers to itself');
      }
    }
  }
  return problems;
}

/**
 * All files derived from the catalogue, path from the repository's root (with `/`) to content: `generated.ts` and
 * `docs/guidelines/**`. Reads the YAML, writes nothing; the same input gives the same bytes.
 *
 * @param rulesByGuideline which rules cite an item, by global id `framework:item`.
 * @throws Error that lists every mistake in the YAML.
 */
export function generateGuidelines(rulesByGuideline: RulesByGuideline): Map<string, string> {
  const frameworks = readCatalogue().map(globalIds);
  const catalogue = createCatalogue(frameworks);
  const files = new Map([['server/src/guidelines/generated.ts', generatedModule(frameworks)]]);
  const write = (path: string, text: string) => files.set(`docs/guidelines/${path}`, text);

  write('README.md', renderGuidelineIndex(rulesByGuideline, docsLinks(''), catalogue));
  for (const framework of frameworks) {
    write(
      `${framework.id}/README.md`,
      renderFrameworkPage(framework.id, rulesByGuideline, docsLinks('../'), catalogue),
    );
    for (const { id } of framework.items) {
      const rules = rulesByGuideline.get(id) ?? [];
      write(docsPath(id), renderGuidelinePage(id, rules, docsLinks('../'), catalogue));
    }
  }
  return files;
}

/** Path of an item's page under docs/guidelines/. Ids hold only what every file system takes (see schema.ts). */
const docsPath = (id: GuidelineId) => `${id.replace(':', '/')}.md`;

/** Links between the pages on GitHub. `up` leads from the page to docs/guidelines/. */
export function docsLinks(up: string): PageLinks {
  return {
    guideline: (id) => up + docsPath(id),
    framework: (id) => `${up}${id}/README.md`,
    rule: (id) => `${up}../rules/${id}.md`,
  };
}

/** From the file's form to the run-time form: every id becomes `framework:item`, every item has a year. */
function globalIds({ items, ...framework }: FrameworkFile): Framework {
  const global = (id: string) => `${framework.id}:${id}`;
  return {
    ...framework,
    items: items.map((item) => ({
      ...item,
      id: global(item.id),
      parent: item.parent === undefined ? undefined : global(item.parent),
      year: item.year ?? framework.year,
    })),
    // readCatalogue has checked what the compiler cannot know: that every id is one of the catalogue's.
  } as Framework;
}

/** The text of generated.ts: the unions of ids, and the data with one item per line. */
function generatedModule(frameworks: readonly Framework[]): string {
  const union = (ids: readonly string[]) => ids.map((id) => `\n  | '${id}'`).join('');
  const literals = frameworks.map(({ items, ...head }) => {
    const lines = items.map((item) => `    ${JSON.stringify(item)},\n`);
    return `  ${JSON.stringify(head).slice(0, -1)},"items":[\n${lines.join('')}  ]},\n`;
  });
  return `// GENERATED from catalogue/*.yaml by npm run generate; do not edit.
import type { Framework } from './schema.ts';

export type FrameworkId =${union(frameworks.map((framework) => framework.id))};

export type GuidelineId =${union(frameworks.flatMap((framework) => framework.items.map((item) => item.id)))};

/** Differs when an item does: the start of the SHA-256 of all frameworks below. */
export const CATALOGUE_VERSION = '${createHash('sha256').update(literals.join('')).digest('hex').slice(0, 12)}';

export const FRAMEWORKS: readonly Framework[] = [
${literals.join('')}];
`;
}
