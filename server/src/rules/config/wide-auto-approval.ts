import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { removeFrom } from '../../languages/json.ts';
import type { Setting } from '../../languages/settings.ts';
import { APPROVALS } from './wide-auto-approval.table.ts';

export const wideAutoApproval = defineRule({
  meta: {
    id: 'GL505',
    name: 'wide-auto-approval',
    title: 'List of unasked actions that leaves nothing to ask',
    kinds: ['assistant-settings', 'mcp'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'cwe:CWE-250',
    ],
    detections: ['INS-15'],
    why: 'An entry that fits every command, or an interpreter that runs any program it is handed, makes the list the same as not asking at all.',
    how: 'Name the commands with their first arguments, such as `Bash(npm run test:*)`, and let the assistant ask for the rest.',
    messages: { wide: '`{entry}` lets {assistant} use {what} without asking' },
    examples: [
      {
        path: '.claude/settings.json',
        bad: '{\n  "permissions": {\n    "allow": ["Read", "Bash(git diff:*)", "Bash(python:*)"]\n  }\n}\n',
        fixed: '{\n  "permissions": {\n    "allow": ["Read", "Bash(git diff:*)"]\n  }\n}\n',
        good: '{\n  "permissions": {\n    "allow": ["Read", "Bash(git diff:*)", "Bash(npm run test:*)"],\n    "deny": ["Bash"]\n  }\n}\n',
      },
      {
        path: '.vscode/settings.json',
        bad: '{\n  "chat.tools.terminal.autoApprove": {\n    "/.*/": true,\n    "ls": true\n  }\n}\n',
        fixed: '{\n  "chat.tools.terminal.autoApprove": {\n    "ls": true\n  }\n}\n',
        good: '{\n  "chat.tools.terminal.autoApprove": {\n    "/^git (status|diff)\\\\b/": true,\n    "rm": false,\n    "python": false\n  }\n}\n',
      },
      {
        path: '.vscode/settings.json',
        bad: '{\n  "chat.tools.terminal.autoApprove": {\n    "python": { "approve": true, "matchCommandLine": false },\n    "ls": true\n  }\n}\n',
        fixed: '{\n  "chat.tools.terminal.autoApprove": {\n    "ls": true\n  }\n}\n',
        good: '{\n  "chat.tools.terminal.autoApprove": {\n    "python": { "approve": false },\n    "/^npm run test\\b/": { "approve": true }\n  }\n}\n',
      },
      {
        path: '.claude/settings.json',
        bad: '{ "permissions": { "allow": ["Bash(* *)", "Edit(*)", "Bash(python3 *)", "Bash(curl:*)", "mcp__*"] } }\n',
        good: '{ "permissions": { "allow": ["Read", "Edit(docs/**)", "Bash(curl -sI *)", "mcp__tickets__search", "WebFetch(domain:docs.python.org)"] } }\n',
      },
      {
        path: '.claude/settings.local.json',
        bad: '{ "permissions": { "additionalDirectories": ["~"] } }\n',
        good: '{ "permissions": { "additionalDirectories": ["../shared"] } }\n',
      },
    ],
  },
  *check(file) {
    for (const { assistant, files, path, entry, any, what, severity = 'warning' } of APPROVALS) {
      if (!files.test(file.path)) continue;
      const details = file.settings.find(...path, 'approve').filter(({ value }) => value === true);
      const approved = new Set(details.map(({ path }) => path.at(-2)));
      for (const setting of file.settings.find(...path)) {
        const key = setting.path.at(-1);
        const text = entry === 'item' ? setting.value : (setting.value === true || approved.has(key)) && key;
        if (typeof text !== 'string' || !any.test(text)) continue;
        yield {
          span: setting.keySpan,
          message: 'wide',
          severity,
          data: { entry: text, assistant, what },
          fixes: [removal(file, setting)],
        };
      }
    }
  },
});

function removal({ text }: SourceFile, { keySpan, whole, path }: Setting): Fix {
  // The span of a key or text is that without its quotes.
  const start = Math.min(text.lastIndexOf('"', keySpan.start), whole.start);
  const isItem = /^\d+$/.test(path.at(-1) ?? '');
  const item = { start: isItem ? whole.start : start, end: whole.end };
  return { title: 'Remove the entry', kind: 'suggestion', edits: [removeFrom(text, item)] };
}
