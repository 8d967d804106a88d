import { defineRule } from '../../engine/rule.ts';
import { lineAt } from '../../engine/span.ts';

/** What `tools` is called elsewhere, or by mistake; no product reads it in an agent file. */
const MISNAMED =
  /^(?:tool|toos|tolls|tols|tool[-_]?list|(?:allow|allowed|enabled|available)[-_]?[Tt]ools?|TOOLS|Tools)$/;

export const agentWithoutToolList = defineRule({
  meta: {
    id: 'GL418',
    name: 'agent-without-tool-list',
    title: 'Agent without a list of tools, which means all of them',
    kinds: ['prompt'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.6.e',
      'etsi-en-304-223:5.1.2-6',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'cwe:CWE-250',
    ],
    why: 'An agent that names no tools gets every tool there is, also the terminal and those of servers that are added later.',
    how: 'List the tools the task needs; an empty list means none.',
    messages: {
      absent: 'Without `tools` this agent has every tool there is',
      misnamed: '`{key}` is not read here, so this agent has every tool there is; the key is `tools`',
      github: 'Without `tools` this agent has every tool there is, and it works unattended on GitHub',
    },
    detections: ['INS-08', 'INS-27'],
    examples: [
      {
        path: '.github/agents/helper.agent.md',
        bad: '---\ndescription: Answers questions about the code base.\n---\nAnswer the question.\n',
        fixed:
          '---\ntools: ["read", "search"]\ndescription: Answers questions about the code base.\n---\nAnswer the question.\n',
        good: '---\ndescription: Answers questions about the code base.\ntools: []\n---\nAnswer the question.\n',
      },
      {
        title: 'a key that commands have',
        path: '.claude/agents/reviewer.md',
        bad: '---\nname: reviewer\ndescription: Reads changes.\nallowedTools: [Read, Grep]\n---\nReview.\n',
        fixed: '---\nname: reviewer\ndescription: Reads changes.\ntools: [Read, Grep]\n---\nReview.\n',
      },
      {
        title: 'a prompt file takes the tools of its agent',
        path: 'ask.prompt.md',
        good: '---\ndescription: Answers one question about the code.\n---\nAnswer.\n',
      },
    ],
  },
  *check({ path, prompt, text }) {
    const { format, head } = prompt;
    // Without a description it is a page in an `agents` folder rather than an agent.
    if (format !== 'agent' || !head.present || !head.closed || prompt.tools || !prompt.description) return;
    if (head.get('disallowedTools')) return;
    const misnamed = head.keys().find((key) => MISNAMED.test(key.text));
    if (misnamed) {
      yield {
        span: misnamed.span,
        message: 'misnamed',
        data: { key: misnamed.text },
        severity: 'warning',
        fixes: [{ title: 'Rename to tools', kind: 'suggestion', edits: [{ ...misnamed.span, text: 'tools' }] }],
      };
      return;
    }
    const { start } = head.content;
    const github = head.get('target')?.text === 'github-copilot';
    yield {
      span: lineAt(text, head.start),
      message: github ? 'github' : 'absent',
      ...(github && { severity: 'warning' as const }),
      fixes: [
        {
          title: 'Allow reading and searching only',
          kind: 'suggestion',
          edits: [
            {
              start,
              end: start,
              text: claude(path, prompt.head) ? 'tools: Read, Grep, Glob\n' : 'tools: ["read", "search"]\n',
            },
          ],
        },
      ],
    };
  },
});

/** Claude's agents have a `name` and models by short name; GitHub's and VS Code's may have a target or servers. */
function claude(path: string, head: { get(key: string): { text: string } | undefined }): boolean {
  if (/(?:^|\/)\.claude\//.test(path) || head.get('color') || head.get('permissionMode')) return true;
  return /^(?:sonnet|opus|haiku|inherit|claude-.*)$/.test(head.get('model')?.text ?? '');
}
