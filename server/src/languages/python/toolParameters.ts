import type { SyntaxNode } from '@lezer/common';
import { type ApiTable, apiTable } from './apiTable.ts';
import type { FlowQuery } from './flow.ts';
import { lookup } from './lookup.ts';
import { resolveName } from './names.ts';
import type { PythonProgram } from './program.ts';

/**
 * Decorators that offer a function to a model as a tool; its arguments are then written by the model. Sources: MCP Python SDK
 * 1.x and 2.x, FastMCP 2 to 4, LangChain, openai-agents, smolagents, AutoGen, CrewAI, Pydantic AI references.
 */
const DECORATORS = apiTable<string>([
  ...['mcp.server.fastmcp.FastMCP()', 'mcp.server.mcpserver.MCPServer()', 'mcp.server.MCPServer()', 'fastmcp.FastMCP()']
    .concat(['fastmcp.server.FastMCP()', 'fastmcp.server.server.FastMCP()', 'mcp.server.fastmcp.server.FastMCP()'])
    .flatMap((server) => ['tool', 'resource'].map((kind) => [`${server}.${kind}`, 'an MCP tool'] as const)),
  ['mcp.server.Server().call_tool', 'an MCP tool'],
  ['mcp.server.lowlevel.Server().call_tool', 'an MCP tool'],
  ['langchain.tools.tool', 'a tool of a model'],
  ['langchain.agents.tool', 'a tool of a model'],
  ['langchain_core.tools.tool', 'a tool of a model'],
  ['langchain_core.tools.base.tool', 'a tool of a model'],
  ['agents.function_tool', 'a tool of a model'],
  ['smolagents.tool', 'a tool of a model'],
  ['crewai.tools.tool', 'a tool of a model'],
  ['crewai_tools.tool', 'a tool of a model'],
  ['strands.tool', 'a tool of a model'],
  ['claude_agent_sdk.tool', 'a tool of a model'],
  ['pydantic_ai.Agent().tool', 'a tool of a model'],
  ['pydantic_ai.Agent().tool_plain', 'a tool of a model'],
]);

/** A word without which no function of a text is a tool. */
export const TOOL_LIBRARIES =
  /\b(?:mcp|fastmcp|langchain|langchain_core|agents|smolagents|crewai|crewai_tools|strands|claude_agent_sdk|pydantic_ai)\b/;

/** Handlers of web requests: their parameters are filled from the address or body. Sources: FastAPI, Flask references. */
const HANDLERS = apiTable<string>([
  ...['fastapi.FastAPI()', 'fastapi.APIRouter()', 'fastapi.applications.FastAPI()', 'litestar'].flatMap((app) =>
    ['get', 'post', 'put', 'patch', 'delete', 'websocket', 'api_route'].map(
      (method) => [`${app}.${method}`, 'a web request'] as const,
    ),
  ),
  ...['flask.Flask()', 'flask.Blueprint()', 'quart.Quart()'].flatMap((app) =>
    ['route', 'get', 'post', 'put'].map((method) => [`${app}.${method}`, 'a web request'] as const),
  ),
]);

/** A word without which no function of a text is a handler. */
export const WEB_LIBRARIES =
  /\b(?:fastapi|litestar|flask|quart|django|starlette|aiohttp|sanic|tornado|bottle|rest_framework)\b/;

/** What kind of tool the function around a definition is; undefined when none of its decorators is known to make it one. */
export function toolKind(program: PythonProgram, definition: SyntaxNode): string | undefined {
  return decoratedAs(program, definition, DECORATORS);
}

function decoratedAs(program: PythonProgram, definition: SyntaxNode, table: ApiTable<string>): string | undefined {
  const decorated = definition.parent;
  if (decorated?.name !== 'DecoratedStatement') return undefined;
  for (const decorator of decorated.getChildren('Decorator')) {
    const names = decorator.getChildren('VariableName');
    const [name] = names;
    const last = names.at(-1);
    if (!name || !last) continue;
    for (const each of resolveName(program, program.text.slice(name.from, last.to), name.from) ?? []) {
      const kind = table.find(each.name);
      if (kind) return kind;
    }
  }
  return undefined;
}

/** Parameters by which a framework hands over something of its own. */
const OWN = /^(?:self|cls|ctx|context|runtime|state|config|run_context|wrapper|db|session|background_tasks|response)$/;
/** Types that cannot hold words of somebody else, and what a framework injects. */
const HARMLESS =
  /^\s*:\s*(?:int|float|bool|Literal|Context|RunContext|Session|UUID|datetime|BackgroundTasks)\b|\bDepends\(/;

/** The source that finds parameters of functions with certain decorators. */
function parametersOf(table: ApiTable<string>): Pick<FlowQuery<string>, 'shape'> {
  return {
    shape(program, node) {
      if (node.name !== 'VariableName') return undefined;
      const name = program.text.slice(node.from, node.to);
      if (OWN.test(name)) return undefined;
      for (const binding of lookup(program, name, node.from) ?? []) {
        if (binding.kind !== 'parameter') continue;
        let at: SyntaxNode | null = program.tree.tree.resolveInner(binding.at.start, 1);
        while (at && at.name !== 'FunctionDefinition' && at.name !== 'LambdaExpression') at = at.parent;
        const kind = at?.name === 'FunctionDefinition' ? decoratedAs(program, at, table) : undefined;
        const rest = program.text.slice(binding.at.end, binding.at.end + 60).split(/[,\n]/, 1)[0] ?? '';
        if (kind && !HARMLESS.test(rest)) return kind;
      }
      return undefined;
    },
  };
}

/** The part of a `FlowQuery` that finds arguments of tools: what a model, or whoever talks to it, fills in. */
export const TOOL_PARAMETERS = parametersOf(DECORATORS);

/** The part of a `FlowQuery` that finds what a client has put into a request, as a parameter of its handler. */
export const HANDLER_PARAMETERS = parametersOf(HANDLERS);
