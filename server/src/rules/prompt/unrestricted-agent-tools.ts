import { defineRule } from '../../engine/rule.ts';

const SHELL = /^Bash(?:\((?::?\*)?\))?$/;

export const unrestrictedAgentTools = defineRule({
  meta: {
    id: 'GL403',
    name: 'unrestricted-agent-tools',
    title: 'Agent with every tool, or with an unrestricted shell',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'cwe:CWE-250',
    ],
    why: 'Text that the agent reads can steer it. What it may then do is limited only by the tools it was given, and here nothing limits them.',
    how: 'List the tools the task needs by name, and scope a shell to the commands it needs: `Bash(git diff:*)`.',
    messages: {
      all: '`{tool}` grants every tool there is, also those added later',
      shell: '`{tool}` lets the agent run any command without asking; scope it, for example `Bash(git diff:*)`',
    },
    detections: ['INS-08'],
    examples: [
      {
        path: '.github/agents/helper.agent.md',
        bad: '---\ndescription: Answers questions about the code base.\ntools: ["*"]\n---\nAnswer the question.\n',
        good: '---\ndescription: Answers questions about the code base.\ntools: ["search", "read"]\n---\nAnswer the question.\n',
      },
      {
        path: '.claude/commands/commit.md',
        bad: '---\nallowed-tools: Bash\ndescription: Commit what is staged.\n---\nCommit.\n',
        good: '---\nallowed-tools: Bash(git add:*), Bash(git commit:*)\ndescription: Commit what is staged.\n---\nCommit.\n',
      },
    ],
  },
  *check({ prompt }) {
    for (const { text: tool, span } of [...(prompt.tools ?? []), ...(prompt.granted ?? [])]) {
      if (tool === '*' || tool === 'all') yield { span, message: 'all', data: { tool } };
    }
    // Under `tools` a shell is only visible to the model and still asks; under `allowed-tools` it runs.
    for (const { text: tool, span } of prompt.granted ?? []) {
      if (SHELL.test(tool)) yield { span, message: 'shell', data: { tool } };
    }
  },
});
