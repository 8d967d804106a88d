import { versionNote } from '../../engine/evidence.ts';
import { defineRule } from '../../engine/rule.ts';
import { isBelow, type PackageVersion } from '../../languages/packages/packages.ts';
import { type ApiCall, apiTable, inContext } from '../../languages/python/program.ts';

interface Hole {
  readonly package: string;
  /** First version with the hole; default: from the beginning. */
  readonly from?: string;
  /** First version without the hole. */
  readonly fixed: string;
  /** What somebody who writes the file or sends the request can do; completes "… lets". */
  readonly effect: string;
  /** The hole is open only where this argument matches, or is no constant of the program (`open`). */
  readonly argument?: { readonly name: string; readonly position?: number; readonly is: RegExp | 'open' };
}

const rows = (hole: Hole, names: string): (readonly [string, Hole])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, hole] as const);

/**
 * Holes that only matter where the named function is used, from the libraries' security advisories. Those of loaders of
 * plain files (torch, keras, onnx, skops, nltk, pyarrow, mlflow and others) are judged with the loaders, by rules of their own.
 */
const HOLES = apiTable<Hole>([
  ...rows(
    { package: 'transformers', fixed: '5.2.1', effect: 'a prepared repository run code without being trusted' },
    'transformers.LightGlueForKeypointMatching.from_pretrained transformers.AutoModelForKeypointMatching.from_pretrained',
  ),
  ...rows(
    { package: 'diffusers', fixed: '0.42.1', effect: 'a prepared repository run code without being trusted' },
    'diffusers.DiffusionPipeline.from_pretrained diffusers.AutoPipelineForText2Image.from_pretrained',
  ),
  ...rows(
    // CVE-2025-66448 (to 0.11.0), CVE-2026-22807 (0.10.1 to 0.13) and CVE-2026-27893 (0.10.1 to 0.17).
    { package: 'vllm', fixed: '0.18', effect: 'a prepared repository run code without being trusted' },
    'vllm.LLM',
  ),
  ...rows(
    // CVE-2024-34359: templates are read from the model since 0.2.30.
    {
      package: 'llama-cpp-python',
      from: '0.2.30',
      fixed: '0.2.72',
      effect: 'the chat template of a prepared model run code',
    },
    'llama_cpp.Llama llama_cpp.Llama.from_pretrained',
  ),
  ...rows(
    {
      package: 'joblib',
      fixed: '1.2',
      effect: 'the argument `pre_dispatch` run code',
      argument: { name: 'pre_dispatch', is: 'open' },
    },
    'joblib.Parallel',
  ),
  // CVE-2025-66416: a server over standard input and output cannot be reached by a page.
  ...rows(
    {
      package: 'mcp',
      fixed: '1.23',
      effect: 'a web page call the tools of a server on this machine',
      argument: { name: 'transport', position: 0, is: /^(?:sse|streamable-http)$/ },
    },
    'mcp.server.fastmcp.FastMCP().run mcp.server.FastMCP().run',
  ),
  ...rows(
    { package: 'mcp', fixed: '1.23', effect: 'a web page call the tools of a server on this machine' },
    `mcp.server.fastmcp.FastMCP().sse_app mcp.server.fastmcp.FastMCP().streamable_http_app
    mcp.server.FastMCP().sse_app mcp.server.FastMCP().streamable_http_app`,
  ),
]);

export const vulnerableLibrary = defineRule({
  meta: {
    id: 'GL328',
    name: 'vulnerable-library',
    title: 'Version with a known hole, used where it matters',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-1395',
      'atlas:AML.T0010.001',
    ],
    why: 'The version that is pinned has a published hole in just the function that is called here. Those who look for targets read the same advisories.',
    how: 'Raise the version in the file that pins it.',
    messages: { call: '`{call}` of {package} {version} lets {effect}: use {fixed} or newer' },
    detections: ['NET-16'],
    examples: [
      {
        path: 'chat.py',
        packages: { 'llama-cpp-python': '==0.2.60' },
        bad: 'from llama_cpp import Llama\n\nllm = Llama(model_path="model.gguf")\n',
      },
      {
        path: 'data.py',
        packages: { vllm: '==0.10.1' },
        bad: 'from vllm import LLM\n\nllm = LLM(model=name)\n',
      },
      {
        title: 'the version without the hole',
        path: 'data.py',
        packages: { vllm: '==0.22.0' },
        good: 'from vllm import LLM\n\nllm = LLM(model=name)\n',
      },
      {
        title: 'a version before the hole came in',
        path: 'chat.py',
        packages: { 'llama-cpp-python': '==0.2.7' },
        good: 'from llama_cpp import Llama\n\nllm = Llama(model_path="model.gguf")\n',
      },
      {
        title: 'a server that no page reaches',
        path: 'server.py',
        packages: { mcp: '==1.9.0' },
        good: 'from mcp.server.fastmcp import FastMCP\n\nserver = FastMCP("files")\nserver.run()\n',
      },
      {
        path: 'server.py',
        packages: { mcp: '==1.9.0' },
        bad: 'from mcp.server.fastmcp import FastMCP\n\nserver = FastMCP("files")\nserver.run(transport="sse")\n',
      },
      {
        title: 'an argument that is fixed',
        path: 'data.py',
        packages: { joblib: '==1.1.0' },
        good: 'from joblib import Parallel\n\nParallel(n_jobs=4, pre_dispatch="2*n_jobs")(tasks)\n',
      },
      {
        title: 'a range: nobody can tell what is installed',
        path: 'data.py',
        packages: { vllm: '>=0.8' },
        good: 'from vllm import LLM\n\nllm = LLM(model=name)\n',
      },
      {
        title: 'the library without the function',
        path: 'data.py',
        packages: { joblib: '==1.1.0' },
        good: 'import joblib\n\nprint(joblib.__version__)\njoblib.dump(model, path)\n',
      },
    ],
  },
  triggers: [HOLES],
  *check(file) {
    const said = new Set<string>();
    for (const { call, row, name } of file.python.callsTo(HOLES)) {
      if (said.has(row.package)) continue;
      const version = file.packages.get(row.package);
      if (!isPinned(version) || isBelow(version, row.fixed) !== 'yes') continue;
      if ((row.from && isBelow(version, row.from) !== 'no') || !isOpen(call, row)) continue;
      said.add(row.package);
      yield {
        span: call.nameSpan,
        message: 'call',
        data: { call: name, package: row.package, fixed: row.fixed, effect: row.effect, version: version?.lowest },
        severity: inContext('warning', file.path),
        evidence: [...(call.via ? [`${call.via}.`] : []), versionNote(row.package, version)],
      };
    }
  },
});

function isOpen(call: ApiCall<Hole>['call'], { argument }: Hole): boolean {
  if (!argument) return true;
  const given = call.argument(argument.name, argument.position);
  if (given.state !== 'given') return false;
  if (argument.is === 'open') return !given.value.known;
  return given.value.known && argument.is.test(String(given.value.value));
}

/** A range says what is allowed, and most often something newer is installed. */
function isPinned(version: PackageVersion | undefined): boolean {
  return version !== undefined && /^\s*={2,3}\s*[^,*]+$/.test(version.specifier);
}
