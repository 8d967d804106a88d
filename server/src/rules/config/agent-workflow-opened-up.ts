import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import { type AgentStep, agentSteps, openTo, placeIn } from '../../languages/agentSteps.ts';

interface OpenedRow {
  /** Names of inputs as `readWorkflow` gives them. */
  readonly inputs: string;
  readonly is: RegExp;
  readonly message: 'everybody' | 'bots' | 'unconfined' | 'shell' | 'log';
  readonly severity: Severity;
}

/** Options with which an agent's program asks nobody and is not confined. */
const UNCONFINED =
  /--dangerously-skip-permissions\b|--permission-mode[= ]+["']?bypassPermissions|--dangerously-bypass-approvals-and-sandbox|--sandbox[= ]+["']?danger-full-access|(?<![\w-])--yolo\b|--approval-mode[= ]+["']?yolo\b|--allow-all-tools\b|"defaultMode"\s{0,20}:\s{0,20}"bypassPermissions"/;
/** The shell without a list of commands, as one of the tools that Claude Code is granted. */
const ANY_COMMAND = /(?:^|[\s,"'=])Bash(?:\((?:\*|:\*|\*:\*)\))?(?=$|[\s,"'])/m;

/** Sources: inputs and security pages of the actions and options of the programs (2025/2026); each is closed when unset. */
const OPENED: readonly OpenedRow[] = [
  { inputs: 'allowed_non_write_users allow_users', is: /(?:^|[\s,])\*/, message: 'everybody', severity: 'error' },
  { inputs: 'allowed_bots', is: /(?:^|[\s,])\*/, message: 'bots', severity: 'warning' },
  { inputs: 'allow_bots', is: /^true$/, message: 'bots', severity: 'warning' },
  { inputs: 'safety_strategy', is: /^unsafe$/, message: 'unconfined', severity: 'error' },
  { inputs: 'sandbox', is: /^danger-full-access$/, message: 'unconfined', severity: 'error' },
  { inputs: 'claude_args codex_args settings args', is: UNCONFINED, message: 'unconfined', severity: 'error' },
  { inputs: 'allowed_tools', is: ANY_COMMAND, message: 'shell', severity: 'warning' },
  { inputs: 'show_full_output', is: /^true$/, message: 'log', severity: 'warning' },
];

export const agentWorkflowOpenedUp = defineRule({
  meta: {
    id: 'GL521',
    name: 'agent-workflow-opened-up',
    title: 'Agent in a workflow that everybody may start or that nothing confines',
    kinds: ['workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'cwe:CWE-250',
      'atlas:AML.T0053',
    ],
    detections: ['CFG-13'],
    why: 'The action is closed unless it is told otherwise: only people with write access start it, and it may run a few commands. Without that, a stranger decides what runs beside the token and the secrets of the project.',
    how: 'Name the people, bots and commands that are needed.',
    messages: {
      everybody: '`{input}` lets everybody start `{agent}` with the token of this workflow',
      bots: '`{input}` lets every bot start `{agent}`, also one that strangers direct',
      unconfined: '`{input}` lets `{agent}` run any command without being asked or confined',
      shell: '`{input}` grants `{agent}` every command of the shell, and strangers can start this workflow',
      log: '`{input}` writes what `{agent}` reads and runs to the log, which everybody can see in a public repository',
    },
    examples: [
      {
        path: '.github/workflows/triage.yml',
        bad: 'on: issues\njobs:\n  triage:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n        with:\n          allowed_non_write_users: "*"\n          prompt: Label the issue\n',
        good: 'on: issues\njobs:\n  triage:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n        with:\n          allowed_non_write_users: "ada,grace"\n          claude_args: --allowedTools "Bash(gh issue edit:*),Read"\n          prompt: Label the issue\n',
      },
      {
        path: '.github/workflows/fix.yml',
        bad: 'on: push\njobs:\n  fix:\n    steps:\n      - uses: openai/codex-action@v1\n        with:\n          safety-strategy: unsafe\n          prompt: Fix the build\n',
        good: 'on: push\njobs:\n  fix:\n    steps:\n      - uses: openai/codex-action@v1\n        with:\n          safety-strategy: drop-sudo\n          sandbox: workspace-write\n          prompt: Fix the build\n',
      },
      {
        title: 'a program in a script',
        path: '.github/workflows/fix.yml',
        bad: 'on: issue_comment\njobs:\n  fix:\n    steps:\n      - run: gemini --yolo -p "Fix the build"\n',
        good: 'on: issue_comment\njobs:\n  fix:\n    steps:\n      - run: gemini -p "Review the change; --yolo is not used here"\n',
      },
      {
        title: 'the shell, where strangers can start the workflow',
        path: '.github/workflows/triage.yml',
        bad: 'on: issues\njobs:\n  triage:\n    steps:\n      - uses: anthropics/claude-code-base-action@beta\n        with:\n          allowed_tools: Bash,Read\n          prompt: Label the issue\n',
      },
      {
        title: 'the same every night',
        path: '.github/workflows/docs.yml',
        good: 'on:\n  schedule:\n    - cron: "0 4 * * *"\njobs:\n  docs:\n    steps:\n      - uses: anthropics/claude-code-base-action@beta\n        with:\n          allowed_tools: Bash,Read\n          prompt: Update the pages\n',
      },
    ],
  },
  *check({ workflow }) {
    for (const agent of agentSteps(workflow)) {
      const isOpen = openTo(agent, workflow.triggers) !== undefined;
      yield* inputs(agent, isOpen);
      yield* programs(agent, isOpen);
    }
  },
});

function* inputs({ step, name }: AgentStep, isOpen: boolean): Iterable<Problem> {
  for (const row of OPENED) {
    for (const input of row.inputs.split(' ')) {
      const node = step.inputs.get(input);
      const match = node && row.is.exec(node.text);
      if (!node || !match || (row.message === 'shell' && !isOpen)) continue;
      const shown = match[0].trim().replace(/^[,"'=]/, '');
      const data = { input: node.text.length < 30 ? `${input}: ${node.text}` : `${input}: … ${shown} …`, agent: name };
      yield { span: placeIn(node, shown), message: row.message, data, severity: severityOf(row, isOpen) };
    }
  }
  // The newer input holds the tools among other options.
  const args = step.inputs.get('claude_args');
  const tools = /--allowed-?[tT]ools[= ]+("[^"]{0,2000}"|'[^']{0,2000}'|\S{1,2000})/.exec(args?.text ?? '')?.[1];
  if (!args || !tools || !isOpen || !ANY_COMMAND.test(tools.replace(/["']/g, ' '))) return;
  yield {
    span: placeIn(args, 'Bash'),
    message: 'shell',
    data: { input: 'claude_args', agent: name },
    severity: 'warning',
  };
}

function* programs({ commands, name }: AgentStep, isOpen: boolean): Iterable<Problem> {
  for (const { words } of commands) {
    for (const [index, { text, span }] of words.entries()) {
      if (!text.startsWith('-') && text !== 'bypassPermissions') continue;
      const pair = `${text} ${words[index + 1]?.text ?? ''}`;
      if (!UNCONFINED.test(text) && !(UNCONFINED.test(pair) && !UNCONFINED.test(words[index + 1]?.text ?? '')))
        continue;
      const severity = isOpen ? 'error' : 'warning';
      yield { span, message: 'unconfined', data: { input: text, agent: name }, severity };
    }
  }
}

/** What only the project's own people start can do less harm. */
function severityOf({ message, severity }: OpenedRow, isOpen: boolean): Severity {
  return message === 'unconfined' && !isOpen ? 'warning' : severity;
}
