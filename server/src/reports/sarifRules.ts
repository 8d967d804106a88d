import type { ReportingConfiguration, ReportingDescriptor, ReportingDescriptorReference, ToolComponent } from 'sarif';
import type { Confidence, Severity } from '../engine/finding.ts';
import type { Rule, RuleMeta } from '../engine/rule.ts';
import {
  type Framework,
  frameworks,
  type GuidelineId,
  type GuidelineItem,
  getItem,
  localId,
} from '../guidelines/catalogue.ts';
import { fence, guidelineLines } from './rulePage.ts';

export const LEVELS: Readonly<Record<Severity, ReportingConfiguration.level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/**
 * What GitHub ranks alerts by: 9 and more is critical, 7 high, 4 medium, below that low. Ours is the middle of the band
 * that a severity stands for; no single finding is scored. Source: docs.github.com, "SARIF support for code scanning".
 */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.5',
  info: '2.5',
  hint: '1.0',
};

const PRECISION: Readonly<Record<Confidence, string>> = { high: 'high', medium: 'medium', low: 'low' };

/** GitHub takes no more than 20 tags of a rule. */
const MAX_TAGS = 20;

/** Everything about the rules that a viewer shows beside a result. */
export function toDescriptor({ meta }: Rule, taxonomies: readonly ToolComponent[]): ReportingDescriptor {
  return {
    id: meta.id,
    name: pascalCase(meta.name),
    shortDescription: { text: sentence(meta.title) },
    fullDescription: { text: sentence(plain(meta.why)) },
    help: { text: helpText(meta), markdown: helpMarkdown(meta) },
    helpUri: getItem(meta.guidelines[0]).url,
    defaultConfiguration: { level: LEVELS[meta.severity] },
    relationships: meta.guidelines.map((id) => ({ target: taxonReference(id, taxonomies), kinds: ['relevant'] })),
    properties: {
      tags: tagsOf(meta),
      precision: PRECISION[meta.confidence],
      'problem.severity': { error: 'error', warning: 'warning', info: 'recommendation', hint: 'recommendation' }[
        meta.severity
      ],
      'security-severity': SECURITY_SEVERITY[meta.severity],
    },
  };
}

/** The frameworks that these rules cite, each with the items they cite; the complete lists are the publishers'. */
export function toTaxonomies(rules: readonly Rule[]): ToolComponent[] {
  const cited = new Set<string>(rules.flatMap(({ meta }) => meta.guidelines));
  return frameworks().flatMap((framework) => {
    const items = framework.items.filter(({ id }) => cited.has(id));
    return items.length > 0 ? [toTaxonomy(framework, items)] : [];
  });
}

function toTaxonomy(framework: Framework, items: readonly GuidelineItem[]): ToolComponent {
  const { id, title, publisher, version, url } = framework;
  return {
    name: id,
    fullName: `${title}, ${version}`,
    organization: publisher,
    version,
    informationUri: url,
    shortDescription: { text: sentence(title) },
    isComprehensive: false,
    contents: ['localizedData', 'nonLocalizedData'],
    taxa: items.map((item) => ({
      id: localId(item.id),
      name: item.citation,
      shortDescription: { text: sentence(item.title) },
      fullDescription: { text: sentence(item.summary) },
      helpUri: item.url,
    })),
  };
}

/** Where an item stands among the taxonomies. */
function taxonReference(id: GuidelineId, taxonomies: readonly ToolComponent[]): ReportingDescriptorReference {
  const name = id.slice(0, id.indexOf(':'));
  const component = taxonomies.findIndex((taxonomy) => taxonomy.name === name);
  const index = taxonomies[component]?.taxa?.findIndex((taxon) => taxon.id === localId(id)) ?? -1;
  return { id: localId(id), index, toolComponent: { name, index: component } };
}

function tagsOf({ kinds, guidelines }: RuleMeta): string[] {
  // The form in which GitHub shows a weakness beside an alert.
  const weaknesses = guidelines.flatMap((id) => {
    const [, number] = /^cwe:CWE-(\d+)$/.exec(id) ?? [];
    return number ? [`external/cwe/cwe-${number.padStart(3, '0')}`] : [];
  });
  const others = guidelines.filter((id) => !id.startsWith('cwe:'));
  return ['security', 'ai', ...weaknesses, ...(kinds.length > 3 ? [] : kinds), ...others].slice(0, MAX_TAGS);
}

function helpText(meta: RuleMeta): string {
  const cited = meta.guidelines.map((id) => `${getItem(id).citation}: ${getItem(id).title} (${getItem(id).url})`);
  return [`Why: ${plain(meta.why)}`, `How: ${plain(meta.how)}`, `Guidelines:\n${cited.join('\n')}`].join('\n\n');
}

function helpMarkdown(meta: RuleMeta): string {
  const example = meta.examples.find(({ bad }) => bad !== undefined);
  const show = (label: string, text: string | undefined) =>
    example && text !== undefined ? [`**${label}**\n${fence(text, example.path).join('\n')}`] : [];
  return [
    `# ${meta.title}`,
    `**Why:** ${meta.why}`,
    `**How:** ${meta.how}`,
    guidelineLines(meta.guidelines).join('\n'),
    ...show('Reported', example?.bad),
    ...show('Fine', example?.fixed ?? example?.good),
  ].join('\n\n');
}

/** Markdown of a rule's own sentences without its code marks. */
function plain(markdown: string): string {
  return markdown.replace(/`/g, '');
}

/** SARIF wants messages to end in a full stop (SARIF2001). */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** SARIF names rules in Pascal case (SARIF2012). */
function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
