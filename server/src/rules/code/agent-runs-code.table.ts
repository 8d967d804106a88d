import { type CallRow, callTable } from '../../engine/callRule.ts';

const LANGCHAIN = ['langchain', 'langchain_community', 'langchain_experimental', 'langchain_classic'];
const LLAMA_INDEX = ['llama_index', 'gpt_index'];

/** A class under every module of a family of packages: `langchain.X`, `langchain_community.tools.X`. */
const anywhereIn = (packages: readonly string[], names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .flatMap((name) => packages.flatMap((each) => [`${each}.${name}`, `${each}.**.${name}`]))
    .join(' ');

const SYSTEM_MODULES = ['*', 'os', 'subprocess', 'posix', 'builtins', 'importlib', 'ctypes'];
const OUTSIDE_MODULES = ['sys', 'socket', 'pathlib', 'shutil', 'io', 'requests', 'httpx', 'urllib', 'urllib.request'];
const REMOTE_EXECUTOR = { parameter: 'executor_type', is: /^(?!local$)/ } as const;
const CODE_AGENTS = 'smolagents.CodeAgent smolagents.agents.CodeAgent transformers.ReactCodeAgent';

const ROWS: readonly CallRow[] = [
  // langchain-experimental 0.4 and langchain-community 0.4: run in the process or in a shell of the host.
  {
    detection: 'AGT-01',
    apis: anywhereIn(
      LANGCHAIN,
      'PythonREPL PythonREPLTool PythonAstREPLTool BashProcess ShellTool LLMBashChain LLMBashChain.from_llm TerminalTool',
    ),
    // ShellTool asks before each command when it is told to.
    unless: [{ parameter: 'ask_human_input', is: 'true' }],
    message: 'host',
  },
  // langchain-experimental 0.0.61 brought the flag (0.0.60 has none); agents of earlier releases always run code.
  {
    detection: 'AGT-02',
    apis: anywhereIn(
      LANGCHAIN,
      `create_pandas_dataframe_agent create_csv_agent create_spark_dataframe_agent create_xorbits_agent
      create_python_agent`,
    ),
    when: [
      {
        parameter: 'allow_dangerous_code',
        is: 'true',
        absent: { package: 'langchain-experimental', below: '0.0.61' },
      },
    ],
    message: 'host',
  },
  // langchain 1.4: the policy is optional and is then HostExecutionPolicy.
  {
    detection: 'AGT-05',
    apis: 'langchain.agents.middleware.ShellToolMiddleware langchain.agents.middleware.shell_tool.ShellToolMiddleware',
    when: [{ parameter: 'execution_policy', is: 'absent', noneIsDefault: true }],
    message: 'policy',
    severity: 'warning',
    fixes: [
      {
        set: 'execution_policy',
        to: 'langchain.agents.middleware.DockerExecutionPolicy()',
        import: 'langchain.agents.middleware',
        kind: 'suggestion',
      },
    ],
  },
  {
    detection: 'AGT-05',
    apis: 'langchain.agents.middleware.HostExecutionPolicy langchain.agents.middleware.**.HostExecutionPolicy',
    message: 'policy',
    severity: 'warning',
  },
  // llama-index: eval and exec of what the model writes; CVE-2023-39662, CVE-2024-3098.
  {
    detection: 'AGT-07',
    apis: anywhereIn(LLAMA_INDEX, 'PandasQueryEngine PolarsQueryEngine CodeInterpreterToolSpec EvaporateExtractor'),
    message: 'host',
  },
  // pandasai 3.0: `sandbox=None` and a plain exec; 1.x and 2.x filter names before the same exec (CVE-2024-12366).
  {
    detection: 'AGT-08',
    apis: 'pandasai.Agent pandasai.agent.Agent pandasai.agent.base.Agent',
    when: [{ parameter: 'sandbox', is: 'absent', noneIsDefault: true }],
    message: 'sandbox',
    fixes: [
      {
        set: 'sandbox',
        to: 'pandasai_docker.DockerSandbox()',
        import: 'pandasai_docker',
        kind: 'suggestion',
        since: { package: 'pandasai', version: '3.0' },
      },
    ],
  },
  {
    detection: 'AGT-08',
    apis: `pandasai.SmartDataframe pandasai.SmartDatalake pandasai.PandasAI pandasai.smart_dataframe.SmartDataframe
    pandasai.smart_datalake.SmartDatalake`,
    message: 'host',
  },
  // smolagents 1.26: `executor_type` is "local" unless given; its own documentation calls the local one no boundary.
  {
    detection: 'AGT-09',
    apis: CODE_AGENTS,
    when: [{ parameter: 'additional_authorized_imports', position: 3, is: { has: SYSTEM_MODULES } }],
    unless: [REMOTE_EXECUTOR, { parameter: 'executor', is: 'given' }],
    message: 'imports',
    fixes: [{ set: 'executor_type', to: '"docker"', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-09',
    apis: CODE_AGENTS,
    when: [{ parameter: 'additional_authorized_imports', position: 3, is: { has: OUTSIDE_MODULES } }],
    unless: [
      REMOTE_EXECUTOR,
      { parameter: 'executor', is: 'given' },
      { parameter: 'additional_authorized_imports', position: 3, is: { has: SYSTEM_MODULES } },
    ],
    message: 'imports',
    severity: 'warning',
    fixes: [{ set: 'executor_type', to: '"docker"', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-09',
    apis: 'smolagents.LocalPythonExecutor smolagents.local_python_executor.LocalPythonExecutor',
    when: [{ parameter: 'additional_authorized_imports', position: 0, is: { has: SYSTEM_MODULES } }],
    message: 'imports',
  },
  // autogen 0.2 to 0.7: runs in a sub-process of the host.
  {
    detection: 'AGT-10',
    apis: `autogen.coding.LocalCommandLineCodeExecutor autogen.coding.**.LocalCommandLineCodeExecutor
    autogen_ext.**.LocalCommandLineCodeExecutor autogen_core.**.LocalCommandLineCodeExecutor
    autogen.coding.jupyter.LocalJupyterServer autogen_ext.code_executors.jupyter.JupyterCodeExecutor`,
    message: 'host',
  },
  {
    detection: 'AGT-11',
    apis: 'crewai.Agent crewai.agent.Agent',
    when: [
      { parameter: 'code_execution_mode', is: ['unsafe'] },
      { parameter: 'allow_code_execution', is: 'true' },
    ],
    message: 'mode',
    fixes: [{ set: 'code_execution_mode', to: '"safe"', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-11',
    apis: 'crewai_tools.CodeInterpreterTool crewai_tools.**.CodeInterpreterTool',
    when: [{ parameter: 'unsafe_mode', is: 'true' }],
    message: 'mode',
    fixes: [{ remove: 'unsafe_mode', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-12',
    apis: 'google.adk.code_executors.UnsafeLocalCodeExecutor google.adk.code_executors.**.UnsafeLocalCodeExecutor',
    message: 'host',
  },
  // openai-agents 0.17: the executor is the program's own; only ShellTool can ask first, with needs_approval (False).
  {
    detection: 'AGT-12',
    apis: 'agents.ShellTool agents.tool.ShellTool',
    when: [
      { parameter: 'executor', position: 0, is: 'given' },
      { parameter: 'needs_approval', is: 'false', absent: true },
    ],
    message: 'approval',
    severity: 'warning',
    fixes: [{ set: 'needs_approval', to: 'True', kind: 'suggestion' }],
  },
  // Chains that run what the model writes: langchain-experimental (exec, sympify), CVE-2023-36258.
  {
    detection: 'OUT-07',
    apis: anywhereIn(
      LANGCHAIN,
      `PALChain PALChain.from_math_prompt PALChain.from_colored_object_prompt CPALChain CPALChain.from_univariate_prompt
      LLMSymbolicMathChain LLMSymbolicMathChain.from_llm`,
    ),
    unless: [{ parameter: 'allow_dangerous_code', is: 'false' }],
    message: 'host',
    severity: 'warning',
  },
  // langchain 0.0.142 replaced exec by numexpr (CVE-2023-29374).
  {
    detection: 'OUT-07',
    apis: anywhereIn(LANGCHAIN, 'LLMMathChain LLMMathChain.from_llm'),
    versions: { package: 'langchain', below: '0.0.142' },
    message: 'host',
  },
];

/** What makes an agent run code or commands where the program itself runs. Sources: the libraries at the versions named. */
export const RUNNERS = callTable(ROWS);

/** AutoGen and AG2 take the switch in a dictionary: `code_execution_config={"use_docker": False}` (default since 0.2.8: on). */
export const AUTOGEN = /\b(?:autogen|pyautogen|ag2)\b/;
