import type {
  ComplianceReport,
  EvidenceReport,
  FrameworkReport,
  ItemReport,
  ReportedFinding,
  Status,
} from '../../server/src/engine/compliance.ts';
import type { Severity } from '../../server/src/engine/finding.ts';
import { frameworks } from '../../server/src/guidelines/catalogue.ts';
import { STATUS_WORDS } from '../../server/src/reports/statusWords.ts';

const STATUSES = Object.keys(STATUS_WORDS) as Status[];

type Sample = [
  rule: string,
  name: string,
  severity: Severity,
  path: string,
  line: number,
  message: string,
  guidelines: string[],
];

const REGISTER_URI = 'file:///home/me/examples/.guidelint/evidence.yaml';

const LOAD = [
  'owasp-llm-2025:LLM03',
  'owasp-ml-2023:ML06',
  'cwe:CWE-502',
  'etsi-en-304-223:5.2.3-2',
  'atlas:AML.T0011.000',
];
const CARD = ['etsi-en-304-223:5.2.4-1', 'eu-ai-act:11.1', 'ncsc-cisa-2023:ncsc-2.3'];
const SAMPLES: Sample[] = [
  [
    'GL301',
    'unsafe-model-load',
    'error',
    'training/train.py',
    41,
    '`torch.load` runs code from the file: `weights_only=False` is set',
    LOAD,
  ],
  ['GL301', 'unsafe-model-load', 'error', 'serving/app.py', 17, '`pickle.load` runs code from the file it reads', LOAD],
  [
    'GL303',
    'remote-code-trusted',
    'error',
    'training/train.py',
    28,
    '`trust_remote_code=True` runs Python from the model repository',
    LOAD,
  ],
  [
    'GL310',
    'model-output-executed',
    'error',
    'serving/tools.py',
    63,
    'The reply of the model reaches `subprocess.run(shell=True)`',
    ['owasp-llm-2025:LLM05', 'cwe:CWE-78', 'atlas:AML.T0050'],
  ],
  [
    'GL402',
    'secret-in-prompt',
    'error',
    'prompts/assistant.prompt.md',
    12,
    'An API key stands in the text of the prompt',
    ['owasp-llm-2025:LLM07', 'cwe:CWE-798'],
  ],
  [
    'GL401',
    'hidden-unicode',
    'warning',
    'AGENTS.md',
    7,
    '23 invisible characters hide a text that only the model reads',
    ['owasp-llm-2025:LLM01', 'atlas:AML.T0051.001'],
  ],
  [
    'GL501',
    'unpinned-server',
    'warning',
    '.vscode/mcp.json',
    9,
    '`npx` takes whatever version of `@example/files-server` is newest',
    ['owasp-llm-2025:LLM03', 'etsi-en-304-223:5.2.3-1'],
  ],
  ['GL101', 'model-card-field-missing', 'warning', 'MODEL_CARD.md', 1, 'The card names no `license`', CARD],
  [
    'GL102',
    'model-card-section-missing',
    'warning',
    'MODEL_CARD.md',
    1,
    'The card has no section on limitations',
    CARD,
  ],
  ['GL104', 'placeholder-left', 'info', 'MODEL_CARD.md', 33, '“More information needed” was never filled in', CARD],
  [
    'GL201',
    'data-card-field-missing',
    'info',
    'data/README.md',
    1,
    'The card does not say where the data comes from',
    ['etsi-en-304-223:5.2.4-2', 'ncsc-cisa-2023:ncsc-2.3.4'],
  ],
  [
    'GL904',
    'suppression-without-effect',
    'hint',
    'training/evaluate.py',
    5,
    'This comment suppresses nothing',
    ['ncsc-cisa-2023:ncsc-2.4'],
  ],
];

/**
 * A report as a scan of a small project gives it, over the catalogue as it ships. Same arguments, same report.
 * @param size about how many findings, for tests of large workspaces
 */
export function sampleReport(size: number = SAMPLES.length): ComplianceReport {
  const findings: ReportedFinding[] = Array.from({ length: size }, (_, index) => {
    const [ruleId, ruleName, severity, file, line, message, guidelines] = SAMPLES[index % SAMPLES.length] as Sample;
    const round = Math.floor(index / SAMPLES.length);
    const path = round === 0 ? file : `packages/part-${round}/${file}`;
    const uri = `file:///home/me/examples/${path}`;
    const accepted = index % SAMPLES.length === 10 && {
      suppression: { reason: 'public data set', until: '2027-01-31' },
    };
    const fingerprint = index.toString(16).padStart(32, '0');
    const place = { path, uri, line: line - 1, character: 4 };
    return { ruleId, ruleName, ...place, message, severity, guidelines, fingerprint, ...accepted };
  });
  const open = findings.filter(({ suppression }) => !suppression);
  const severities = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of open) severities[severity]++;
  return {
    tool: { name: 'Guidelint', version: '0.1.0' },
    catalogue: '0123456789ab',
    commit: '0123456789abcdef0123456789abcdef01234567',
    time: '2026-07-28T14:05:12.000Z',
    folders: ['file:///home/me/examples'],
    files: { 'model-card': 2, 'data-card': 1, prompt: 3, python: 9, notebook: 1, mcp: 1, config: 1 },
    skipped: [],
    partial: false,
    severities,
    suppressed: findings.length - open.length,
    registers: [
      {
        path: '.guidelint/evidence.yaml',
        uri: REGISTER_URI,
        system: 'Quayside',
        roles: ['Developers'],
        entries: 4,
        problems: 0,
      },
    ],
    frameworks: frameworks().map(({ id, title, shortTitle, publisher, version, items }): FrameworkReport => {
      const reports = items.map((item, index) => itemReport(item, index, findings));
      const counts = Object.fromEntries(
        STATUSES.map((status) => [status, reports.filter((report) => report.status === status).length]),
      ) as Record<Status, number>;
      const seen = reports.filter(({ files, open }) => files > 0 || open > 0);
      const checked = { items: seen.length, withoutOpen: seen.filter(({ open }) => open === 0).length };
      return { id, title, shortTitle, publisher, version, counts, checked, items: reports };
    }),
    findings,
    assets: ASSETS,
  };
}

const at = (path: string) => ({ path, uri: `file:///home/me/examples/${path}` });
const ASSETS: ComplianceReport['assets'] = [
  {
    type: 'model',
    ...at('weights/model.safetensors'),
    size: 268_000_000,
    open: 0,
    links: [{ relation: 'described by', target: 'MODEL_CARD.md', uri: at('MODEL_CARD.md').uri }],
  },
  {
    type: 'card',
    ...at('MODEL_CARD.md'),
    open: 3,
    severity: 'warning',
    links: [
      { relation: 'describes', target: 'weights/model.safetensors', uri: at('weights/model.safetensors').uri },
      { relation: 'base model', target: 'distilbert-base-uncased' },
    ],
  },
  { type: 'prompt', ...at('prompts/assistant.prompt.md'), open: 1, severity: 'error', links: [] },
  { type: 'agent', ...at('AGENTS.md'), open: 1, severity: 'warning', links: [] },
  {
    type: 'mcp',
    ...at('.vscode/mcp.json'),
    open: 1,
    severity: 'warning',
    links: [
      { relation: 'server', target: 'files' },
      { relation: 'server', target: 'tickets' },
    ],
  },
  { type: 'code', ...at('training/train.py'), open: 2, severity: 'error', links: [] },
];

/** What people said about every fifth item that no file can show, in turn. */
const ANSWERS: readonly [Status, EvidenceReport['standing']][] = [
  ['evidence', 'met'],
  ['partly-met', 'partly'],
  ['evidence-overdue', 'overdue'],
  ['accepted-risk', 'accepted-risk'],
  ['not-applicable', 'not-applicable'],
];

function evidenceFor(standing: EvidenceReport['standing'], index: number): EvidenceReport {
  const said: Partial<EvidenceReport> =
    standing === 'accepted-risk'
      ? { decision: 'accepted-risk', justification: 'pilot with synthetic data only', until: '2027-03-31' }
      : standing === 'not-applicable'
        ? { decision: 'not-applicable', justification: 'nothing is published' }
        : {
            decision: standing === 'partly' ? 'partly' : 'met',
            statement: 'The plan covers it.',
            files: ['docs/plan.md'],
            reviewBy: standing === 'overdue' ? '2026-01-31' : '2027-01-31',
          };
  return {
    standing,
    files: [],
    links: ['https://intranet.example/evidence'],
    owner: 'security lead',
    date: '2025-10-14',
    path: '.guidelint/evidence.yaml',
    uri: REGISTER_URI,
    line: index,
    ...said,
  };
}

function itemReport(
  item: ReturnType<typeof frameworks>[number]['items'][number],
  index: number,
  findings: readonly ReportedFinding[],
): ItemReport {
  const { id, citation, title, level, phase, roles, checkable } = item;
  const own = findings.filter(({ guidelines }) => guidelines.includes(id));
  const open = own.filter(({ suppression }) => !suppression);
  const human = checkable.every((where) => where === 'evidence');
  const quiet: Status = human
    ? 'needs-human'
    : ((['unchecked', 'clean', 'unchecked', 'not-relevant'] as const)[index % 4] ?? 'unchecked');
  const answer = own.length === 0 && human ? ANSWERS[index % 10] : undefined;
  const status = open.length > 0 ? 'open' : own.length > 0 ? 'suppressed' : (answer?.[0] ?? quiet);
  const rules =
    own.length > 0
      ? [...new Set(own.map(({ ruleId }) => ruleId))]
      : ['clean', 'not-relevant'].includes(status)
        ? ['GL305', 'GL306']
        : [];
  return {
    id,
    citation,
    title,
    ...(level && { level }),
    ...(phase && { phase }),
    roles,
    status,
    ...(open[0] && { severity: open[0].severity }),
    open: open.length,
    suppressed: own.length - open.length,
    rules,
    files: rules.length > 0 && status !== 'not-relevant' ? 12 : 0,
    evidence: answer ? [evidenceFor(answer[1], index)] : [],
    related: item.related,
  };
}
