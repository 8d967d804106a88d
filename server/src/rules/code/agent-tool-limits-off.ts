import { checkCalls } from '../../engine/callRule.ts';
import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, isTruthy, type NamedArgument, removeItem } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { BROWSER_AGENT, SWITCHES, TOOLS } from './agent-tool-limits-off.table.ts';

export const agentToolLimitsOff = defineRule({
  meta: {
    id: 'GL341',
    name: 'agent-tool-limits-off',
    title: 'Agent tool without the limits its library offers',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.6.e',
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-250',
      'cwe:CWE-22',
      'cwe:CWE-918',
      'atlas:AML.T0053',
    ],
    why: 'The library keeps this off because a model that was talked into it can then reach your files, your network or your accounts.',
    how: 'Leave the switch out and offer the narrow tool that the task needs: one folder, a list of domains, a read-only login.',
    messages: {
      tools: '`{argument}` hands the model tools that the library calls dangerous',
      requests: '`{argument}` lets the model send requests anywhere this machine can reach, internal services included',
      paths: '`{argument}` lets a prompt file name any other file on the disk',
      security:
        '`{argument}` switches off what keeps one web site from reading another in the browser the model drives',
      names: '`{call}` hands the model tools that change things outside: `{argument}`',
      files: '`{call}` without a folder of its own (`root_dir`) reaches every file of the user',
      domains: '`{call}` with `{argument}` lets the model call any address',
      scope: '`{call}` asks for the whole mailbox, deletion included; ask for the scopes the agent needs',
    },
    detections: ['AGT-03', 'AGT-04', 'AGT-06', 'AGT-22', 'AGT-23', 'PRM-08'],
    examples: [
      {
        path: 'agent.py',
        bad: 'from langchain_community.agent_toolkits.load_tools import load_tools\n\ntools = load_tools(["terminal"], llm=llm, allow_dangerous_tools=True)\n',
        fixed:
          'from langchain_community.agent_toolkits.load_tools import load_tools\n\ntools = load_tools(["terminal"], llm=llm)\n',
        packages: { 'langchain-community': '==0.4.1' },
      },
      {
        path: 'graph.py',
        bad: 'from langchain_neo4j import GraphCypherQAChain\n\nchain = GraphCypherQAChain.from_llm(\n    llm,\n    graph=graph,\n    allow_dangerous_requests=True,\n)\n',
        fixed:
          'from langchain_neo4j import GraphCypherQAChain\n\nchain = GraphCypherQAChain.from_llm(\n    llm,\n    graph=graph,\n)\n',
      },
      {
        path: 'files.py',
        bad: 'from langchain_community.agent_toolkits import FileManagementToolkit\n\ntools = FileManagementToolkit().get_tools()\n',
        fixed:
          'from langchain_community.agent_toolkits import FileManagementToolkit\n\ntools = FileManagementToolkit(root_dir="./workspace").get_tools()\n',
      },
      {
        path: 'browse.py',
        bad: 'from browser_use import Agent, BrowserProfile\n\nprofile = BrowserProfile(headless=True, disable_security=True)\n',
        fixed: 'from browser_use import Agent, BrowserProfile\n\nprofile = BrowserProfile(headless=True)\n',
      },
      {
        path: 'prompts.py',
        bad: 'from langchain_core.prompts import load_prompt\n\nprompt = load_prompt(path, allow_dangerous_paths=True)\n',
        fixed: 'from langchain_core.prompts import load_prompt\n\nprompt = load_prompt(path)\n',
      },
      {
        path: 'agent.py',
        good: 'from langchain_community.agent_toolkits.load_tools import load_tools\n\ntools = load_tools(["arxiv", "wikipedia"], llm=llm)\n',
      },
      {
        path: 'graph.py',
        good: 'from langchain_neo4j import GraphCypherQAChain\n\nchain = GraphCypherQAChain.from_llm(llm, graph=graph, allow_dangerous_requests=False)\n',
      },
      {
        title: 'decided by the caller',
        path: 'graph.py',
        good: 'def chain(llm, allow_dangerous_requests=True):\n    return make(llm, allow_dangerous_requests=allow_dangerous_requests)\n',
      },
      {
        path: 'files.py',
        good: 'from langchain_community.agent_toolkits import FileManagementToolkit\n\ntools = FileManagementToolkit(root_dir=str(folder)).get_tools()\n',
      },
      {
        title: 'an option of another library',
        path: 'browse.py',
        good: 'import selenium\n\noptions = Options(disable_security=True)\n',
      },
    ],
  },
  triggers: [TOOLS, ...given(...Object.keys(SWITCHES)), inTexts(BROWSER_AGENT, ...given('disable_security'))],
  *check(file) {
    yield* checkCalls(file, TOOLS, 'warning');
    for (const [name, { message, severity }] of Object.entries(SWITCHES)) {
      for (const argument of file.python.argumentsNamed(name)) {
        if (isTruthy(argument.value)) yield switchedOn(file, argument, message, severity);
      }
    }
    if (!BROWSER_AGENT.test(file.text)) return;
    for (const argument of file.python.argumentsNamed('disable_security')) {
      if (isTruthy(argument.value)) yield switchedOn(file, argument, 'security', 'warning');
    }
  },
});

function switchedOn(file: SourceFile, { span, through }: NamedArgument, message: string, severity: Severity): Problem {
  const argument = file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  const edits = through === 'assignment' ? undefined : removeItem(file.python, span);
  return {
    span,
    message,
    data: { argument },
    severity: inContext(severity, file.path),
    fixes: edits ? [{ title: 'Leave it at its safe default', kind: 'suggestion', edits }] : [],
  };
}
