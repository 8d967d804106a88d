import { callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { type ApiCall, apiTable, inContext, provenanceOf } from '../../languages/python/program.ts';

/** webdataset (`gopen.py`): an address that begins with `pipe:` is a shell command. */
const OPENERS = apiTable(
  `webdataset.WebDataset webdataset.gopen webdataset.gopen.gopen webdataset.SimpleShardList webdataset.ResampledShards
  webdataset.WebLoader webdataset.tariterators.tarfile_to_samples`
    .split(/\s+/)
    .map((name) => [name, true] as const),
);
/** webdataset (`autodecode.py`) and torch's data pipes unpickle members called `.pyd`, `.pickle`, `.pkl`. */
const DECODERS = callTable([
  {
    detection: 'DATA-08',
    apis: 'webdataset.**.decode webdataset.decode',
    when: [{ parameter: 'args', position: 0, is: 'absent' }],
    message: 'decode',
  },
  {
    detection: 'DATA-08',
    apis: 'torch.utils.data.datapipes.utils.decoder.basichandlers torchdata.**.basichandlers',
    message: 'decode',
  },
]);

export const datasetPipelineRunsCode = defineRule({
  meta: {
    id: 'GL317',
    name: 'dataset-pipeline-runs-code',
    title: 'Reading the data runs what its address or its members say',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM04',
      'owasp-llm-2026:LLM05',
      'cwe:CWE-78',
      'cwe:CWE-502',
      'atlas:AML.T0010.002',
    ],
    why: 'An address that begins with `pipe:` is a command for the shell, and members that end in `.pyd` or `.pickle` are unpickled, which can call any function. Whoever writes the address or a shard then runs code with your rights.',
    how: 'Refuse addresses with `pipe:` that are not your own, and name the handlers of the members you expect: `.decode("pil")`.',
    messages: {
      pipe: '`{call}` runs a shell command that is put together here',
      address: '`{call}` takes an address from {source}: one that begins with `pipe:` is a shell command',
      decode: '`{call}` without handlers also unpickles members of the shards',
    },
    detections: ['DATA-08'],
    examples: [
      {
        path: 'data.py',
        bad: 'import webdataset as wds\n\ndata = wds.WebDataset(f"pipe:aws s3 cp {url} -")\n',
      },
      {
        title: 'an address of somebody else',
        path: 'data.py',
        bad: 'import sys\nimport webdataset as wds\n\ndata = wds.WebDataset(sys.argv[1])\n',
      },
      {
        title: 'all handlers',
        path: 'data.py',
        bad: 'import webdataset as wds\n\ndata = wds.WebDataset("shards-{000..099}.tar").shuffle(100).decode()\n',
      },
      {
        path: 'data.py',
        good: 'import webdataset as wds\n\ndata = wds.WebDataset("shards-{000..099}.tar").shuffle(100).decode("pil")\nown = wds.WebDataset("pipe:cat /data/shard-000.tar")\n',
      },
      { title: 'another `decode`', path: 'data.py', good: 'import webdataset as wds\n\ntext = data.decode()\n' },
    ],
  },
  triggers: [OPENERS, DECODERS],
  *check(file) {
    for (const match of file.python.callsTo(OPENERS)) {
      const problem = openerProblem(file, match);
      if (problem) yield problem;
    }
    yield* checkCalls(file, DECODERS, 'warning');
  },
});

function openerProblem({ python, text, path }: SourceFile, { call, name }: ApiCall<true>): Problem | undefined {
  const [first] = call.arguments;
  if (!first || first.star || python.constantOf(first.value).known) return undefined;
  const base = { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [] };
  const written = text.slice(first.value.from, Math.min(first.value.to, first.value.from + 12));
  if (/^\(?[rRfFbB]{0,2}["']{1,3}pipe:/.test(written)) {
    return { ...base, message: 'pipe', data: { call: name }, severity: inContext('error', path) };
  }
  const flow = provenanceOf(python, first.value);
  // An address that is written out is a download, but its beginning is known.
  if (!flow || /^(?:a download|a model hub|a folder)/.test(flow.source)) return undefined;
  return {
    ...base,
    message: 'address',
    data: { call: name, source: flow.source },
    // Whoever starts the program may run any command anyway.
    severity: inContext(/command line|environment/.test(flow.source) ? 'info' : 'warning', path),
    related: flow.steps,
  };
}
