import { type CallRow, callTable } from '../../engine/callRule.ts';
import type { Severity } from '../../engine/finding.ts';

const LANGCHAIN = ['langchain', 'langchain_community', 'langchain_classic'];
const anywhereIn = (names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .flatMap((name) => LANGCHAIN.flatMap((each) => [`${each}.${name}`, `${each}.**.${name}`]))
    .join(' ');

const RISKY_TOOLS = ['terminal', 'python_repl', 'requests', 'requests_all', 'requests_post', 'requests_patch'].concat([
  'requests_put',
  'requests_delete',
]);

/**
 * Switches by name: libraries keep them off and ask for them in so many words (langchain-community 0.4.2 and
 * langchain-experimental 0.4: `False`; langchain-core 1.6: `allow_dangerous_paths=False`; browser-use 0.13: `False`).
 */
export const SWITCHES: Readonly<Record<string, { readonly message: string; readonly severity: Severity }>> = {
  allow_dangerous_tools: { message: 'tools', severity: 'error' },
  allow_dangerous_requests: { message: 'requests', severity: 'warning' },
  allow_dangerous_paths: { message: 'paths', severity: 'warning' },
};

/** Only in programs that drive a browser for a model. */
export const BROWSER_AGENT = /\bbrowser_use\b/;

const ROWS: readonly CallRow[] = [
  // langchain 0.1.12 brought the switch; earlier releases (0.1.11 and before) hand these out without asking.
  {
    detection: 'AGT-03',
    apis: anywhereIn('load_tools'),
    when: [{ parameter: 'tool_names', position: 0, is: { has: RISKY_TOOLS } }],
    unless: [{ parameter: 'allow_dangerous_tools', is: 'given' }],
    versions: { package: 'langchain', below: '0.1.12' },
    message: 'names',
    severity: 'warning',
  },
  // langchain-community 0.4.2: `root_dir=None` is the whole disk.
  {
    detection: 'AGT-06',
    apis: anywhereIn(
      `FileManagementToolkit WriteFileTool ReadFileTool ListDirectoryTool DeleteFileTool CopyFileTool MoveFileTool
      FileSearchTool`,
    ),
    when: [{ parameter: 'root_dir', is: 'absent', noneIsDefault: true }],
    message: 'files',
    fixes: [{ set: 'root_dir', to: '"./workspace"', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-06',
    apis: anywhereIn('FileManagementToolkit WriteFileTool ReadFileTool DeleteFileTool CopyFileTool MoveFileTool'),
    when: [{ parameter: 'root_dir', is: /^(?:\/|~|[A-Za-z]:[\\/]?)$/ }],
    message: 'files',
  },
  // langchain 0.3, chains/api/base.py: `limit_to_domains=None` is any domain.
  {
    detection: 'AGT-04',
    apis: anywhereIn('APIChain.from_llm_and_api_docs APIChain'),
    when: [{ parameter: 'limit_to_domains', is: 'None' }],
    message: 'domains',
  },
  // The scope is the whole mailbox, deletion for good included (Gmail API reference, "Choose scopes").
  {
    detection: 'AGT-23',
    apis: `langchain_google_community.**.get_gmail_credentials langchain_community.tools.gmail.utils.get_gmail_credentials
    langchain_community.tools.gmail.get_gmail_credentials langchain_google_community.gmail.utils.get_google_credentials`,
    when: [{ parameter: 'scopes', is: { has: ['https://mail.google.com/'] } }],
    message: 'scope',
    severity: 'info',
  },
];

export const TOOLS = callTable(ROWS);
