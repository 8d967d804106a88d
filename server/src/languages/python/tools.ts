import type { SyntaxNode } from '@lezer/common';
import { type ApiTable, apiTable } from './apiTable.ts';
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
