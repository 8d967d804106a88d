import type { Severity } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { textsIn } from '../../languages/python/literals.ts';
import {
  type ApiTable,
  apiTable,
  inContext,
  type NamedArgument,
  replaceValue,
} from '../../languages/python/program.ts';
import { childrenOf } from '../../languages/python/tree.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';

/** A setting whose value lets an agent act without asking. */
interface Approval {
  readonly setting: string;
  /** Values that switch asking off. */
  readonly off: readonly (string | boolean)[];
  /** The library, as it stands in the text of a program that uses it. */
  readonly library: RegExp;
  readonly message: string;
  readonly severity: Severity;
  /** The value that asks. */
  readonly safe: string;
}

/**
 * Sources: Claude Agent SDK for Python 0.2 (`PermissionMode`, default "default"), openai-agents 0.22 and the Responses API
 * (`require_approval`, default "always"), Open Interpreter 0.4 (`auto_run`, default False).
 */
const APPROVALS: readonly Approval[] = [
  ...['permission_mode', 'permissionMode'].map((setting) => ({
    setting,
    off: ['bypassPermissions'],
    library: /claude_agent_sdk|claude_code_sdk/,
    message: 'permissions',
    severity: 'error' as const,
    safe: '"default"',
  })),
  {
    setting: 'allow_dangerously_skip_permissions',
    off: [true],
    library: /claude_agent_sdk|claude_code_sdk/,
    message: 'permissions',
    severity: 'error',
    safe: 'False',
  },
  {
    setting: 'require_approval',
    off: ['never'],
    library: /openai|agents|mcp/i,
    message: 'approval',
    severity: 'warning',
    safe: '"always"',
  },
  {
    setting: 'auto_run',
    off: [true],
    library: /^\s*(?:from|import)\s+interpreter\b/m,
    message: 'autoRun',
    severity: 'error',
    safe: 'False',
  },
];

/** Options of the Claude SDKs; `allowed_tools` names what runs without asking. */
const OPTIONS: ApiTable<true> = apiTable(
  ['claude_agent_sdk', 'claude_code_sdk'].flatMap((each) =>
    ['ClaudeAgentOptions', 'ClaudeCodeOptions', 'types.ClaudeAgentOptions', 'types.ClaudeCodeOptions'].map(
      (name) => [`${each}.${name}`, true] as const,
    ),
  ),
);

export const agentApprovalOff = defineRule({
  meta: {
    id: 'GL342',
    name: 'agent-approval-off',
    title: 'Agent that acts without asking a person',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.1.4-3',
      'ncsc-cisa-2023:ncsc-1.3.5',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'cwe:CWE-250',
      'atlas:AML.T0053',
    ],
    why: 'Asking is what stands between a sentence hidden in a web page and a command on this machine. Without it nobody sees the command before it has run.',
    how: 'Keep asking on, or allow only the few tools that read and cannot do harm. Where nobody can answer, run the agent in a container without secrets.',
    messages: {
      permissions: '`{argument}` lets the agent use every tool, shell included, without asking',
      approval: '`{argument}` runs whatever tool of the remote server the model picks, without asking',
      autoRun: '`{argument}` runs the code of the model without showing it first',
      shell: '`{argument}` lets the agent run any command without asking',
    },
    detections: ['AGT-13', 'AGT-14'],
    examples: [
      {
        path: 'agent.py',
        bad: 'from claude_agent_sdk import ClaudeAgentOptions\n\noptions = ClaudeAgentOptions(cwd=".", permission_mode="bypassPermissions")\n',
        fixed:
          'from claude_agent_sdk import ClaudeAgentOptions\n\noptions = ClaudeAgentOptions(cwd=".", permission_mode="default")\n',
      },
      {
        path: 'agent.py',
        bad: 'from claude_agent_sdk import ClaudeAgentOptions\n\noptions = ClaudeAgentOptions(allowed_tools=["Read", "Bash"])\n',
      },
      {
        path: 'tools.py',
        bad: 'from openai import OpenAI\n\nOpenAI().responses.create(\n    model=MODEL,\n    input=question,\n    tools=[{"type": "mcp", "server_label": "crm", "server_url": URL, "require_approval": "never"}],\n)\n',
        fixed:
          'from openai import OpenAI\n\nOpenAI().responses.create(\n    model=MODEL,\n    input=question,\n    tools=[{"type": "mcp", "server_label": "crm", "server_url": URL, "require_approval": "always"}],\n)\n',
      },
      {
        path: 'run.py',
        bad: 'from interpreter import interpreter\n\ninterpreter.auto_run = True\ninterpreter.chat(task)\n',
        fixed: 'from interpreter import interpreter\n\ninterpreter.auto_run = False\ninterpreter.chat(task)\n',
      },
      {
        title: 'a short list of tools',
        path: 'tools.py',
        good: 'from agents import HostedMCPTool\n\ntool = HostedMCPTool(tool_config={"type": "mcp", "server_url": URL, "allowed_tools": ["search"], "require_approval": "never"})\n',
      },
      {
        path: 'agent.py',
        good: 'from claude_agent_sdk import ClaudeAgentOptions\n\noptions = ClaudeAgentOptions(permission_mode="plan", allowed_tools=["Read", "Bash(git status)"])\n',
      },
      {
        title: 'another program with the same word',
        path: 'jobs.py',
        good: 'job = Job(auto_run=True)\n',
      },
    ],
  },
  triggers: [...APPROVALS.map(({ setting, library }) => inTexts(library, ...given(setting))), OPTIONS],
  *check(file) {
    for (const approval of APPROVALS) {
      if (!file.text.includes(approval.setting) || !approval.library.test(file.text)) continue;
      for (const argument of file.python.argumentsNamed(approval.setting)) {
        const { value } = argument;
        const off = value.known && approval.off.some((each) => each === value.value);
        if (!off || narrowed(file, argument)) continue;
        yield {
          span: argument.span,
          message: approval.message,
          data: { argument: file.text.slice(argument.span.start, argument.span.end) },
          severity: inContext(approval.severity, file.path),
          fixes: [
            {
              title: `Use \`${approval.safe}\``,
              kind: 'suggestion',
              edits: replaceValue(argument.node, approval.safe),
            },
          ],
        };
      }
    }
    for (const { call } of file.python.callsTo(OPTIONS)) {
      const allowed = call.argument('allowed_tools');
      const { texts } = allowed.state === 'given' ? textsIn(file.python, allowed.node) : { texts: [] };
      const shell = texts.find(({ text }) => text === 'Bash' || text === 'Bash(*)');
      if (!shell || allowed.state !== 'given') continue;
      yield {
        span: { start: shell.node.from, end: shell.node.to },
        message: 'shell',
        data: { argument: `allowed_tools=[… ${file.text.slice(shell.node.from, shell.node.to)} …]` },
        severity: inContext('warning', file.path),
        evidence: ['`allowed_tools` names the tools that run without asking.'],
      };
    }
  },
});

/** A list of allowed tools beside the setting says what runs without asking; whether it is harmless only people can tell. */
function narrowed(file: SourceFile, { node }: NamedArgument): boolean {
  const dictionary = node.parent;
  if (dictionary?.name !== 'DictionaryExpression') return false;
  return childrenOf(dictionary).some(
    (child) => child.name === 'String' && /^.?allowed_tools.?$/.test(file.text.slice(child.from, child.to)),
  );
}
