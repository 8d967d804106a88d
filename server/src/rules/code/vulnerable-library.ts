import { type CallRow, type CallTable, callTable } from '../../engine/callRule.ts';
import { knownHoles } from '../../engine/knownHoles.ts';
import { defineRule } from '../../engine/rule.ts';

const hole = (
  apis: string,
  versions: { readonly package: string; readonly from?: string; readonly below: string },
  flaw: string,
  when: CallRow['when'] = [],
): CallRow => ({ detection: 'NET-16', apis, versions, when, data: { flaw } });

const WITHOUT_TRUST = 'a prepared repository run code without being trusted';
const FROM_A_PAGE = 'a web page call the tools of a server on this machine';

/**
 * Holes that only matter where the named function is used, from the libraries' security advisories; the flaw completes "…
 * lets". Those of loaders of plain files (torch, keras, onnx, skops, nltk, pyarrow, mlflow and others) are judged with the
 * loaders, by rules of their own.
 */
const HOLES: CallTable = callTable([
  hole(
    'transformers.LightGlueForKeypointMatching.from_pretrained transformers.AutoModelForKeypointMatching.from_pretrained',
    { package: 'transformers', below: '5.2.1' },
    WITHOUT_TRUST,
  ),
  hole(
    'diffusers.DiffusionPipeline.from_pretrained diffusers.AutoPipelineForText2Image.from_pretrained',
    { package: 'diffusers', below: '0.42.1' },
    WITHOUT_TRUST,
  ),
  // CVE-2025-66448 (to 0.11.0), CVE-2026-22807 (0.10.1 to 0.13) and CVE-2026-27893 (0.10.1 to 0.17).
  hole('vllm.LLM', { package: 'vllm', below: '0.18' }, WITHOUT_TRUST),
  // CVE-2024-34359: templates are read from the model since 0.2.30.
  hole(
    'llama_cpp.Llama llama_cpp.Llama.from_pretrained',
    { package: 'llama-cpp-python', from: '0.2.30', below: '0.2.72' },
    'the chat template of a prepared model run code',
  ),
  hole('joblib.Parallel', { package: 'joblib', below: '1.2' }, 'the argument `pre_dispatch` run code', [
    { parameter: 'pre_dispatch', is: 'open' },
  ]),
  // CVE-2025-66416: a server over standard input and output cannot be reached by a page.
  hole('mcp.server.fastmcp.FastMCP().run mcp.server.FastMCP().run', { package: 'mcp', below: '1.23' }, FROM_A_PAGE, [
    { parameter: 'transport', position: 0, is: ['sse', 'streamable-http'] },
  ]),
  hole(
    `mcp.server.fastmcp.FastMCP().sse_app mcp.server.fastmcp.FastMCP().streamable_http_app
    mcp.server.FastMCP().sse_app mcp.server.FastMCP().streamable_http_app`,
    { package: 'mcp', below: '1.23' },
    FROM_A_PAGE,
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
    messages: { call: '`{call}` of {package} {installed} lets {flaw}: use {version} or newer' },
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
  check: (file) => knownHoles(file, HOLES, 'no'),
});
