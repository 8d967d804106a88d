import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import { agentSteps } from '../../languages/agentSteps.ts';

/** Packages of coding agents. */
const AGENTS =
  /^(?:@anthropic-ai\/claude-code|@google\/gemini-cli|@openai\/codex|@github\/copilot|@qwen-code\/qwen-code|opencode-ai|@sourcegraph\/amp)$/;

export const unpinnedAgentAction = defineRule({
  meta: {
    id: 'GL524',
    name: 'unpinned-agent-action',
    title: 'Agent of a build taken in whatever version is newest',
    kinds: ['workflow', 'container', 'script'],
    severity: 'hint',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'atlas:AML.T0010.001',
    ],
    detections: ['CFG-16'],
    why: 'A tag or branch of an action can be moved, and a package without a version is the newest one. Whoever takes the account over runs code with the token and the model key of the project.',
    how: 'Name the commit (`@<40 digits> # v1.2.3`) or the version (`package@1.2.3`), and let a bot propose newer ones.',
    messages: {
      action: '`{action}` is taken at `{ref}`, which can be moved; name the commit',
      actionMany: '{count} agent actions are taken at a tag or branch, `{action}` first',
      package: '`{package}` is installed in whatever version is newest',
      packageMany: '{count} agents are installed in whatever version is newest, `{package}` first',
    },
    peers: ['codeql actions/unpinned-tag', 'semgrep third-party-action-not-pinned-to-commit-sha'],
    examples: [
      {
        path: '.github/workflows/claude.yml',
        bad: 'on: push\njobs:\n  a:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
        good: 'on: push\njobs:\n  a:\n    steps:\n      - uses: anthropics/claude-code-action@0123456789abcdef0123456789abcdef01234567 # v1.0.9\n      - uses: actions/checkout@v4\n',
      },
      {
        path: 'Dockerfile',
        bad: 'FROM node:22\nRUN npm install -g @anthropic-ai/claude-code\n',
        good: 'FROM node:22\nRUN npm install -g @anthropic-ai/claude-code@2.0.14 typescript\n',
      },
      { path: 'setup.sh', bad: 'npx -y @google/gemini-cli --version\n' },
    ],
  },
  *check({ kind, workflow, commands, text }) {
    const actions: Problem[] = [];
    for (const { step } of kind === 'workflow' ? agentSteps(workflow) : []) {
      const { uses } = step;
      const [, action = '', ref = ''] = /^([^@]+)@(.+)$/.exec(uses?.text ?? '') ?? [];
      if (!uses || !action || /^[\da-f]{40}$/i.test(ref) || /\$\{\{/.test(ref)) continue;
      actions.push({ span: uses.span, message: 'action', data: { action, ref } });
    }
    yield* grouped(actions, 'actionMany');
    if (!/\b(?:npm|npx|pnpm|yarn|bunx?)\b/.test(text)) return;
    const packages: Problem[] = [];
    for (const { program, words } of commands) {
      if (!/^(?:npm|npx|pnpm|pnpx|yarn|bunx?)$/.test(program)) continue;
      for (const { text: word, span } of words.slice(1)) {
        const name = word.replace(/@(?:latest|next)$/, '');
        if (AGENTS.test(name)) packages.push({ span, message: 'package', data: { package: word } });
      }
    }
    yield* grouped(packages, 'packageMany');
  },
});
