import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { Message, PromptFormat, Variable } from '../../languages/prompt.ts';

/** In these the arguments are what the person at the keyboard types: the task itself. */
const TASKS: readonly PromptFormat[] = ['agent', 'vscode-prompt', 'claude-command', 'command-toml', 'skill'];
/** Sounds and pictures bring their own marks, and an address is no text. */
const NO_TEXT = /^(?:audio|image|img|photo|picture|video|pdf)|(?:^|[._])e-?mail$/i;
/** Fewer words are a label: `Question: {{question}}`. */
const FEWEST_WORDS = 5;

export const undelimitedPromptInput = defineRule({
  meta: {
    id: 'GL421',
    name: 'undelimited-prompt-input',
    title: 'Text from outside that runs into the instructions of a prompt',
    kinds: ['prompt'],
    severity: 'hint',
    confidence: 'medium',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.1-4.1',
      'ncsc-cisa-2023:ncsc-1.3.3',
      'owasp-llm-2025:LLM01',
      'cwe:CWE-1427',
      'atlas:AML.T0051.001',
    ],
    why: 'Nothing tells the model where the instructions end and the text of a user or a document begins, so a sentence in that text can pass for one of yours.',
    how: 'Put tags, a fence or quotation marks around the place, and say that what stands between them is data. It makes an attack harder, not impossible: limit also what the model may do.',
    messages: { open: '{names} run into the instructions: nothing marks where the text from outside begins and ends' },
    detections: ['INS-26'],
    examples: [
      {
        path: 'sum-up.prompt',
        bad: '---\nmodel: googleai/gemini-2.5-flash\n---\nSum up the following mail in one sentence. {{mail.body}}\n',
        fixed:
          '---\nmodel: googleai/gemini-2.5-flash\n---\nSum up the following mail in one sentence. <body>{{mail.body}}</body>\n',
        good: '---\nmodel: googleai/gemini-2.5-flash\n---\nSum up the mail between the tags in one sentence.\n\n<mail>\n{{mail.subject}}\n{{mail.body}}\n</mail>\n',
      },
      {
        title: 'the text alone is the message',
        path: 'answer.prompty',
        good: '---\nname: answer\n---\nsystem:\nAnswer the question of a traveller in one short paragraph.\n\nuser:\nQuestion: {{question}}\n',
      },
    ],
  },
  *check({ prompt, text }) {
    if (TASKS.includes(prompt.format)) return;
    const told = prompt.messages.filter(({ role }) => role === 'user');
    const mixed = told.flatMap((message) => {
      const inside = prompt.variables.filter(
        ({ span }) => message.span.start <= span.start && span.end <= message.span.end,
      );
      const open = inside.filter(({ name, trust, delimited }) => trust === 'user' && !delimited && !NO_TEXT.test(name));
      return open.length > 0 && wordsIn(message, inside, text) >= FEWEST_WORDS ? open : [];
    });
    const [first] = mixed;
    if (!first) return;
    const names = [...new Set(mixed.map(({ name }) => `\`${name}\``))];
    yield { span: first.span, message: 'open', data: { names: listed(names) }, fixes: [around(mixed, text)] };
  },
});

/** Words of a message beside its variables. */
function wordsIn({ span }: Message, variables: readonly Variable[], text: string): number {
  let rest = '';
  let from = span.start;
  for (const variable of variables) {
    rest += `${text.slice(from, variable.span.start)} `;
    from = variable.span.end;
  }
  rest += text.slice(from, span.end);
  return rest.replace(/\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}/g, ' ').match(/\p{L}{2,}/gu)?.length ?? 0;
}

function around(variables: readonly Variable[], text: string): Fix {
  const edits = variables.map(({ name, span }) => {
    const tag = name.replace(/^.*\./, '').replace(/[^\w-]/g, '') || 'input';
    return { ...span, text: `<${tag}>${text.slice(span.start, span.end)}</${tag}>` };
  });
  return { title: 'Put tags around it', kind: 'suggestion', edits };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
