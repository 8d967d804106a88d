import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { executionOf } from '../../languages/python/execution.ts';
import { type ApiCall, type FlowQuery, flowOf, inContext, lowered, SOURCES } from '../../languages/python/program.ts';
import { SINKS, type Sink } from '../../languages/python/sinks.ts';
import { decidingPart, isChecked, isHandedThrough, PATH_STOPS, placeOf } from '../../languages/python/targets.ts';
import { TOOL_LIBRARIES } from '../../languages/python/tools.ts';
import { inTexts } from '../../languages/python/triggers.ts';

const STOPS = new Set(
  'int float bool len hash id ord isinstance ast.literal_eval shlex.quote re.escape open uuid.UUID'.split(' '),
);
const EXECUTED: FlowQuery<string> = { ...SOURCES.toolCall, stops: STOPS };
const PASSED: FlowQuery<string> = {
  ...SOURCES.toolCall,
  stops: new Set([...STOPS, ...PATH_STOPS]),
  passes: new Set('os.path.join os.path.expanduser os.path.abspath os.path.normpath pathlib.Path'.split(' ')),
};

/** Tools that any client may call. */
const OPEN = /\b(?:fast)?mcp\b/;

export const toolArgumentInjection = defineRule({
  meta: {
    id: 'GL344',
    name: 'tool-argument-injection',
    title: 'Argument of a model tool that reaches a shell, an address, a file or a query unchecked',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM03',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-78',
      'cwe:CWE-94',
      'cwe:CWE-918',
      'cwe:CWE-22',
      'cwe:CWE-89',
      'atlas:AML.T0053',
    ],
    why: 'The model fills in the arguments of a tool, and a page or document that it has read can tell it what to write there.',
    how: 'Run a fixed program with a list of arguments and no shell; look hosts, files and values up in a list of allowed ones; resolve a path and compare it with the folder it must stay in; give values to queries as parameters.',
    messages: {
      code: '`{sink}` runs the argument `{parameter}` of a tool as code',
      shell: '`{sink}` puts the argument `{parameter}` of a tool into a shell command',
      command: '`{sink}` starts the program that the argument `{parameter}` of a tool names',
      address: '`{sink}` calls whatever address the argument `{parameter}` of a tool gives, internal services included',
      file: '`{sink}` opens whatever file the argument `{parameter}` of a tool names',
      query: '`{sink}` runs a query that the argument `{parameter}` of a tool is part of',
    },
    peers: ['semgrep mcp-command-injection', 'semgrep mcp-ssrf'],
    detections: ['AGT-16', 'AGT-17'],
    examples: [
      {
        path: 'server.py',
        bad: 'import subprocess\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("net")\n\n\n@mcp.tool()\ndef ping(host: str) -> str:\n    return subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True, text=True).stdout\n',
      },
      {
        title: 'a decorator without brackets',
        path: 'server.py',
        bad: 'import os\nfrom fastmcp import FastMCP\n\nserver = FastMCP("files")\n\n\n@server.tool\ndef listing(folder: str) -> str:\n    return os.popen("ls " + folder).read()\n',
      },
      {
        path: 'server.py',
        bad: 'import httpx\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("web")\n\n\n@mcp.tool()\nasync def fetch(url: str) -> str:\n    async with httpx.AsyncClient() as client:\n        response = await client.get(url)\n    return response.text\n',
      },
      {
        path: 'tools.py',
        bad: 'from langchain_core.tools import tool\n\n\n@tool\ndef read_note(name: str) -> str:\n    """Read a note."""\n    with open(f"notes/{name}") as file:\n        return file.read()\n',
      },
      {
        path: 'tools.py',
        bad: 'import sqlite3\nfrom agents import function_tool\n\n\n@function_tool\ndef orders(customer: str) -> list:\n    connection = sqlite3.connect("shop.db")\n    return connection.execute(f"select * from orders where customer = \'{customer}\'").fetchall()\n',
      },
      {
        title: 'a fixed program with an argument',
        path: 'server.py',
        good: 'import subprocess\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("net")\n\n\n@mcp.tool()\ndef ping(host: str) -> str:\n    return subprocess.run(["ping", "-c", "1", host], capture_output=True, text=True).stdout\n',
      },
      {
        title: 'a fixed host',
        path: 'server.py',
        good: 'import httpx\nfrom mcp.server.fastmcp import FastMCP\n\nBASE = "https://api.weather.example"\nmcp = FastMCP("weather")\n\n\n@mcp.tool()\nasync def alerts(state: str) -> str:\n    async with httpx.AsyncClient() as client:\n        response = await client.get(f"{BASE}/alerts/active/{state}")\n    return response.text\n',
      },
      {
        title: 'a fixed host in the caller',
        path: 'server.py',
        good: 'import httpx\nfrom mcp.server.fastmcp import FastMCP\n\nBASE = "https://api.weather.example"\nmcp = FastMCP("weather")\n\n\nasync def load(url):\n    async with httpx.AsyncClient() as client:\n        return (await client.get(url)).text\n\n\n@mcp.tool()\nasync def alerts(state: str) -> str:\n    return await load(f"{BASE}/alerts/active/{state}")\n',
      },
      {
        title: 'a path that is compared with its folder',
        path: 'tools.py',
        good: 'from pathlib import Path\nfrom langchain_core.tools import tool\n\nNOTES = Path("notes").resolve()\n\n\n@tool\ndef read_note(name: str) -> str:\n    """Read a note."""\n    path = (NOTES / name).resolve()\n    if not path.is_relative_to(NOTES):\n        return "no such note"\n    with open(path) as file:\n        return file.read()\n',
      },
      {
        title: 'a query with parameters',
        path: 'tools.py',
        good: 'import sqlite3\nfrom agents import function_tool\n\n\n@function_tool\ndef orders(customer: str) -> list:\n    connection = sqlite3.connect("shop.db")\n    return connection.execute("select * from orders where customer = ?", (customer,)).fetchall()\n',
      },
      {
        title: 'a number',
        path: 'server.py',
        good: 'import os\nfrom fastmcp import FastMCP\n\nserver = FastMCP("jobs")\n\n\n@server.tool\ndef stop(job: int) -> None:\n    os.system(f"kill {job}")\n',
      },
      {
        title: 'no tool',
        path: 'run.py',
        good: 'import os\nfrom fastmcp import FastMCP\n\n\ndef listing(folder: str) -> str:\n    return os.popen("ls " + folder).read()\n',
      },
    ],
  },
  triggers: [inTexts(TOOL_LIBRARIES, SINKS.execution, SINKS.address, SINKS.file, SINKS.query)],
  *check(file) {
    if (!TOOL_LIBRARIES.test(file.text)) return;
    for (const match of file.python.callsTo(SINKS.execution)) {
      const found = executionOf(file.python, match, (node) => flowOf(file.python, node, EXECUTED));
      if (found) yield problemOf(file, match, found.as, found.flow.node, 'error');
    }
    for (const table of [SINKS.address, SINKS.file, SINKS.query]) {
      for (const match of file.python.callsTo(table)) {
        const place = placeOf(match);
        const { does } = match.row;
        const node = place && (does === 'address' ? decidingPart(file.python, place) : place);
        const flow = node && flowOf(file.python, node, PASSED);
        if (!flow || isChecked(file.python, match.call.node, does)) continue;
        if (does === 'address' && isHandedThrough(file.python, node, flow.node)) continue;
        const message = does === 'address' || does === 'query' ? does : 'file';
        const severity = does === 'query' || does === 'address' || does === 'read' ? 'warning' : 'error';
        yield { ...problemOf(file, match, message, flow.node, severity), confidence: 'medium' };
      }
    }
  },
});

function problemOf(
  { text, path }: SourceFile,
  { call, name }: ApiCall<Sink>,
  message: string,
  parameter: SyntaxNode,
  severity: 'error' | 'warning',
): Problem {
  return {
    span: call.nameSpan,
    message,
    data: { sink: name, parameter: text.slice(parameter.from, parameter.to) },
    // Tools of an agent that only its owner talks to are lower than those a server offers to anybody.
    severity: inContext(OPEN.test(text) ? severity : lowered(severity), path),
    evidence: call.via ? [`${call.via}.`] : [],
    related: [{ span: { start: parameter.from, end: parameter.to }, message: 'the model writes this' }],
  };
}
