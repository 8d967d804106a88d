import { checkRow } from '../../engine/callRule.ts';
import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { lowered } from '../../languages/python/program.ts';
import { VULNERABLE } from './vulnerable-loader-version.table.ts';

/** One version and no other, as in a lock file. */
const PINNED = /^\s*={2,3}\s*[^\s,*]+\s*$/;

export const vulnerableLoaderVersion = defineRule({
  meta: {
    id: 'GL313',
    name: 'vulnerable-loader-version',
    title: 'Safe loader of a version with a known hole',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-1395',
      'cwe:CWE-502',
      'atlas:AML.T0010.001',
    ],
    why: 'The call is the safe one, but the version of the library that the project names is known to let a crafted file around that safety.',
    how: 'Raise the version in the manifest and in the lock file. Until then load only files that you made.',
    messages: {
      call: '`{call}` has a known hole before {package} {version} ({flaw}); the project allows {allowed}',
    },
    detections: [
      'LOAD-02',
      'LOAD-26',
      'LOAD-29',
      'LOAD-30',
      'LOAD-35',
      'LOAD-37',
      'LOAD-38',
      'LOAD-49',
      'LOAD-55',
      'LOAD-60',
    ],
    examples: [
      {
        path: 'load.py',
        packages: { torch: '==2.5.1' },
        bad: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'the default, of a version that has it',
        path: 'load.py',
        packages: { torch: '==2.8.0' },
        bad: 'import torch\n\nstate = torch.load(path)\n',
      },
      {
        path: 'load.py',
        packages: { keras: '==3.8.0' },
        bad: 'import keras\n\nmodel = keras.saving.load_model("model.keras")\n',
      },
      {
        path: 'load.py',
        packages: { keras: '==3.11.0' },
        bad: 'from keras.models import load_model\n\nmodel = load_model("model.h5")\n',
      },
      { path: 'load.py', packages: { onnx: '==1.16.0' }, bad: 'import onnx\n\nmodel = onnx.load(path)\n' },
      { path: 'words.py', packages: { nltk: '==3.8.1' }, bad: 'import nltk\n\nnltk.download("punkt")\n' },
      {
        path: 'data.py',
        packages: { pyarrow: '==13.0.0' },
        bad: 'import pyarrow.parquet as pq\n\ntable = pq.read_table(path)\n',
      },
      {
        title: 'only the lowest version of a range is affected',
        path: 'load.py',
        packages: { 'langchain-core': '>=1.1' },
        bad: 'from langchain_core.load import loads\n\nchain = loads(text)\n',
      },
      {
        title: 'a version without the hole',
        path: 'load.py',
        packages: { torch: '==2.10.0' },
        good: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'no manifest says which version',
        path: 'load.py',
        good: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'only the graph is read',
        path: 'load.py',
        packages: { onnx: '==1.16.0' },
        good: 'import onnx\n\nmodel = onnx.load(path, load_external_data=False)\n',
      },
      {
        title: 'the resource without a pickle',
        path: 'words.py',
        packages: { nltk: '==3.8.1' },
        good: 'import nltk\n\nnltk.download("punkt_tab")\n',
      },
      {
        title: 'closed by the package made for it',
        path: 'data.py',
        packages: { pyarrow: '==13.0.0' },
        good: 'import pyarrow.parquet as pq\nimport pyarrow_hotfix\n\ntable = pq.read_table(path)\n',
      },
    ],
  },
  triggers: [VULNERABLE],
  *check(file) {
    yield* oncePerFlaw(problemsOf(file));
  },
});

/** Of several flaws of one package in one call, the first. */
function* problemsOf(file: SourceFile): Iterable<Problem> {
  for (const match of file.python.callsTo(VULNERABLE)) {
    const seen = new Set<string>();
    for (const row of match.row) {
      const name = row.versions?.package ?? '';
      const version = file.packages.get(name);
      if (!version || seen.has(name) || (name === 'pyarrow' && file.text.includes('pyarrow_hotfix'))) continue;
      // A range may well be installed in a version without the hole.
      const harm: Severity = row.severity ?? 'warning';
      const severity = PINNED.test(version.specifier) ? harm : lowered(harm);
      const problem = checkRow(file, { ...match, row: { ...row, severity } }, severity);
      if (!problem) continue;
      seen.add(name);
      const allowed = `${name} ${version.specifier || 'in any version'}`;
      yield { ...problem, data: { ...problem.data, allowed } };
    }
  }
}

/** The remedy is one line of the manifest: one problem for all calls that have the same flaw. */
function oncePerFlaw(problems: Iterable<Problem>): readonly Problem[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const flaw = problem.data?.flaw ?? '';
    const known = first.get(flaw);
    const related = known && [...(known.related ?? []), { span: problem.span, message: 'Here too' }];
    first.set(flaw, known && related ? { ...known, related } : problem);
  }
  return [...first.values()];
}
