import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Span } from '../../engine/span.ts';
import {
  type AgentStep,
  agentSteps,
  asksWho,
  authorStarts,
  byHand,
  carries,
  foreignTextIn,
  openTriggers,
} from '../../languages/agentSteps.ts';
import { lowered } from '../../languages/python/context.ts';
import type { TreeNode } from '../../languages/tree.ts';
import { expressionsOf, type Job, type Trigger, type Workflow } from '../../languages/workflow.ts';

export const untrustedTextInWorkflowPrompt = defineRule({
  meta: {
    id: 'GL520',
    name: 'untrusted-text-in-workflow-prompt',
    title: 'Workflow puts the text of strangers into the prompt of an agent',
    kinds: ['workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'owasp-llm-2026:LLM01',
      'cwe:CWE-1427',
      'atlas:AML.T0051.001',
    ],
    detections: ['CFG-12'],
    why: 'Everybody can open an issue or write a comment. What they write stands among your instructions, and the agent follows it with the token and the secrets of the workflow.',
    how: 'Let only people of the project start the step (`author_association`), give it a token that can only read and no tools that write, and hand the text over as data that the prompt calls untrusted.',
    messages: {
      spliced:
        'Whoever writes {texts} instructs `{agent}`: the text stands in its prompt, and nothing asks who started the workflow',
      named:
        'Whoever writes {texts} can instruct `{agent}`: its prompt points to `{variable}`, and nothing asks who started the workflow',
      other: '{texts} in the prompt of `{agent}` may be by somebody else than the one who may start it',
    },
    peers: ['sisakulint ai-action-prompt-injection'],
    examples: [
      {
        path: '.github/workflows/triage.yml',
        bad: workflow(
          'issues:\n    types: [opened]',
          '- uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: |\n            Label this issue: ${{ github.event.issue.title }}',
        ),
      },
      {
        title: 'a program in a script',
        path: '.github/workflows/triage.yml',
        bad: workflow(
          'issue_comment:',
          '- env:\n          BODY: ${{ github.event.comment.body }}\n        run: claude -p "Answer $BODY" --allowedTools Read',
        ),
      },
      {
        title: 'the issue is by a stranger, the comment is not',
        path: '.github/workflows/claude.yml',
        bad: workflow(
          'issue_comment:',
          '- uses: anthropics/claude-code-action@v1\n        with:\n          prompt: Fix ${{ github.event.issue.body }}',
        ),
      },
      {
        title: 'the action itself asks for the right to write',
        path: '.github/workflows/claude.yml',
        good: workflow(
          'issue_comment:',
          '- uses: anthropics/claude-code-action@v1\n        with:\n          prompt: Do ${{ github.event.comment.body }} in issue ${{ github.event.issue.number }}',
        ),
      },
      {
        title: 'only people of the project',
        path: '.github/workflows/triage.yml',
        good: workflow(
          'issue_comment:',
          '- if: contains(fromJSON(\'["OWNER","MEMBER"]\'), github.event.comment.author_association)\n        uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: ${{ github.event.comment.body }}',
        ),
      },
      {
        title: 'no text of strangers, or only compared',
        path: '.github/workflows/triage.yml',
        good: workflow(
          'issues:',
          '- uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: Issue ${{ github.event.issue.number }} ${{ contains(github.event.issue.body, \'bug\') }}\n      - run: echo "${TITLE}"\n        env:\n          TITLE: ${{ github.event.issue.title }}',
        ),
      },
      {
        title: 'started by people of the project',
        path: '.github/workflows/release.yml',
        good: workflow(
          'push:',
          '- uses: actions/ai-inference@v1\n        with:\n          prompt: Summarise ${{ github.event.head_commit.message }} ${{ github.event.issue.body }}',
        ),
      },
    ],
  },
  *check({ workflow: file }) {
    const triggers = openTriggers(file.triggers);
    if (triggers.length === 0) return;
    for (const agent of agentSteps(file)) {
      const texts = [...foreignTexts(agent)].flatMap((text) => {
        const severity = severityOf(agent, text, triggers, file);
        return severity ? [{ ...text, ...severity }] : [];
      });
      const [worst] = texts.toSorted((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
      if (!worst) continue;
      const shown = [...new Set(texts.map((text) => `\`${text.shown}\``))];
      const more = shown.length > 3 ? ` and ${shown.length - 3} more` : '';
      yield {
        span: worst.span,
        message: worst.message,
        data: { texts: shown.slice(0, 3).join(', ') + more, agent: agent.name, variable: worst.variable ?? '' },
        severity: worst.severity,
      } satisfies Problem;
    }
  },
});

const RANK: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

interface ForeignText {
  readonly span: Span;
  readonly of: string;
  readonly shown: string;
  /** The variable that the prompt names instead. */
  readonly variable?: string;
}

function* foreignTexts({ prompts, commands, step }: AgentStep): Iterable<ForeignText> {
  const variables = [...step.env].flatMap(([name, node]) => {
    const [first] = [...inNode(node)];
    return first ? [{ name, ...first }] : [];
  });
  for (const prompt of prompts) {
    yield* inNode(prompt);
    for (const { name, ...text } of variables) {
      if (new RegExp(`\\b${name}\\b`).test(prompt.text)) yield { ...text, variable: name };
    }
  }
  for (const { words } of commands) {
    for (const { text, span } of words) {
      for (const expression of expressionsOf(text)) {
        const foreign = foreignTextIn(expression.text);
        if (foreign) yield { ...foreign, span };
      }
      for (const { name, ...variable } of variables) {
        if (new RegExp(`\\$\\{?${name}\\b`).test(text)) yield { ...variable, variable: name };
      }
    }
  }
}

function* inNode(node: TreeNode): Iterable<ForeignText> {
  const { written, text, span } = node;
  for (const { text: inside, at, end } of expressionsOf(written ?? text)) {
    const foreign = foreignTextIn(inside);
    const place = written === undefined ? span : { start: span.start + at, end: span.start + end };
    if (foreign) yield { ...foreign, span: place };
  }
}

/** How harmful it is, over the triggers that carry the text; undefined when only people of the project write it. */
function severityOf(
  agent: AgentStep,
  { of, variable }: ForeignText,
  triggers: readonly Trigger[],
  workflow: Workflow,
): { severity: Severity; message: string } | undefined {
  const carrying = triggers.filter((trigger) => carries(trigger, of));
  if (carrying.length === 0) return undefined;
  const asked = asksWho(agent);
  const open = carrying.filter((trigger) => !asked && !byHand(trigger) && !agent.checksSender(trigger.event));
  if (open.length === 0) {
    // A condition on who comments says nothing about who wrote the issue.
    return carrying.some((trigger) => !authorStarts(trigger, of))
      ? { severity: 'warning', message: 'other' }
      : undefined;
  }
  // Who starts the other workflow is not known here.
  const onlyCalled = open.every(({ event }) => /^workflow_/.test(event));
  const isWorst = agent.acts && !onlyCalled && !onlyReads(agent.job, workflow);
  const severity: Severity = isWorst ? 'error' : 'warning';
  return variable ? { severity: lowered(severity), message: 'named' } : { severity, message: 'spliced' };
}

/** Whether the token is said to have no right to write. */
function onlyReads(job: Job, workflow: Workflow): boolean {
  const permissions = job.permissions ?? workflow.permissions;
  if (!permissions) return false;
  return permissions.kind === 'map'
    ? permissions.entries.every(({ node }) => node.text !== 'write')
    : permissions.text !== 'write-all';
}

function workflow(on: string, steps: string): string {
  return `on:\n  ${on}\njobs:\n  work:\n    runs-on: ubuntu-latest\n    steps:\n      ${steps}\n`;
}
