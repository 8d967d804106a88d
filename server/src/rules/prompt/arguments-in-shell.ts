import { defineRule } from '../../engine/rule.ts';

/** Claude Code runs `!` with a command in backticks before the model sees the file, with the arguments put in as they are. */
const RUN = /(?<![\w`])!`([^`\n]{1,400})`/g;
const ARGUMENT = /\$(?:ARGUMENTS\b(?:\[\d{1,2}\])?|[1-9]\b|\{ARGUMENTS\})/;

export const argumentsInShell = defineRule({
  meta: {
    id: 'GL409',
    name: 'arguments-in-shell',
    title: 'Arguments of a command put into a shell line',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['ncsc-cisa-2023:ncsc-1.3.3', 'etsi-en-304-223:5.2.1-4.1', 'owasp-llm-2025:LLM06', 'cwe:CWE-78'],
    why: 'The line runs before the model reads anything, and the arguments are pasted into it. A branch name or an issue title with `;` or `$(…)` in it is a second command.',
    how: 'Run the command without arguments, and let the model read the argument as text.',
    messages: { runs: '`{argument}` is pasted into a shell command that runs when the file is called' },
    detections: ['INS-09'],
    examples: [
      {
        path: '.claude/commands/issue.md',
        bad: '---\ndescription: Looks into an issue.\n---\nThe issue: !`gh issue view $ARGUMENTS`\n',
        good: '---\ndescription: Looks into an issue.\n---\nBranch: !`git branch --show-current`\n\nLook into issue $ARGUMENTS.\n',
      },
    ],
  },
  *check({ prompt, text }) {
    if (!['claude-command', 'skill', 'agent'].includes(prompt.format)) return;
    const fences = [...text.matchAll(/^[ \t]{0,8}(?:`{3,}|~{3,})/gm)].map(({ index }) => index);
    for (const match of text.slice(prompt.bodyStart).matchAll(RUN)) {
      const argument = ARGUMENT.exec(match[1] ?? '')?.[0];
      const start = prompt.bodyStart + match.index;
      if (!argument || fences.filter((fence) => fence < start).length % 2 === 1) continue;
      yield { span: { start, end: start + match[0].length }, message: 'runs', data: { argument } };
    }
  },
});
