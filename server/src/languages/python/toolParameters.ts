import type { SyntaxNode } from '@lezer/common';
import { apiTable } from './apiTable.ts';
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

/** What kind of tool the function around a definition is; undefined when none of its decorators is known to make it one. */
export function toolKind(program: PythonProgram, definition: SyntaxNode): string | undefined {
  const decorated = definition.parent;
  if (decorated?.name !== 'DecoratedStatement') return undefined;
  for (const decorator of decorated.getChildren('Decorator')) {
    const [name] = decorator.getChildren('VariableName');
    const last = decorator.getChildren('VariableName').at(-1);
    if (!name || !last) continue;
    const dotted = program.text.slice(name.from, last.to);
    for (const each of resolveName(program, dotted, name.from) ?? []) {
      const kind = DECORATORS.find(each.name);
      if (kind) return kind;
    }
  }
  return undefined;
}

/** Parameters by which a framework hands something of its own to a tool. */
const OWN = /^(?:self|cls|ctx|context|runtime|state|config|run_context|wrapper)$/;
const HARMLESS_TYPE = /:\s*(?:int|float|bool|Literal|Context|RunContext)\b/;

/** The part of a `FlowQuery` that finds arguments of tools: what a model, or whoever talks to it, fills in. */
export const TOOL_PARAMETERS: Pick<FlowQuery<string>, 'shape'> = {
  shape(program, node) {
    if (node.name !== 'VariableName') return undefined;
    const name = program.text.slice(node.from, node.to);
    if (OWN.test(name)) return undefined;
    for (const binding of lookup(program, name, node.from) ?? []) {
      if (binding.kind !== 'parameter') continue;
      let at: SyntaxNode | null = program.tree.tree.resolveInner(binding.at.start, 1);
      while (at && at.name !== 'FunctionDefinition' && at.name !== 'LambdaExpression') at = at.parent;
      const kind = at?.name === 'FunctionDefinition' ? toolKind(program, at) : undefined;
      if (!kind) continue;
      const written = program.text.slice(binding.at.end, binding.at.end + 40);
      return HARMLESS_TYPE.test(written.split(',', 1)[0] ?? '') ? undefined : kind;
    }
    return undefined;
  },
};
