import { defineRule } from '../../engine/rule.ts';
import { findAsked } from '../../languages/prompts/prose.ts';
import { canAct } from '../../languages/prompts/tools.ts';

const WHAT = '(?:confirmation|approval|permission|consent|validation|authori[sz]ation)';
const WHO = "(?:(?:the )?(?:user|human)s?(?:[’']s)? |(?:explicit|further|prior|any|manual|additional) ){0,3}";
/** Asking nobody, waiting for nobody, needing nobody's yes. */
const UNASKED = new RegExp(
  [
    `\\bwithout (?:first |ever )?(?:asking|prompting|consulting)(?=\\s*(?:[.,;:)!*\\n]|$)|(?: (?:for|the user|me|first|user|permission|confirmation|approval)\\b))(?: (?:the user|me|user))?(?: for)?(?: ${WHO}${WHAT})?`,
    `\\bwithout (?:first |ever )?(?:waiting for|requesting|seeking|requiring|needing(?: to ask)?(?: for)?) ${WHO}(?:${WHAT}|input|user)\\b`,
    `\\bwithout (?:(?:user|human|explicit|further|prior|manual) ){1,3}(?:${WHAT}|intervention)\\b`,
    '\\bwithout (?:confirmation|approval)\\b',
    `\\b(?:do not|don[’']t|never|no need to) (?:ask|wait|pause|stop)(?: the user| me)?(?: to ask)?(?: and ask)? (?:the user )?for ${WHO}(?:user )?${WHAT}\\b`,
    '\\bno (?:user |human )?(?:confirmation|approval|permission) (?:is )?(?:needed|required|necessary)\\b',
    '\\bzero[- ]confirmation\\b',
  ]
    .join('|')
    // Sentences go over line ends.
    .replaceAll(' ', '\\s{1,9}'),
  'gi',
);

/** Searching and reading harm nobody; what is asked without a question has to be an act. */
const ACT =
  /\b(?:run|execut\w*|appl(?:y|ies|ied)|edit\w*|writ(?:e|es|ing)|delet\w*|remov\w*|creat\w*|install\w*|commit\w*|push\w*|deploy\w*|merg\w*|modif\w*|chang\w*|fix\w*|implement\w*|proceed\w*|continu\w*|start\w*|act\b|automatic\w*|immediately|autonomous\w*|updat\w*|generat\w*|perform\w*|overwrit\w*|send\w*|post\w*|publish\w*|mov(?:e|es|ing))/i;

export const confirmationRemoved = defineRule({
  meta: {
    id: 'GL410',
    name: 'confirmation-removed',
    title: 'Instruction to act without asking a human',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.1.4-1',
      'ncsc-cisa-2023:ncsc-1.3.5',
      'owasp-llm-2025:LLM06',
      'eu-ai-act:14.4.e',
      'cwe:CWE-862',
    ],
    why: 'A question before an act is the last point at which somebody notices that an agent was misled by what it read. With a terminal or write access and without that question, a mistake or a planted sentence takes effect at once.',
    how: 'Let the agent ask before it runs, deletes, pushes or sends. Say which few steps need no question.',
    messages: {
      armed: 'The agent is told to act without a question, and it has {tools}',
      unarmed: 'The model is told to act without a question',
    },
    detections: ['INS-05'],
    examples: [
      {
        path: '.github/agents/fix.agent.md',
        bad: '---\ndescription: Repairs failing builds.\ntools: ["execute", "edit"]\n---\nApply all changes without asking for confirmation.\n',
        good: '---\ndescription: Repairs failing builds.\ntools: ["execute", "edit"]\n---\nNever apply changes without asking for confirmation.\n',
      },
      { path: 'AGENTS.md', good: 'A guide may say "run it without asking" and mean the opposite.\n' },
    ],
  },
  *check({ prompt }) {
    const can = canAct(prompt);
    const tools =
      can.terminal && can.write ? 'a terminal and write access' : can.terminal ? 'a terminal' : 'write access';
    const armed = can.terminal || can.write;
    for (const { sentence, span } of findAsked(prompt.prose, UNASKED)) {
      if (!ACT.test(sentence.text)) continue;
      yield armed ? { span, message: 'armed', data: { tools } } : { span, message: 'unarmed', severity: 'info' };
    }
  },
});
