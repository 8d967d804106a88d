import type { Finding } from '../engine/finding.ts';
import type { Rule, RuleMeta } from '../engine/rule.ts';
import { frameworkOf, type GuidelineId, getItem, nameOf } from '../guidelines/catalogue.ts';

/** Address of a guideline's page, from where the text is shown. */
export type GuidelineLink = (id: GuidelineId) => string;

const LANGUAGES: readonly [RegExp, string][] = [
  [/\.py$/, 'python'],
  [/\.md$/, 'markdown'],
  [/\.ya?ml$/, 'yaml'],
  [/\.json$/, 'json'],
];

/** The page of a rule: what it finds, why that matters, how to repair it, examples, the guidelines it comes from. */
export function renderRulePage({ meta }: Rule, link: GuidelineLink): string {
  const lines = [
    `# ${meta.id} ${meta.name}`,
    '',
    `**${meta.title}**`,
    '',
    `Severity ${meta.severity} · confidence ${meta.confidence} · ${fixInWords(meta)} · looks at ${meta.kinds.join(', ')}`,
    '',
    '## Why it matters',
    '',
    meta.why,
    '',
    '## How to repair it',
    '',
    meta.how,
    '',
    '## Guidelines',
    '',
    ...meta.guidelines.map((id) => `- [${nameOf(getItem(id))}](${link(id)})`),
    '',
    ...examplesOf(meta),
    ...optionsOf(meta),
    '## Switch it off or change it',
    '',
    'In `.guidelint.yaml`:',
    '',
    '```yaml',
    'rules:',
    `  ${meta.name}: ${meta.severity === 'hint' ? 'info' : 'hint'} # error, warning, info, hint or off`,
    '```',
    '',
    `At one place, with the reason: \`guidelint-disable-next-line ${meta.id}: why it is acceptable (until 2027-01-31)\` in a comment on the line above.`,
    '',
  ];
  if (meta.peers?.length) lines.push(`Reported in part by: ${meta.peers.join(', ')}.`, '');
  return lines.join('\n');
}

function fixInWords({ fix }: RuleMeta): string {
  return { none: 'no automatic fix', safe: 'safe fix', suggestion: 'suggested fix' }[fix];
}

function examplesOf(meta: RuleMeta): string[] {
  if (meta.examples.length === 0) return [];
  const lines = ['## Examples', ''];
  for (const { title, path, bad, fixed, good, packages } of meta.examples) {
    const context = packages
      ? ` (${Object.entries(packages)
          .map(([name, version]) => `${name}${version}`)
          .join(', ')})`
      : '';
    const show = (label: string, text: string | undefined) => {
      if (text !== undefined) lines.push(`${label}, \`${path}\`${context}:`, '', ...fence(text, path), '');
    };
    if (title) lines.push(`### ${title}`, '');
    show('Reported', bad);
    show('After the fix', fixed);
    if (good !== fixed) show('Fine', good);
  }
  return lines;
}

/** A fence longer than any in the text, with hidden characters shown as escapes. */
export function fence(text: string, path: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const mark = '`'.repeat(longest + 1);
  const visible = text.replace(
    /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\u{E0000}-\u{E01EF}]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16).toUpperCase()}}`,
  );
  return [`${mark}${languageOf(path)}`, visible.replace(/\n$/, ''), mark];
}

function languageOf(path: string): string {
  return LANGUAGES.find(([pattern]) => pattern.test(path))?.[1] ?? 'text';
}

function optionsOf(meta: RuleMeta): string[] {
  const shape = meta.options?.shape;
  if (!shape) return [];
  const defaults = meta.options?.parse({}) ?? {};
  return [
    '## Options',
    '',
    ...Object.entries(shape).map(
      ([key, schema]) => `- \`${key}\`: ${schema.description ?? ''} Default: \`${JSON.stringify(defaults[key])}\``,
    ),
    '',
  ];
}

/** What a person needs beside the message of a finding: evidence, why, how, and the guideline with number and publisher. */
export function explainFinding(finding: Finding, { meta }: Rule): string {
  return [
    `**${meta.title}** · ${meta.id} ${meta.name}`,
    '',
    ...(finding.evidence.length > 0 ? [...finding.evidence.map((fact) => `- ${fact}`), ''] : []),
    `**Why:** ${meta.why}`,
    '',
    `**How:** ${meta.how}`,
    '',
    ...guidelineLines(meta.guidelines),
  ].join('\n');
}

/** The first guideline in full, the others as links. */
export function guidelineLines([first, ...others]: RuleMeta['guidelines']): string[] {
  const item = getItem(first);
  const { publisher } = frameworkOf(first);
  const links = others.map((id) => `[${nameOf(getItem(id))}](${getItem(id).url})`).join('; ');
  return [
    `**Guideline:** [${nameOf(item)}](${item.url}) (${publisher}). ${item.summary}`,
    ...(links ? ['', `Also: ${links}`] : []),
  ];
}
