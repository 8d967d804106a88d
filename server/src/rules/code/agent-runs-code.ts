import { checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, isTest, lowered, replaceValue } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { AUTOGEN, RUNNERS } from './agent-runs-code.table.ts';

export const agentRunsCode = defineRule({
  meta: {
    id: 'GL340',
    name: 'agent-runs-code',
    title: 'Agent that runs code or commands on this machine',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-94',
      'cwe:CWE-78',
      'cwe:CWE-250',
      'atlas:AML.T0050',
      'atlas:AML.T0053',
    ],
    why: 'The model decides what runs, and whoever can put a sentence in front of the model decides with it. Without a sandbox it runs with your files, keys and network.',
    how: 'Run generated code in a container or a hosted sandbox without secrets, or give the model narrow tools with typed arguments instead. Where the whole program already runs in a throw-away container, suppress the finding with that reason.',
    messages: {
      host: '`{call}` runs what the model writes on this machine, without a sandbox',
      policy: '`{call}` gives the model a shell on this machine; choose a policy that isolates it',
      sandbox: '`{call}` without `sandbox` runs what the model writes in this process',
      imports: '`{call}` lets code of the model import more than is safe outside a sandbox: `{argument}`',
      mode: '`{call}` with `{argument}` runs what the model writes on this machine',
      approval: '`{call}` runs commands of the model without asking; set `needs_approval`',
      docker: '`{argument}` runs what the model writes on this machine, outside a container',
    },
    peers: ['semgrep langchain-dangerous-exec'],
    detections: ['AGT-01', 'AGT-02', 'AGT-05', 'AGT-07', 'AGT-08', 'AGT-09', 'AGT-10', 'AGT-11', 'AGT-12', 'OUT-07'],
    examples: [
      {
        path: 'agent.py',
        bad: 'from langchain_experimental.utilities import PythonREPL\nfrom langchain_core.tools import Tool\n\nrepl = PythonREPL()\ntool = Tool(name="python", description="Runs Python.", func=repl.run)\n',
      },
      {
        path: 'agent.py',
        bad: 'from langchain_experimental.agents import create_pandas_dataframe_agent\n\nagent = create_pandas_dataframe_agent(llm, table, allow_dangerous_code=True)\n',
      },
      {
        title: 'before the switch existed code always ran',
        path: 'agent.py',
        packages: { 'langchain-experimental': '==0.0.60' },
        bad: 'from langchain_experimental.agents import create_pandas_dataframe_agent\n\nagent = create_pandas_dataframe_agent(llm, table)\n',
      },
      {
        path: 'agent.py',
        bad: 'from smolagents import CodeAgent\n\nagent = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy", "os"])\n',
        fixed:
          'from smolagents import CodeAgent\n\nagent = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy", "os"], executor_type="docker")\n',
      },
      {
        path: 'team.py',
        bad: 'from autogen import UserProxyAgent\n\nuser = UserProxyAgent("user", code_execution_config={"work_dir": "out", "use_docker": False})\n',
        fixed:
          'from autogen import UserProxyAgent\n\nuser = UserProxyAgent("user", code_execution_config={"work_dir": "out", "use_docker": True})\n',
      },
      {
        path: 'team.py',
        bad: 'from autogen_ext.code_executors.local import LocalCommandLineCodeExecutor\n\nexecutor = LocalCommandLineCodeExecutor(work_dir="out")\n',
      },
      {
        path: 'crew.py',
        bad: 'from crewai import Agent\n\ncoder = Agent(role="coder", allow_code_execution=True, code_execution_mode="unsafe")\n',
        fixed:
          'from crewai import Agent\n\ncoder = Agent(role="coder", allow_code_execution=True, code_execution_mode="safe")\n',
      },
      {
        path: 'table.py',
        packages: { pandasai: '==3.0.0' },
        bad: 'import pandasai\n\nagent = pandasai.Agent(table)\n',
        fixed:
          'import pandasai\nimport pandasai_docker\n\nagent = pandasai.Agent(table, sandbox=pandasai_docker.DockerSandbox())\n',
      },
      {
        path: 'shell.py',
        bad: 'from agents import Agent, ShellTool\n\nagent = Agent(name="helper", tools=[ShellTool(executor=run)])\n',
        fixed:
          'from agents import Agent, ShellTool\n\nagent = Agent(name="helper", tools=[ShellTool(executor=run, needs_approval=True)])\n',
      },
      {
        path: 'query.py',
        bad: 'from llama_index.experimental.query_engine import PandasQueryEngine\n\nengine = PandasQueryEngine(df=table)\n',
      },
      {
        title: 'a sandbox',
        path: 'agent.py',
        good: 'from smolagents import CodeAgent\n\nagent = CodeAgent(tools=[], model=model, additional_authorized_imports=["os"], executor_type="e2b")\n',
      },
      {
        title: 'harmless imports',
        path: 'agent.py',
        good: 'from smolagents import CodeAgent\n\nagent = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy", "statistics"])\n',
      },
      {
        title: 'a container',
        path: 'team.py',
        good: 'from autogen_ext.code_executors.docker import DockerCommandLineCodeExecutor\n\nexecutor = DockerCommandLineCodeExecutor(work_dir="out")\n',
      },
      {
        title: 'the default asks for permission first',
        path: 'agent.py',
        packages: { 'langchain-experimental': '==0.4.0' },
        good: 'from langchain_experimental.agents import create_pandas_dataframe_agent\n\nagent = create_pandas_dataframe_agent(llm, table)\n',
      },
      {
        title: 'the safe mode is the default',
        path: 'crew.py',
        good: 'from crewai import Agent\n\ncoder = Agent(role="coder", allow_code_execution=True)\n',
      },
      {
        title: 'a class of your own',
        path: 'tools.py',
        good: 'class ShellTool:\n    def run(self): ...\n\n\ntool = ShellTool()\n',
      },
      {
        title: 'another library',
        path: 'build.py',
        good: 'options = {"use_docker": False}\n',
      },
    ],
  },
  triggers: [RUNNERS, inTexts(AUTOGEN, ...given('use_docker'))],
  *check(file) {
    for (const problem of checkCalls(file, RUNNERS, 'error')) {
      // What a test runs is mostly its own text; nothing a model wrote comes near it.
      const { severity } = problem;
      yield severity && isTest(file.path) ? { ...problem, severity: lowered(severity) } : problem;
    }
    if (AUTOGEN.test(file.text)) yield* withoutContainer(file);
  },
});

function* withoutContainer(file: SourceFile): Iterable<Problem> {
  for (const { span, node, value } of file.python.argumentsNamed('use_docker')) {
    if (!value.known || value.value !== false) continue;
    yield {
      span,
      message: 'docker',
      data: { argument: file.text.slice(span.start, span.end) },
      severity: inContext('error', file.path),
      fixes: [{ title: 'Use a container', kind: 'suggestion', edits: replaceValue(node, 'True') }],
    };
  }
}
