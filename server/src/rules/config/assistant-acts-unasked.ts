import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import { UNASKED } from './assistant-acts-unasked.table.ts';

export const assistantActsUnasked = defineRule({
  meta: {
    id: 'GL504',
    name: 'assistant-acts-unasked',
    title: 'Settings with which a coding assistant acts without asking',
    kinds: ['assistant-settings', 'mcp'],
    severity: 'error',
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
    detections: ['INS-11', 'INS-12', 'INS-13', 'INS-14'],
    why: 'A file, web page or issue that the assistant reads can tell it what to do. Its question before a command is the last place where a person sees that. In a project file the setting holds for everybody who opens the project.',
    how: 'Let it ask, and allow the few harmless commands by name. Where nobody is there to answer, run it in a throw-away container without secrets.',
    messages: {
      acts: '{assistant} acts without asking: `{key}` is {value}',
      unconfined: '{assistant} works without its barrier: `{key}` is {value}',
    },
    peers: ['semgrep claude-settings-bypass-permissions'],
    examples: [
      {
        path: '.claude/settings.json',
        bad: '{\n  "permissions": { "defaultMode": "bypassPermissions" }\n}\n',
        fixed: '{\n  "permissions": { "defaultMode": "default" }\n}\n',
        good: '{\n  "permissions": { "defaultMode": "plan", "disableBypassPermissionsMode": "disable" }\n}\n',
      },
      {
        path: '.vscode/settings.json',
        bad: '{\n  // no more questions\n  "chat.tools.global.autoApprove": true,\n}\n',
        fixed: '{\n  // no more questions\n  "chat.tools.global.autoApprove": false,\n}\n',
        good: '{\n  "editor.formatOnSave": true,\n  "chat.tools.global.autoApprove": false\n}\n',
      },
      {
        path: '.codex/config.toml',
        bad: 'model = "gpt-5"\napproval_policy = "never" # for now\n\n[profiles.ci]\nsandbox_mode = "danger-full-access"\n',
        fixed:
          'model = "gpt-5"\napproval_policy = "on-request" # for now\n\n[profiles.ci]\nsandbox_mode = "workspace-write"\n',
        good: 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"\n',
      },
      {
        path: '.gemini/settings.json',
        bad: '{ "general": { "defaultApprovalMode": "yolo" } }\n',
        good: '{ "general": { "defaultApprovalMode": "auto_edit" }, "security": { "disableYoloMode": true } }\n',
      },
      {
        path: 'team.code-workspace',
        bad: '{ "folders": [], "settings": { "security.workspace.trust.enabled": false } }\n',
      },
      {
        title: 'a mode that is blocked',
        path: '.claude/settings.json',
        good: '{ "permissions": { "defaultMode": "bypassPermissions", "disableBypassPermissionsMode": "disable" } }\n',
      },
      {
        title: 'settings of another program',
        path: '.vscode/settings.json',
        good: '{ "permission": "allow", "autoAccept": true }\n',
      },
    ],
  },
  *check({ path, settings }) {
    for (const row of UNASKED) {
      if (!row.files.test(path)) continue;
      const { unless } = row;
      if (unless && settings.find(...unless.path).some(({ value }) => value === unless.value)) continue;
      for (const { value, whole, keySpan, path: keys } of settings.find(...row.path)) {
        if (value === undefined || value === null || !row.unsafe.includes(value)) continue;
        const { safe, message, severity, assistant } = row;
        const fixes: Fix[] = safe
          ? [{ title: `Change to ${safe}`, kind: 'suggestion', edits: [{ ...whole, text: safe }] }]
          : [];
        const data = { assistant, key: keys.join('.'), value: `\`${value}\`` };
        yield { span: { start: keySpan.start, end: whole.end }, message, data, severity, fixes };
      }
    }
  },
});
