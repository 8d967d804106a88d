import type { Severity } from '../../engine/finding.ts';

/** A setting with which an assistant no longer asks, or is no longer confined. */
export interface UnaskedRow {
  readonly assistant: string;
  /** Files that the assistant reads. */
  readonly files: RegExp;
  readonly path: readonly string[];
  /** Values that switch the question or the barrier off. */
  readonly unsafe: readonly (string | number | boolean)[];
  readonly severity: Severity;
  /** A setting of the same file that keeps this one from having effect. */
  readonly unless?: { readonly path: readonly string[]; readonly value: string };
  /** `acts`: without asking; `unconfined`: outside of a sandbox or without trust. */
  readonly message: 'acts' | 'unconfined';
  /** What asks again, as written in the file; null removes nothing and is no fix. */
  readonly safe?: string;
}

const CLAUDE = /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/;
const VSCODE = /(?:^|\/)\.vscode\/settings\.json$|\.code-workspace$/;
const CODEX = /(?:^|\/)\.codex\/config\.toml$/;
const GEMINI = /(?:^|\/)\.(?:gemini|qwen)\/settings\.json$/;
const OPENCODE = /(?:^|\/)opencode\.jsonc?$/;
const ZED = /(?:^|\/)\.zed\/settings\.json$/;

const claude = (row: Omit<UnaskedRow, 'assistant' | 'files'>): UnaskedRow => ({
  assistant: 'Claude Code',
  files: CLAUDE,
  ...row,
});
const vscode = (row: Omit<UnaskedRow, 'assistant' | 'files'>): UnaskedRow => ({
  assistant: 'VS Code',
  files: VSCODE,
  ...row,
});
const codex = (row: Omit<UnaskedRow, 'assistant' | 'files'>): UnaskedRow => ({
  assistant: 'Codex',
  files: CODEX,
  ...row,
});
const gemini = (row: Omit<UnaskedRow, 'assistant' | 'files'>): UnaskedRow => ({
  assistant: 'Gemini CLI',
  files: GEMINI,
  ...row,
});

const ACTS = { severity: 'error', message: 'acts' } as const;
const UNCONFINED = { severity: 'warning', message: 'unconfined' } as const;

/**
 * Each product asks, or confines, when the key is not there. Sources: the products' settings references of 2026; a VS Code
 * that an assistant had made to approve everything by writing its settings is CVE-2025-53773.
 */
export const UNASKED: readonly UnaskedRow[] = [
  claude({
    ...ACTS,
    path: ['permissions', 'defaultMode'],
    unsafe: ['bypassPermissions'],
    unless: { path: ['permissions', 'disableBypassPermissionsMode'], value: 'disable' },
    safe: '"default"',
  }),
  claude({
    ...ACTS,
    path: ['permissions', 'defaultMode'],
    unsafe: ['dontAsk', 'auto'],
    severity: 'warning',
    safe: '"default"',
  }),
  claude({ ...ACTS, path: ['skipDangerousModePermissionPrompt'], unsafe: [true], severity: 'warning', safe: 'false' }),
  // Without the key there is no sandbox either: only said, so that nobody believes in one.
  claude({ ...UNCONFINED, path: ['sandbox', 'enabled'], unsafe: [false], severity: 'info', safe: 'true' }),
  claude({
    ...UNCONFINED,
    path: ['sandbox', 'allowUnsandboxedCommands'],
    unsafe: [true],
    severity: 'info',
    safe: 'false',
  }),
  claude({ ...UNCONFINED, path: ['sandbox', 'enableWeakerNestedSandbox'], unsafe: [true], safe: 'false' }),
  vscode({ ...ACTS, path: ['chat.tools.global.autoApprove'], unsafe: [true], safe: 'false' }),
  vscode({ ...ACTS, path: ['chat.tools.autoApprove'], unsafe: [true], safe: 'false' }),
  vscode({
    ...ACTS,
    path: ['chat.permissions.default'],
    unsafe: ['bypass', 'autopilot', 'autoApprove'],
    severity: 'warning',
  }),
  vscode({
    ...ACTS,
    path: ['chat.tools.terminal.ignoreDefaultAutoApproveRules'],
    unsafe: [true],
    severity: 'warning',
    safe: 'false',
  }),
  vscode({ ...UNCONFINED, path: ['security.workspace.trust.enabled'], unsafe: [false], safe: 'true' }),
  codex({ ...ACTS, path: ['approval_policy'], unsafe: ['never'], safe: '"on-request"' }),
  codex({
    ...ACTS,
    path: ['profiles', '*', 'approval_policy'],
    unsafe: ['never'],
    severity: 'warning',
    safe: '"on-request"',
  }),
  codex({
    ...UNCONFINED,
    path: ['sandbox_mode'],
    unsafe: ['danger-full-access'],
    severity: 'error',
    safe: '"workspace-write"',
  }),
  codex({
    ...UNCONFINED,
    path: ['profiles', '*', 'sandbox_mode'],
    unsafe: ['danger-full-access'],
    safe: '"workspace-write"',
  }),
  codex({
    ...UNCONFINED,
    path: ['sandbox_workspace_write', 'network_access'],
    unsafe: [true],
    severity: 'info',
    safe: 'false',
  }),
  codex({ ...UNCONFINED, path: ['projects', '/', 'trust_level'], unsafe: ['trusted'] }),
  gemini({ ...ACTS, path: ['general', 'defaultApprovalMode'], unsafe: ['yolo'], safe: '"default"' }),
  gemini({ ...ACTS, path: ['approvalMode'], unsafe: ['yolo'], safe: '"default"' }),
  gemini({ ...ACTS, path: ['tools', 'autoAccept'], unsafe: [true], severity: 'warning', safe: 'false' }),
  gemini({ ...ACTS, path: ['autoAccept'], unsafe: [true], severity: 'warning', safe: 'false' }),
  gemini({ ...UNCONFINED, path: ['security', 'folderTrust', 'enabled'], unsafe: [false], safe: 'true' }),
  { ...ACTS, assistant: 'OpenCode', files: OPENCODE, path: ['permission'], unsafe: ['allow'], safe: '"ask"' },
  {
    ...ACTS,
    assistant: 'OpenCode',
    files: OPENCODE,
    path: ['permission', 'bash'],
    unsafe: ['allow'],
    severity: 'warning',
    safe: '"ask"',
  },
  {
    ...ACTS,
    assistant: 'Zed',
    files: ZED,
    path: ['agent', 'always_allow_tool_actions'],
    unsafe: [true],
    safe: 'false',
  },
  {
    ...ACTS,
    assistant: 'Zed',
    files: ZED,
    path: ['agent', 'tool_permissions', 'default'],
    unsafe: ['allow'],
    safe: '"confirm"',
  },
  {
    ...UNCONFINED,
    assistant: 'OpenCode',
    files: OPENCODE,
    path: ['permission', 'external_directory'],
    unsafe: ['allow'],
    severity: 'info',
    safe: '"ask"',
  },
];
