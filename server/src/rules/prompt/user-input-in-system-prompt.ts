import { defineRule } from '../../engine/rule.ts';

/** What programs fill in to set the reply up, not what people write. */
const SETTING =
  /^(?:\w*(?:lang|language|locale|date|time|now|today|timezone|format|schema|tone|style|version|count|limit|size|length|index|tools?|functions?|model|role|persona|name|id)|num\w*|max\w*|min\w*|n|k|is[A-Z_]\w*|has[A-Z_]\w*|output_?format\w*)$/i;

export const userInputInSystemPrompt = defineRule({
  meta: {
    id: 'GL404',
    name: 'user-input-in-system-prompt',
    title: 'Untrusted text filled into the system message',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'cwe:CWE-1427',
      'atlas:AML.T0051',
    ],
    why: 'Models give the system message the most weight. Text of a user or a document that is filled in there is read as orders of the developer, so whoever writes it can change what the system does.',
    how: 'Move the variable into a user message, between marks that say it is data. If only your program writes it, give the input a type or a list of values, or name it under `metadata.trusted_inputs`.',
    messages: {
      user: '`{name}` stands in the system message: what it holds is read as instructions. Move it into a user message',
      unknown:
        '`{name}` stands in the system message. If it can hold text from outside, move it into a user message; else declare what it may be',
    },
    detections: ['INS-10'],
    examples: [
      {
        title: 'Prompty, where text before the first role is the system message',
        path: 'answer.prompty',
        bad: '---\nname: answer\ndescription: Answers from the help articles.\ninputs:\n  question:\n    type: string\n---\nAnswer politely: {{question}}\n',
        good: '---\nname: answer\ndescription: Answers from the help articles.\ninputs:\n  question:\n    type: string\n---\nsystem:\nAnswer politely.\n\nuser:\n<question>{{question}}</question>\n',
      },
      {
        title: 'GitHub Models',
        path: 'sum-up.prompt.yml',
        bad: 'description: Sums up tickets for the desk.\nmessages:\n  - role: system\n    content: Sum up {{ticket}}\n',
        good: 'description: Sums up tickets for the desk.\nmessages:\n  - role: system\n    content: Sum up in {{language}}.\n  - role: user\n    content: "{{ticket}}"\n',
      },
      {
        title: 'Dotprompt, where text without a role is the user message',
        path: 'greet.prompt',
        bad: '---\nmodel: googleai/gemini-2.5-flash\n---\n{{role "system"}}\nHelp with {{query}}.\n',
        good: '---\nmodel: googleai/gemini-2.5-flash\n---\nHelp with {{query}}.\n',
      },
      {
        title: 'a list of values holds no orders',
        path: 'sort.prompty',
        good: '---\ndescription: Sorts messages into queues.\ninputs:\n  - name: message\n    kind: string\n    enum: [refund, other]\n---\nsystem:\nSort {{message}}.\n',
      },
    ],
  },
  *check({ prompt }) {
    const seen = new Set<string>();
    for (const { name, span, role, trust, delimited } of prompt.variables) {
      if (role !== 'system' || trust === 'trusted' || seen.has(name)) continue;
      // Agent and instruction files have no roles: they are instructions as a whole, and their arguments too.
      if (['agent', 'vscode-prompt', 'claude-command', 'command-toml'].includes(prompt.format)) continue;
      const last = name.slice(name.lastIndexOf('.') + 1);
      if (trust === 'unknown' && (SETTING.test(last) || delimited)) continue;
      seen.add(name);
      yield {
        span,
        message: trust,
        data: { name },
        ...(trust === 'unknown' && { severity: 'info' as const, confidence: 'low' as const }),
      };
    }
  },
});
