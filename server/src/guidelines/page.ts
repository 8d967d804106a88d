import {
  type Catalogue,
  type Checkable,
  type Framework,
  type FrameworkId,
  type GuidelineId,
  type GuidelineItem,
  type Level,
  localId,
  catalogue as shipped,
} from './catalogue.ts';

/** What a guideline page says of a rule that cites the guideline. */
export interface RuleReference {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export type RulesByGuideline = ReadonlyMap<string, readonly RuleReference[]>;

/** Link targets, so that one page serves GitHub (relative paths) and an editor (its own addresses). */
export interface PageLinks {
  guideline(id: GuidelineId): string;
  framework(id: FrameworkId): string;
  rule(id: string): string;
}

const LEVELS: Record<Level, string> = {
  shall: 'required (“shall”)',
  should: 'recommended (“should”)',
  can: 'permitted (“can”)',
};

const FILES: readonly (readonly [Checkable, string])[] = [
  ['code', 'source code'],
  ['model-card', 'model cards'],
  ['data-card', 'data cards'],
  ['prompt', 'prompt and agent files'],
  ['artifact', 'model files'],
  ['config', 'configuration files'],
];

/** The Markdown page of one guideline item. */
export function renderGuidelinePage(
  id: GuidelineId,
  rulesThatCite: readonly RuleReference[],
  links: PageLinks,
  catalogue: Catalogue = shipped,
): string {
  const item = catalogue.getItem(id);
  const framework = catalogue.frameworkOf(id);
  const children = catalogue.childrenOf(id);
  const toItem = (target: GuidelineItem) => `[${escapeMarkdown(target.title)}](${links.guideline(target.id)})`;
  const toItems = (targets: readonly GuidelineItem[]) =>
    bullets(targets.map((target) => `${localId(target.id)}: ${toItem(target)}`));

  return page([
    `# ${escapeMarkdown(item.title)}`,
    `**${escapeMarkdown(item.citation)}** · [read it in the publication](${item.url})`,
    escapeMarkdown(item.summary),
    item.confirmed
      ? ''
      : '> Not confirmed: we have not seen the text of this item, only descriptions of it. Compare before you rely on it.',
    bullets([
      `**Publication:** [${escapeMarkdown(framework.title)}](${links.framework(framework.id)}), ${escapeMarkdown(framework.publisher)}`,
      `**Edition:** ${edition(framework, item)}`,
      `**Kind:** ${item.kind.replace('-', ' ')}${item.level === null ? '' : `, ${LEVELS[item.level]}`}`,
      item.roles.length > 0 && `**For:** ${list(item.roles.map((role) => role.toLowerCase()))}`,
      item.phase && `**Phase:** ${escapeMarkdown(item.phase)}`,
      item.status && `**Status:** ${escapeMarkdown(item.status)}`,
      item.supersededBy &&
        `**Superseded by:** ${escapeMarkdown(catalogue.citationOf(item.supersededBy))}, ${toItem(catalogue.getItem(item.supersededBy))}`,
      item.parent && `**Part of:** ${localId(item.parent)}, ${toItem(catalogue.getItem(item.parent))}`,
    ]),
    '## How it can be checked',
    checkableInWords(item.checkable),
    rulesThatCite.length > 0
      ? bullets(
          rulesThatCite.map(
            (rule) => `[${rule.id} \`${rule.name}\`](${links.rule(rule.id)}): ${escapeMarkdown(rule.title)}`,
          ),
        )
      : 'No rule of Guidelint cites it yet.',
    children.length > 0 && `## Contains\n\n${toItems(children)}`,
    relatedSection(id, toItem, catalogue),
    `---\n\n${escapeMarkdown(framework.licence)}`,
  ]);
}

/** The Markdown page of one framework: what it is, and a table of its items. */
export function renderFrameworkPage(
  id: FrameworkId,
  rules: RulesByGuideline,
  links: PageLinks,
  catalogue: Catalogue = shipped,
): string {
  const framework = catalogue.getFramework(id);
  return page([
    `# ${escapeMarkdown(framework.title)}`,
    bullets([
      `**Short title:** ${escapeMarkdown(framework.shortTitle)}`,
      `**Publisher:** ${escapeMarkdown(framework.publisher)}`,
      `**Edition:** ${edition(framework)}`,
      `**Publication:** <${framework.url}>`,
      `**Licence:** ${escapeMarkdown(framework.licence)}`,
    ]),
    bullets(framework.notes.map(escapeMarkdown)),
    '## Items',
    table(
      ['Item', 'Title', 'Level', 'Rules'],
      framework.items.map((item) => [
        `[${localId(item.id)}](${links.guideline(item.id)})`,
        escapeMarkdown(item.title),
        item.level ?? '',
        (rules.get(item.id) ?? []).map((rule) => `[${rule.id}](${links.rule(rule.id)})`).join(', '),
      ]),
    ),
  ]);
}

/** The Markdown page that lists the frameworks. */
export function renderGuidelineIndex(
  rules: RulesByGuideline,
  links: PageLinks,
  catalogue: Catalogue = shipped,
): string {
  return page([
    '# Guidelines',
    'Every finding of Guidelint cites an item of one of these publications. Titles and summaries are our own words unless ' +
      'the licence of a publication says otherwise: follow the link of an item for the published wording. Nothing here is ' +
      'legal advice.',
    table(
      ['Publication', 'Publisher', 'Edition', 'Items', 'Cited by a rule'],
      catalogue
        .frameworks()
        .map((framework) => [
          `[${escapeMarkdown(framework.title)}](${links.framework(framework.id)})`,
          escapeMarkdown(framework.publisher),
          escapeMarkdown(framework.version),
          String(framework.items.length),
          String(framework.items.filter((item) => rules.has(item.id)).length),
        ]),
    ),
    'Where publications ask for the same thing, their items name each other as related. That mapping is our judgement, not ' +
      "the publishers'.",
  ]);
}

/** "V2.1.1 (2025-12)"; an item of another year than the edition says so. */
function edition(framework: Framework, item?: GuidelineItem): string {
  const date = framework.version === framework.date ? '' : ` (${framework.date})`;
  const later = item === undefined || item.year === framework.year ? '' : `; this item: ${item.year}`;
  return `${escapeMarkdown(framework.version)}${date}${later}`;
}

/** Whether files can show the state of an item, in a sentence or two. */
export function checkableInWords(checkable: readonly Checkable[]): string {
  const files = FILES.filter(([where]) => checkable.includes(where)).map(([, words]) => words);
  const evidence = checkable.includes('evidence');
  if (files.length > 0) {
    const rest = evidence ? ' The rest needs evidence from people, such as a record, a plan or a review.' : '';
    return `Signs of it can be seen in ${list(files)}.${rest}`;
  }
  return evidence
    ? 'It needs evidence from people, such as a record, a plan or a review; no other file shows it.'
    : 'It cannot be seen in the files of a project.';
}

function relatedSection(
  id: GuidelineId,
  toItem: (item: GuidelineItem) => string,
  { relatedTo, frameworks, frameworkOf }: Catalogue,
): string {
  const related = relatedTo(id);
  const groups = frameworks().flatMap((framework) => {
    const own = related.filter((item) => frameworkOf(item.id) === framework);
    const lines = own.map((item) => `${localId(item.id)}: ${toItem(item)}`);
    return own.length === 0 ? [] : [`**${escapeMarkdown(framework.shortTitle)}**\n\n${bullets(lines)}`];
  });
  return groups.length === 0 ? '' : ['## Related guidelines', ...groups].join('\n\n');
}

type Part = string | false | null | undefined;

const page = (parts: readonly Part[]) => `${parts.filter(Boolean).join('\n\n')}\n`;

const bullets = (lines: readonly Part[]) =>
  lines
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** "a", "a and b", "a, b and c". */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Keeps plain text plain in Markdown, table cells included. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&');
}
