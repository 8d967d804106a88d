import type {
  ComplianceReport,
  EvidenceReport,
  FrameworkReport,
  ItemReport,
  ReportedFinding,
} from '../engine/compliance.ts';
import { getItem } from '../guidelines/catalogue.ts';
import { nameOf } from '../guidelines/name.ts';
import { LIMITS, standingInWords, systemName } from './complianceWords.ts';
import { escapeMarkdown as md } from './markdownText.ts';
import { count, printable } from './printable.ts';
import { relativeUri } from './sarif.ts';
import { folderName, STATUS_WORDS } from './statusWords.ts';
import { uuidOf } from './uuid.ts';

/** Of the schema that the output is tested against (NIST, OSCAL assessment results model). */
const OSCAL_VERSION = '1.2.1';
/** Name space of our own properties. */
const NS = 'urn:guidelint:oscal';

interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

/**
 * The report as OSCAL assessment results, JSON text. An item with open findings is not satisfied; an item is satisfied only
 * where people say so with evidence, and then it says who says it. Where rules merely found nothing there is an observation
 * and no finding. Equal input gives equal bytes.
 */
export function oscalReport(report: ComplianceReport): string {
  return `${JSON.stringify({ 'assessment-results': toOscal(report) }, null, 2)}\n`;
}

function toOscal(report: ComplianceReport) {
  const { time, tool, catalogue, commit, frameworks, partial, skipped } = report;
  const system = systemName(report) ?? (report.folders.map(folderName).join(', ') || 'this project');
  const uuid = (...name: readonly string[]) => uuidOf(system, time, commit ?? '', ...name);
  const items = frameworks.flatMap(({ items }) => items);
  // Two folders may hold the same file; one observation then stands for both.
  const told = new Map(report.findings.map((finding) => [observationKey(finding), finding]));
  const byItem = new Map<string, ReportedFinding[]>();
  for (const finding of told.values()) {
    for (const id of finding.guidelines) byItem.set(id, [...(byItem.get(id) ?? []), finding]);
  }
  const observations = [
    ...[...told.values()].map((finding) => findingObservation(finding, uuid, time)),
    ...items.flatMap((item) => [...cleanObservation(item, uuid, time), ...evidenceObservations(item, uuid, time)]),
  ];
  const risks = items.flatMap((item) => risksOf(item, uuid));
  const findings = items.flatMap((item) => itemFinding(item, byItem.get(item.id) ?? [], uuid));
  const selections = frameworks.flatMap(controlSelection);
  return {
    uuid: uuid('assessment-results'),
    metadata: {
      title: md(`AI security compliance of ${system}`),
      'last-modified': time,
      version: printable(time),
      'oscal-version': OSCAL_VERSION,
      props: [prop('tool', tool.name), prop('tool-version', tool.version), prop('catalogue-version', catalogue)],
      remarks: LIMITS.map(md).join('\n\n'),
    },
    'import-ap': { href: `#${uuid('no-plan')}`, remarks: 'There is no assessment plan: a tool was run over files.' },
    results: [
      {
        uuid: uuid('result'),
        title: md(`Guidelint ${tool.version} on ${system}`),
        description: md(
          `What rules found in ${count(sum(Object.values(report.files)), 'file')}, and what the evidence register says.`,
        ),
        start: time,
        end: time,
        props: [
          ...(commit ? [prop('commit', commit)] : []),
          ...report.folders.map((folder) => prop('scope', folderName(folder))),
          prop('complete', partial || skipped.length > 0 ? 'no' : 'yes'),
          prop('files-not-checked', String(skipped.length)),
        ],
        'reviewed-controls': {
          description:
            'Items of the catalogue that rules looked at or that the register speaks of; all others were not reviewed.',
          'control-selections': selections.length > 0 ? selections : [NONE_REVIEWED],
        },
        ...(observations.length > 0 && { observations }),
        ...(risks.length > 0 && { risks }),
        ...(findings.length > 0 && { findings }),
        ...(skipped.length > 0 && {
          remarks: `Not checked: ${skipped.map(({ path, reason }) => md(`${path} ${reason}`)).join('; ')}`,
        }),
      },
    ],
    'back-matter': {
      resources: [
        { uuid: uuid('no-plan'), title: 'No assessment plan', description: 'Stands where OSCAL asks for one.' },
        ...frameworks.map(({ id, title, publisher, version }) => ({
          uuid: uuid('framework', id),
          title: md(title),
          description: md(`${publisher}, ${version}`),
          props: [prop('framework', id)],
        })),
      ],
    },
  };
}

/** OSCAL wants at least one control here. */
const NONE_REVIEWED = { description: 'None was reviewed.', 'include-controls': [{ 'control-id': 'none' }] };

type Uuid = (...name: readonly string[]) => string;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The value is one line without white space around it, and never empty. */
function prop(name: string, value: string): Property {
  return { name, ns: NS, value: printable(value).trim() || '(none)' };
}

/** An id as OSCAL takes it, which has no colon. */
const controlId = (id: string) => id.replace(':', '_');

const isReviewed = ({ files, open, suppressed, evidence }: ItemReport) =>
  files > 0 || open > 0 || suppressed > 0 || evidence.length > 0;

function controlSelection({ title, version, items }: FrameworkReport) {
  const reviewed = items.filter(isReviewed);
  if (reviewed.length === 0) return [];
  return [
    {
      description: md(`${title} ${version}: ${reviewed.length} of ${count(items.length, 'item')}`),
      'include-controls': reviewed.map(({ id }) => ({ 'control-id': controlId(id) })),
    },
  ];
}

const observationKey = ({ ruleId, fingerprint, path }: ReportedFinding) => `${ruleId} ${fingerprint} ${path}`;

function findingObservation(finding: ReportedFinding, uuid: Uuid, collected: string) {
  const { ruleId, ruleName, message, path, line, severity, suppression } = finding;
  const until = suppression?.until ? ` (until ${suppression.until})` : '';
  return {
    uuid: uuid('finding', observationKey(finding)),
    title: md(`${ruleId} ${ruleName}`),
    description: md(message),
    props: [prop('rule', ruleId), prop('severity', severity), prop('accepted', suppression ? 'yes' : 'no')],
    methods: ['EXAMINE'],
    types: ['finding'],
    'relevant-evidence': [{ href: relativeUri(path), description: md(`${path}, line ${line + 1}`) }],
    collected,
    ...(suppression && { remarks: md(`Accepted${until}: ${suppression.reason || 'no reason given'}`) }),
  };
}

function cleanObservation({ id, rules, files, open, suppressed }: ItemReport, uuid: Uuid, collected: string) {
  if (files === 0 || open + suppressed > 0) return [];
  return [
    {
      uuid: uuid('clean', id),
      description: md(`${rules.join(', ')} looked at ${count(files, 'file')} and found nothing. That is no proof.`),
      props: [prop('control', controlId(id))],
      methods: ['EXAMINE'],
      types: ['control-objective'],
      collected,
    },
  ];
}

const evidenceName = (id: string, { path, line }: EvidenceReport) => ['evidence', id, path, String(line)];

function evidenceObservations({ id, evidence }: ItemReport, uuid: Uuid, collected: string) {
  return evidence.map((said) => {
    const { statement, justification, owner, date, standing, files, links, path, line } = said;
    const shown = [
      ...files.map((file) => ({ href: relativeUri(file), description: md(file) })),
      ...links.flatMap((link) => (URL.canParse(link) ? [{ href: new URL(link).href, description: md(link) }] : [])),
    ];
    return {
      uuid: uuid(...evidenceName(id, said)),
      title: md(`Register: ${standingInWords(said)}`),
      description: md(statement ?? justification ?? 'The register gives no statement.'),
      props: [
        prop('control', controlId(id)),
        prop('standing', standing),
        ...(owner ? [prop('owner', owner)] : []),
        ...(date ? [prop('decided', date)] : []),
      ],
      methods: ['EXAMINE'],
      types: ['control-objective'],
      ...(shown.length > 0 && { 'relevant-evidence': shown }),
      collected,
      remarks: md(`${path}, line ${line + 1}. What people say; not verified.`),
    };
  });
}

function risksOf({ id, title, evidence }: ItemReport, uuid: Uuid) {
  return evidence.flatMap((said) => {
    const { decision, standing, justification, until } = said;
    if (decision !== 'accepted-risk' || standing === 'void') return [];
    return [
      {
        uuid: uuid('risk', ...evidenceName(id, said)),
        title: md(`${nameOf(getItem(id))}: not met`),
        description: md(title),
        statement: md(justification ?? ''),
        status: standing === 'overdue' ? 'open' : 'deviation-approved',
        ...(until && { deadline: `${until}T23:59:59Z` }),
      },
    ];
  });
}

/** Satisfied or not, where the report knows; nothing for items that were only found clean or not looked at. */
const STATES: Readonly<Partial<Record<ItemReport['status'], { state: string; reason: string }>>> = {
  open: { state: 'not-satisfied', reason: 'fail' },
  'evidence-overdue': { state: 'not-satisfied', reason: 'other' },
  suppressed: { state: 'not-satisfied', reason: 'other' },
  'accepted-risk': { state: 'not-satisfied', reason: 'other' },
  'partly-met': { state: 'not-satisfied', reason: 'other' },
  evidence: { state: 'satisfied', reason: 'other' },
};

function itemFinding(item: ItemReport, findings: readonly ReportedFinding[], uuid: Uuid) {
  const { id, status, evidence, rules } = item;
  const state = STATES[status];
  if (!state) return [];
  const own = findings.filter(({ ruleId }) => rules.includes(ruleId));
  const observations = [
    ...own.map((finding) => uuid('finding', observationKey(finding))),
    ...evidence.map((said) => uuid(...evidenceName(id, said))),
  ];
  const risks = evidence.filter(({ decision, standing }) => decision === 'accepted-risk' && standing !== 'void');
  return [
    {
      uuid: uuid('item', id),
      title: md(nameOf(getItem(id))),
      description: md(STATUS_WORDS[status].meaning),
      props: [prop('status', status), ...(item.level ? [prop('level', item.level)] : [])],
      target: { type: 'objective-id', 'target-id': controlId(id), status: state },
      ...(observations.length > 0 && {
        'related-observations': [...new Set(observations)].map((id) => ({ 'observation-uuid': id })),
      }),
      ...(risks.length > 0 && {
        'related-risks': risks.map((said) => ({ 'risk-uuid': uuid('risk', ...evidenceName(id, said)) })),
      }),
    },
  ];
}
