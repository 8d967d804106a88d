import { defineRule } from '../../engine/rule.ts';
import { findConfusableWords } from '../../languages/confusables.ts';
import { findHiddenCharacters, type HiddenKind } from '../../languages/hiddenCharacters.ts';

const NAMES: Record<HiddenKind, string> = {
  tag: 'tag',
  bidi: 'bidirectional control',
  variation: 'variation selector',
  'zero-width': 'zero-width',
};

export const hiddenCharacters = defineRule({
  meta: {
    id: 'GL802',
    name: 'hidden-characters',
    title: 'Characters that a person does not see and a model reads',
    kinds: ['prompt', 'mcp', 'assistant-settings', 'model-card', 'data-card', 'python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'safe',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'cwe:CWE-116',
      'atlas:AML.T0051.001',
    ],
    why: 'Invisible characters carry instructions past a reviewer to the model, or make source code look different from what runs.',
    how: 'Delete them. If the text needs one (a joiner in a word, say), disable the finding there and give the reason.',
    messages: {
      confusable: 'This word reads "{latin}", but has letters of another script in it ({codes})',
      hidden: 'Hidden {name} characters {codes}',
      spelled: 'Hidden tag characters spell "{decoded}" ({codes})',
    },
    peers: ['bandit B613', 'ruff PLE2502', 'semgrep ai-config-hidden-unicode'],
    detections: ['INS-01', 'INS-02', 'INS-03'],
    examples: [
      {
        path: 'AGENTS.md',
        bad: 'Run the tests.\u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}\n',
        fixed: 'Run the tests.\n',
        good: 'Ship it 🏳️‍🌈 👩‍💻 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣.\n',
      },
      {
        title: 'letters of another script',
        path: 'AGENTS.md',
        bad: 'Run p\u0430ssword checks.\n',
        fixed: 'Run password checks.\n',
        good: 'Passwords: \u043F\u0430\u0440\u043E\u043B\u044C, \u0394max and 3 \u03BCs.\n',
      },
      { path: 'review.prompt.md', bad: 'Never appr\u200Bove this.\n', fixed: 'Never approve this.\n' },
      {
        path: 'check.py',
        bad: 'access = "user\u202E # only admins\u2066"\n',
        fixed: 'access = "user # only admins"\n',
      },
    ],
  },
  *check({ kind, text }) {
    // Zero-width characters come with pasted prose and are harmless in it; hidden from a model they are not.
    const readByModel = kind === 'prompt' || kind === 'mcp';
    for (const { kind: hidden, codes, decoded, start, end } of findHiddenCharacters(text)) {
      if (!readByModel && (hidden === 'zero-width' || hidden === 'variation')) continue;
      const insideWord = /\w/.test(text[start - 1] ?? '') && /\w/.test(text[end] ?? '');
      yield {
        span: { start, end },
        message: decoded ? 'spelled' : 'hidden',
        data: { name: NAMES[hidden], codes, ...(decoded && { decoded }) },
        severity: severityOf(hidden, insideWord, codes),
        // In code and cards they may be data: a test string, a quoted attack.
        fixes: [
          {
            title: 'Delete the hidden characters',
            kind: readByModel ? 'safe' : 'suggestion',
            edits: [{ start, end, text: '' }],
          },
        ],
      };
    }
    if (!readByModel) return;
    for (const { latin, codes, start, end } of findConfusableWords(text)) {
      yield {
        span: { start, end },
        message: 'confusable',
        data: { latin, codes },
        severity: 'warning',
        fixes: [
          { title: `Write "${latin}" in Latin letters`, kind: 'suggestion', edits: [{ start, end, text: latin }] },
        ],
      };
    }
  },
});

/** A single selector after no picture is left over from editing; joined words and everything else hide something. */
function severityOf(hidden: HiddenKind, insideWord: boolean, codes: string) {
  if (hidden === 'variation' && !codes.includes(' ') && !codes.startsWith('U+E')) return 'info';
  return hidden === 'zero-width' && !insideWord ? 'warning' : 'error';
}
