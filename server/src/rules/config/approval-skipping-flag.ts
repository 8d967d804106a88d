import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { commandAt, isWarning } from '../../languages/prompts/prose.ts';

/**
 * Options with which a coding assistant asks nobody, or leaves its sandbox. Sources: the command references of Claude Code,
 * Codex, Gemini CLI, Copilot CLI, Amazon Q, Aider and Cursor (2026). Words that other programs also use (`--yolo`,
 * `--full-auto`, `--auto-approve`) count behind an assistant's name only.
 */
const OWN =
  '--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--permission-mode[ =]+bypassPermissions|--sandbox[ =]+danger-full-access|--ask-for-approval[ =]+never|--approval-mode[ =]+yolo|--allow-all-tools|--trust-all-tools';
const FLAG = new RegExp(`(?<![\\w-])(?:${OWN})(?![\\w-])`, 'g');
const SHARED_FLAG = /(?<![\w-])--(?:yolo|full-auto|yes-always|auto-approve|allow-all-paths|force)(?![\w-])/g;
/** The command before such an option; other programs are told to go ahead with `--force`. */
const ASSISTANT = /\b(?:claude|codex|gemini|qwen|copilot|cursor-agent|aider|opencode|q chat)\b[^|;&`\n]*$/;
const FORCED = /\bcursor-agent\b[^|;&`\n]*$/;
/** How far before an option its command is looked for, in UTF-16 code units. */
const REACH = 160;

/** What lists or compares options rather than using one. */
const ABOUT = /\b(?:equivalent|maps? to|means|option|without|unless)\b|[|]/i;

export const approvalSkippingFlag = defineRule({
  meta: {
    id: 'GL512',
    name: 'approval-skipping-flag',
    title: 'Coding assistant started with an option that skips every question',
    kinds: ['prompt', 'mcp', 'assistant-settings'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'cwe:CWE-250',
    ],
    detections: ['INS-16'],
    why: 'An assistant that is started like this runs whatever a file, web page or issue tells it, with the rights of the person. Malicious packages have started the assistants they found on a machine in this way.',
    how: 'Allow the few commands it needs by name. Where nobody is there to answer, run it in a throw-away container without secrets.',
    messages: { flag: '`{flag}` lets the assistant act without asking anybody' },
    examples: [
      {
        path: 'AGENTS.md',
        bad: '# Review\n\nStart a second opinion with `claude --dangerously-skip-permissions -p "Review this"`.\n',
        good: '# Rules\n\nNever use `--dangerously-skip-permissions`. Do not run codex --yolo on this machine.\n',
      },
      {
        path: '.claude/commands/ask.md',
        bad: '---\ndescription: Asks another model.\n---\n```sh\ncodex exec --full-auto "$1"\n```\n',
        good: '---\ndescription: Deploys.\n---\n```sh\nterraform apply -auto-approve\nmake release --force\n```\n',
      },
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "codex": { "command": "codex", "args": ["mcp", "--dangerously-bypass-approvals-and-sandbox"] } } }\n',
        good: '{ "mcpServers": { "codex": { "command": "codex", "args": ["mcp"] } } }\n',
      },
      {
        path: '.vscode/tasks.json',
        bad: '{ "tasks": [{ "label": "fix", "type": "shell", "command": "gemini --yolo -p fix" }] }\n',
      },
    ],
  },
  *check(file) {
    for (const { text, span } of commandsOf(file)) {
      const exact = span.end - span.start === text.length;
      let lineEnd = 0;
      for (const { start, end } of flagsIn(text)) {
        const flag = text.slice(start, end);
        // Once per line is enough.
        if (start < lineEnd) continue;
        if (file.kind === 'prompt' && isWarnedOf(file, { start, end })) continue;
        const next = text.indexOf('\n', end);
        lineEnd = next === -1 ? text.length : next;
        yield problem(exact ? { start: span.start + start, end: span.start + end } : span, flag);
      }
    }
  },
});

/** Whether the line with the option, the one above it or the heading speaks against or only about it. */
function isWarnedOf({ prompt, text }: SourceFile, { start, end }: Span): boolean {
  const sentence = commandAt(prompt.prose, text, start);
  const from = sentence.span.start;
  if (isWarning(sentence, { start: start - from, end: end - from })) return true;
  return ABOUT.test(`${sentence.text.slice(0, start - from)} ${sentence.text.slice(end - from)} ${sentence.heading}`);
}

function problem(span: Span, flag: string): Problem {
  return { span, message: 'flag', data: { flag } };
}

/** The text of a prompt; else the command lines in settings. */
function commandsOf(file: SourceFile): { text: string; span: Span }[] {
  if (file.kind === 'prompt') return [{ text: file.text, span: { start: 0, end: file.text.length } }];
  // Not before: a view is made when it is named.
  const { mcp, settings } = file;
  const servers = mcp.servers.map(({ command, args }) => ({ words: [...(command ? [command] : []), ...args] }));
  const lines = servers.flatMap(({ words }) => {
    const [first] = words;
    const last = words.at(-1);
    return first && last
      ? [{ text: words.map((word) => word.text).join(' '), span: { start: first.span.start, end: last.span.end } }]
      : [];
  });
  const commands = [
    ...settings.find('tasks', '*', 'command'),
    ...settings.find('hooks', '*', '*', 'hooks', '*', 'command'),
    ...settings.find('hooks', '*', '*', 'command'),
  ];
  return [
    ...lines,
    ...commands.flatMap(({ value, span }) => (typeof value === 'string' ? [{ text: value, span }] : [])),
  ];
}

function flagsIn(text: string): Span[] {
  const own = [...text.matchAll(FLAG)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const shared = [...text.matchAll(SHARED_FLAG)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - REACH), match.index);
    const isAssistants = (match[0] === '--force' ? FORCED : ASSISTANT).test(before);
    return isAssistants ? [{ start: match.index, end: match.index + match[0].length }] : [];
  });
  return [...own, ...shared].sort((a, b) => a.start - b.start);
}
