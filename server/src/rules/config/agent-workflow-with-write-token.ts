import { defineRule, type Problem } from '../../engine/rule.ts';
import { type AgentStep, agentSteps, asksWho, openTo } from '../../languages/agentSteps.ts';
import type { TreeNode } from '../../languages/tree.ts';
import { expressionsOf, type Trigger, type Workflow } from '../../languages/workflow.ts';

/** Rights with which an agent changes what the project ships or who it is to others; comments and labels are not. */
const WRITES = /^(?:contents|packages|actions|deployments|id-token|pages|attestations)$/;
/** What a fork proposes. */
const PROPOSED =
  /github\.event\.pull_request\.head\.(?:sha|ref)|github\.head_ref|workflow_run\.head_(?:sha|branch)|refs\/pull\//;

export const agentWorkflowWithWriteToken = defineRule({
  meta: {
    id: 'GL522',
    name: 'agent-workflow-with-write-token',
    title: 'Agent that strangers can start works with a strong token or on their code',
    kinds: ['workflow'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.2.2-1',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-250',
      'cwe:CWE-829',
      'atlas:AML.T0053',
    ],
    detections: ['CFG-14'],
    why: 'An agent that reads what strangers write can be talked into using every right of its token. Instruction and settings files of a checked out fork speak to it as the project does.',
    how: 'Ask first who started the workflow (`author_association`), give the job `permissions: contents: read`, and do what writes in another job that checks the answer.',
    messages: {
      token: 'Everybody can start `{agent}` here (`{event}`), and its token may `{right}`',
      fork: '`{agent}` works with the secrets of the project on the code of whoever opened the pull request (`{event}`)',
    },
    peers: ['semgrep pull-request-target-code-checkout', 'codeql actions/untrusted-checkout'],
    examples: [
      {
        path: '.github/workflows/triage.yml',
        bad: 'on: issues\npermissions:\n  contents: write\njobs:\n  triage:\n    steps:\n      - uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: Read the new issue\n',
        good: 'on: issues\npermissions:\n  contents: read\n  issues: write\njobs:\n  triage:\n    steps:\n      - uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: Read the new issue\n',
      },
      {
        path: '.github/workflows/review.yml',
        bad: 'on: pull_request_target\njobs:\n  review:\n    permissions: { contents: read }\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: claude -p "Review the change"\n',
        good: 'on: pull_request_target\njobs:\n  review:\n    permissions: { contents: read }\n    steps:\n      - uses: actions/checkout@v4\n      - run: claude -p "Review the change"\n',
      },
      {
        title: 'the action, or a condition, asks who started it',
        path: '.github/workflows/claude.yml',
        good: "on: [issue_comment]\npermissions: write-all\njobs:\n  claude:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n  gemini:\n    if: github.event.comment.author_association == 'OWNER'\n    steps:\n      - uses: google-github-actions/run-gemini-cli@v0\n        with: { prompt: Help }\n",
      },
      {
        title: 'a model that only answers',
        path: '.github/workflows/summary.yml',
        good: 'on: issues\npermissions: { contents: write }\njobs:\n  summary:\n    steps:\n      - uses: actions/ai-inference@v1\n        with: { prompt: Summarise }\n',
      },
    ],
  },
  *check({ workflow }) {
    const seen = new Set<number>();
    for (const agent of agentSteps(workflow)) {
      if (!agent.acts) continue;
      const open = openTo(agent, workflow.triggers);
      // Another workflow may have been started by a pull request: the code that is checked out tells.
      const trigger =
        open ?? (asksWho(agent) ? undefined : workflow.triggers.find(({ event }) => event === 'workflow_run'));
      if (!trigger || (!open && agent.checksSender(trigger.event))) continue;
      for (const problem of [...(open ? strongToken(agent, open, workflow) : []), ...foreignCode(agent, trigger)]) {
        if (!seen.has(problem.span.start)) yield problem;
        seen.add(problem.span.start);
      }
    }
  },
});

function* strongToken({ job, name }: AgentStep, { event }: Trigger, workflow: Workflow): Iterable<Problem> {
  const permissions = job.permissions ?? workflow.permissions;
  if (permissions?.text === 'write-all') {
    yield { span: permissions.span, message: 'token', data: { agent: name, event, right: 'write-all' } };
  }
  const strong = permissions?.entries.filter(({ key, node }) => node.text === 'write' && WRITES.test(key)) ?? [];
  const [first] = strong;
  if (!first) return;
  const right = strong.map(({ key }) => `${key}: write`).join(', ');
  yield {
    span: { start: first.keySpan.start, end: first.node.span.end },
    message: 'token',
    data: { agent: name, event, right },
    // Actions exchange it for a token of their own or for one of a cloud; by itself it changes nothing.
    severity: strong.every(({ key }) => key === 'id-token') ? 'info' : 'warning',
  };
}

function* foreignCode({ job, step, name }: AgentStep, { event }: Trigger): Iterable<Problem> {
  if (!/^(?:pull_request_target|workflow_run|issue_comment)$/.test(event)) return;
  for (const { uses, inputs } of job.steps.slice(0, job.steps.indexOf(step))) {
    const ref = inputs.get('ref');
    if (!/^actions\/checkout@/.test(uses?.text ?? '') || !ref || !isProposed(ref)) continue;
    yield { span: ref.span, message: 'fork', data: { agent: name, event } };
  }
}

function isProposed({ text }: TreeNode): boolean {
  return /^refs\/pull\//.test(text) || expressionsOf(text).some((expression) => PROPOSED.test(expression.text));
}
