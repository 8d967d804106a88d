import { defineRule } from '../../engine/rule.ts';
import { lineAt } from '../../engine/span.ts';
import type { PromptFormat } from '../../languages/prompt.ts';

/** Formats in which `description` is a key their product reads, so that writing one costs a line. */
const DESCRIBED: readonly PromptFormat[] = ['vscode-prompt', 'agent', 'instructions', 'skill', 'prompty', 'dotprompt'];

/** What our own fix leaves behind, and what people write instead of an answer. */
const PLACEHOLDER = /^(?:to ?do|tbd|tba|fixme|\.{3}|<[^>]*>|\[[^\]]*\])(?:\b|$|:)/i;

export const missingPromptPurpose = defineRule({
  meta: {
    id: 'GL401',
    name: 'missing-prompt-purpose',
    title: 'Prompt file that does not say what it is for',
    kinds: ['prompt'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.2', 'etsi-en-304-223:5.1.2-3'],
    why: 'A prompt decides how the system behaves. Without a stated purpose nobody can review whether a change to it is right, or whether it is used for something it was not written for.',
    how: 'Add a `description` to the front matter: who uses the prompt, for which task.',
    messages: {
      missing: 'The front matter has no `description` of what this prompt is for',
      placeholder: 'Say in `description` what this prompt is for',
    },
    examples: [
      {
        path: 'review.prompt.md',
        bad: '---\nagent: ask\n---\nReview the open file for security defects.\n',
        good: '---\nagent: ask\ndescription: Security review of one file before a pull request.\n---\nReview the open file.\n',
      },
      { path: 'AGENTS.md', good: '# Working in this repository\n\nRun the tests before you commit.\n' },
    ],
  },
  *check({ prompt, text }) {
    const { format, head, description } = prompt;
    // A file without front matter may be read by a product that knows none.
    if (!DESCRIBED.includes(format) || !head.present) return;
    if (description) {
      if (PLACEHOLDER.test(description.text)) yield { span: description.span, message: 'placeholder' };
      return;
    }
    const { start } = head.content;
    const empty = head.get('description');
    yield {
      span: empty?.keySpan ?? lineAt(text, head.start),
      message: 'missing',
      fixes: [
        {
          title: 'Add a description to fill in',
          kind: 'suggestion',
          edits: empty
            ? [{ ...empty.span, text: ' "TODO: what this prompt is for, and who uses it"' }]
            : [{ start, end: start, text: 'description: "TODO: what this prompt is for, and who uses it"\n' }],
        },
      ],
    };
  },
});
