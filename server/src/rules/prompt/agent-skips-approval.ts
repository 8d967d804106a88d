import { defineRule } from '../../engine/rule.ts';
import { contentSpan } from '../../languages/prompts/fields.ts';

const MODES: Readonly<Record<string, 'bypass' | 'mode'>> = {
  bypassPermissions: 'bypass',
  acceptEdits: 'mode',
  dontAsk: 'mode',
  auto: 'mode',
};

export const agentSkipsApproval = defineRule({
  meta: {
    id: 'GL408',
    name: 'agent-skips-approval',
    title: 'Agent file that switches off questions',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.1.4-1',
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'owasp-llm-2025:LLM06',
      'cwe:CWE-862',
    ],
    why: 'Whoever opens the project gets an agent that changes files or runs commands without being asked. A sentence in a web page or an issue it reads is then enough to make it act.',
    how: 'Leave the mode out, and grant the few commands that are needed one by one.',
    messages: {
      bypass: '`{mode}` lets this agent do everything without a question',
      mode: '`{mode}` lets this agent change things without a question',
      never: 'Tools of `{server}` run without a question, also those it adds later',
    },
    detections: ['INS-08'],
    examples: [
      {
        path: '.claude/agents/fixer.md',
        bad: '---\nname: fixer\ndescription: Repairs failing tests.\ntools: Read, Edit\npermissionMode: bypassPermissions\n---\nRepair the test.\n',
        fixed:
          '---\nname: fixer\ndescription: Repairs failing tests.\ntools: Read, Edit\npermissionMode: default\n---\nRepair the test.\n',
        good: '---\nname: fixer\ndescription: Repairs failing tests.\ntools: Read, Edit\npermissionMode: plan\n---\nRepair the test.\n',
      },
      {
        path: 'desk.prompty',
        bad: '---\ndescription: Looks up tickets.\ntools:\n  - name: tickets\n    kind: mcp\n    serverName: tickets\n    approvalMode: never\n---\nsystem:\nLook it up.\n',
      },
    ],
  },
  *check({ prompt, text }) {
    const { fields, format } = prompt;
    const mode = fields.get('permissionMode');
    const kind = mode && MODES[mode.text];
    if (mode && kind) {
      const span = contentSpan(text, mode);
      yield {
        span,
        message: kind,
        data: { mode: mode.text },
        ...(kind === 'bypass' && { severity: 'error' as const }),
        fixes: [{ title: 'Ask as usual', kind: 'suggestion', edits: [{ ...span, text: 'default' }] }],
      };
    }
    if (format !== 'prompty') return;
    for (let index = 0; index < fields.items('tools').length; index++) {
      const approval = fields.get('tools', index, 'approvalMode', 'kind') ?? fields.get('tools', index, 'approvalMode');
      if (approval?.text !== 'never') continue;
      const server = fields.get('tools', index, 'serverName') ?? fields.get('tools', index, 'name');
      yield { span: approval.span, message: 'never', data: { server: server?.text || 'this server' } };
    }
  },
});
