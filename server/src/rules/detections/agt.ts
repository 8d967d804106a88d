import type { DetectionGroup } from './detection.ts';

export const AGT: DetectionGroup = {
  title: 'Tools, agents and permissions',
  detections: [
    ['AGT-01', 'Shell and Python tools of LangChain'],
    ['AGT-02', 'Agents over tables that may run any code'],
    ['AGT-03', 'Dangerous tools loaded by name'],
    ['AGT-04', 'Agents that may send any request or query'],
    ['AGT-05', 'Shell of an agent on the host'],
    ['AGT-06', 'File tools that reach the whole disk'],
    ['AGT-07', 'Query engines that run generated code'],
    ['AGT-08', 'PandasAI without a sandbox'],
    ['AGT-09', 'Local executor of smolagents with system modules'],
    ['AGT-10', 'Code of AutoGen agents run outside a container'],
    ['AGT-11', 'Code of CrewAI agents run without a sandbox'],
    ['AGT-12', 'Local executors of agent kits without approval'],
    ['AGT-13', 'Remote MCP tools that run without approval'],
    ['AGT-14', 'Permission prompts of a coding agent skipped'],
    ['AGT-15', 'Agents and loops without a limit'],
    ['AGT-16', 'Argument of a tool in a shell or evaluated'],
    ['AGT-17', 'Argument of a tool as address, file or query'],
    [
      'AGT-18',
      'Tool that returns raw remote content',
      'Off by design: returning what was fetched is what such tools are for, and no file shows how the client labels it.',
    ],
    ['AGT-19', 'Description of a tool with hidden orders'],
    ['AGT-20', 'MCP server open to the network or to web pages'],
    ['AGT-21', 'MCP server started from an unpinned package'],
    ['AGT-22', 'Browser of an agent without its protections'],
    ['AGT-23', 'Credentials of an agent wider than its task'],
    [
      'AGT-24',
      'Hook scripts of coding assistants',
      'Hooks are shell scripts named in settings files; the rules about assistant settings come later.',
    ],
  ],
};
