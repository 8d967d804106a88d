import { versionNote } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { isBelow, type PackageVersion } from '../../languages/packages/packages.ts';
import { apiTable, inContext } from '../../languages/python/program.ts';

interface Hole {
  readonly package: string;
  /** First version without the hole. */
  readonly fixed: string;
  /** What somebody who writes the file or sends the request can do; completes "… lets". */
  readonly effect: string;
}

const RUN = 'a prepared file run code';
const rows = (hole: Hole, names: string): (readonly [string, Hole])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, hole] as const);

/**
 * Holes of readers and servers that only matter where the named function is used. From the libraries' security advisories;
 * torch, PyYAML and datasets are judged with their loaders, by other rules.
 */
const HOLES = apiTable<Hole>([
  ...rows(
    { package: 'keras', fixed: '3.13.2', effect: RUN },
    'keras.models.load_model keras.saving.load_model keras.models.model_from_json keras.saving.deserialize_keras_object',
  ),
  ...rows(
    { package: 'hydra-core', fixed: '1.3.4', effect: 'a prepared configuration run code' },
    'hydra.utils.instantiate hydra.utils.call',
  ),
  ...rows(
    { package: 'transformers', fixed: '5.2.1', effect: 'a prepared repository run code without being trusted' },
    'transformers.LightGlueForKeypointMatching.from_pretrained transformers.AutoModelForKeypointMatching.from_pretrained',
  ),
  ...rows(
    { package: 'diffusers', fixed: '0.42.1', effect: 'a prepared repository run code without being trusted' },
    'diffusers.DiffusionPipeline.from_pretrained diffusers.AutoPipelineForText2Image.from_pretrained',
  ),
  ...rows(
    { package: 'vllm', fixed: '0.22', effect: 'a prepared repository run code without being trusted' },
    'vllm.LLM',
  ),
  ...rows(
    { package: 'langchain-core', fixed: '1.3.3', effect: 'a prepared text build objects of its choice' },
    'langchain_core.load.loads langchain_core.load.load langchain_core.load.load.loads langchain.load.loads',
  ),
  ...rows({ package: 'skops', fixed: '0.13', effect: RUN }, 'skops.io.load skops.io.loads'),
  ...rows({ package: 'onnx', fixed: '1.21', effect: 'a prepared model read other files' }, 'onnx.load onnx.load_model'),
  ...rows(
    { package: 'nltk', fixed: '3.9', effect: 'a prepared resource run code' },
    'nltk.data.load nltk.word_tokenize nltk.pos_tag nltk.download',
  ),
  ...rows(
    { package: 'pyarrow', fixed: '14.0.1', effect: RUN },
    'pyarrow.parquet.read_table pyarrow.ipc.open_file pyarrow.ipc.open_stream pyarrow.feather.read_table pyarrow.dataset.dataset',
  ),
  ...rows(
    { package: 'llama-cpp-python', fixed: '0.2.72', effect: 'the chat template of a prepared model run code' },
    'llama_cpp.Llama',
  ),
  ...rows({ package: 'joblib', fixed: '1.2', effect: 'the argument `pre_dispatch` run code' }, 'joblib.Parallel'),
  ...rows(
    { package: 'mcp', fixed: '1.23', effect: 'a web page call the tools of a server on this machine' },
    'mcp.server.fastmcp.FastMCP mcp.server.FastMCP',
  ),
  ...rows({ package: 'mlflow', fixed: '3.15', effect: RUN }, 'mlflow.pyfunc.load_model mlflow.sklearn.load_model'),
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
        packages: { pyarrow: '==13.0.0' },
        bad: 'import pyarrow.parquet as pq\n\ntable = pq.read_table(path)\n',
      },
      {
        title: 'the version without the hole',
        path: 'data.py',
        packages: { pyarrow: '==14.0.1' },
        good: 'import pyarrow.parquet as pq\n\ntable = pq.read_table(path)\n',
      },
      {
        title: 'a range: nobody can tell what is installed',
        path: 'data.py',
        packages: { pyarrow: '>=8' },
        good: 'import pyarrow.parquet as pq\n\ntable = pq.read_table(path)\n',
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
      said.add(row.package);
      yield {
        span: call.nameSpan,
        message: 'call',
        data: { call: name, ...row, version: version?.lowest },
        severity: inContext('warning', file.path),
        evidence: [...(call.via ? [`${call.via}.`] : []), versionNote(row.package, version)],
      };
    }
  },
});

/** A range says what is allowed, and most often something newer is installed. */
function isPinned(version: PackageVersion | undefined): boolean {
  return version !== undefined && /^\s*={2,3}\s*[^,*]+$/.test(version.specifier);
}
