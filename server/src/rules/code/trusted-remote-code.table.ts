import type { CallRow } from '../../engine/callRule.ts';
import type { Severity } from '../../engine/finding.ts';
import { apiTable, type FlowQuery } from '../../languages/python/program.ts';

/**
 * Which arguments pin the code, by library and method; those of transformers come first to pin the model and then its code,
 * which may be kept in another repository. `from_config` is given a model that is already there (transformers 4.57,
 * `auto_factory.py`). Of other libraries nobody knows here.
 */
export function pinsOf(call: string): readonly string[] {
  if (/^transformers\..*\.from_config$/.test(call)) return ['code_revision'];
  if (call.startsWith('transformers.')) return ['revision', 'code_revision'];
  return /^(?:diffusers|datasets|sentence_transformers|vllm)\./.test(call) ? ['revision'] : [];
}

/** Reads numbers and names, whatever the flag says (transformers 4.57, `generation/configuration_utils.py`). */
export const NO_CODE = /^transformers\.(?:\w+\.)*GenerationConfig\.from_pretrained$/;

/**
 * Switches for a whole process. Sources: datasets 2.16 to 3.6 (`config.py`), transformers 4 (`retrieval_rag.py`).
 * That of evaluate is reported with the other switches of the environment.
 */
export const SWITCHES: ReadonlyMap<string, { readonly message: string; readonly severity: Severity }> = new Map([
  ['HF_DATASETS_TRUST_REMOTE_CODE', { message: 'switch', severity: 'error' }],
  ['TRUST_REMOTE_CODE', { message: 'switch', severity: 'warning' }],
]);
/** lm-evaluation-harness 0.4 (`evaluator.py`): runs tasks that score a program by running it. */
export const EVALUATIONS: readonly CallRow[] = [
  {
    detection: 'CODE-11',
    apis: 'lm_eval.simple_evaluate lm_eval.evaluator.simple_evaluate',
    when: [{ parameter: 'confirm_run_unsafe_code', is: 'true' }],
    message: 'evaluation',
    severity: 'warning',
    fixes: [{ remove: 'confirm_run_unsafe_code', kind: 'suggestion' }],
  },
  {
    detection: 'CODE-11',
    apis: 'lm_eval.simple_evaluate lm_eval.evaluator.simple_evaluate',
    when: [{ parameter: 'model_args', position: 1, is: /\btrust_remote_code=(?:true|1)\b/i }],
    message: 'call',
  },
];
/** Folders that the program makes for itself; tests get theirs as parameters. */
export const OWN_FOLDERS: FlowQuery<true> = {
  sources: apiTable([
    ['tempfile.mkdtemp', true],
    ['tempfile.TemporaryDirectory', true],
  ]),
  passes: new Set(['os.path.join', 'str', 'pathlib.Path', 'os.fspath']),
  parameter: ({ text }, { at }) =>
    /^(?:tmp_path|tmpdir|tmp_dir)$/.test(text.slice(at.start, at.end)) ? true : undefined,
};
/** Calls that keep a dictionary or a list of settings and load nothing themselves. */
export const CONTAINERS = new Set(['dict', 'collections.OrderedDict', 'types.SimpleNamespace', 'argparse.Namespace']);
