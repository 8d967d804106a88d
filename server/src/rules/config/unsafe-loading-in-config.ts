import type { Fix, Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import { allNodes, type TreeEntry, type TreeNode } from '../../languages/tree.ts';

/** A key with which training and serving tools load what they would refuse otherwise. */
interface LoadingRow {
  readonly key: RegExp;
  readonly unsafe: boolean;
  readonly message: 'code' | 'pickle';
  readonly severity: Severity;
}

/**
 * Sources: options of axolotl, LLaMA-Factory, vLLM, SGLang, lm-eval, KServe and SkyPilot (trust_remote_code, off when unset);
 * torch.load and Lightning's trainers (weights_only).
 */
const ROWS: readonly LoadingRow[] = [
  {
    key: /^(?:[\w.]*[._])?(?:trust[-_]remote[-_]code|allow[-_]remote[-_]code|trustRemoteCode)(?:_model)?$/,
    unsafe: true,
    message: 'code',
    severity: 'warning',
  },
  { key: /^weights_only$/, unsafe: false, message: 'pickle', severity: 'warning' },
];

export const unsafeLoadingInConfig = defineRule({
  meta: {
    id: 'GL529',
    name: 'unsafe-loading-in-config',
    title: 'Configuration that has a tool run code of a model',
    kinds: ['ai-config', 'container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'cwe:CWE-502',
      'atlas:AML.T0010.003',
    ],
    detections: ['CFG-08'],
    why: 'The tool downloads Python files with the model, or unpickles it, and runs them with your rights. Whoever can change the repository of the model decides what they do.',
    how: 'Leave the key out for models that the library knows. Else name the commit that was reviewed (`revision`) beside it.',
    messages: {
      code: '`{key}: {value}` runs whatever code the repository of the model holds on the day',
      pickle: '`{key}: {value}` lets a checkpoint run code when it is loaded',
    },
    examples: [
      {
        path: 'configs/sft.yaml',
        bad: 'base_model: org/model\ntrust_remote_code: true\n',
        fixed: 'base_model: org/model\ntrust_remote_code: false\n',
        good: 'base_model: org/model\ntrust_remote_code: true\nrevision: 0123456789abcdef0123456789abcdef01234567\n',
      },
      {
        path: 'conf/eval.yaml',
        bad: 'load:\n  weights_only: False\n',
        fixed: 'load:\n  weights_only: false\n'.replace('false', 'true'),
        good: 'load:\n  weights_only: true\n  trust_remote_code: ${trust}\n',
      },
    ],
  },
  *check({ tree, text }) {
    if (!/trust[-_]remote|trustRemote|allow[-_]remote|weights_only/.test(text)) return;
    for (const document of tree) {
      for (const map of allNodes(document)) for (const entry of map.entries) yield* problemOf(entry, map);
    }
  },
});

function* problemOf({ key, keySpan, node }: TreeEntry, map: TreeNode): Iterable<Problem> {
  const row = ROWS.find((each) => each.key.test(key));
  if (!row || !isUnsafe(node, row.unsafe)) return;
  if (row.message === 'code' && hasCommit(map)) return;
  const safe = String(!row.unsafe);
  const fixes: Fix[] = [
    {
      title: `Change to \`${safe}\``,
      kind: 'suggestion',
      edits: [{ start: node.span.start, end: node.span.end, text: safe }],
    },
  ];
  const span = { start: keySpan.start, end: node.span.end };
  yield { span, message: row.message, data: { key, value: node.text }, severity: row.severity, fixes };
}

function isUnsafe({ kind, text }: TreeNode, unsafe: boolean): boolean {
  return kind === 'scalar' && (unsafe ? /^(?:true|yes|on)$/i : /^(?:false|no|off)$/i).test(text);
}

/** A commit beside the key, under whatever name the tool gives it. */
function hasCommit({ entries }: TreeNode): boolean {
  return entries.some(({ key, node }) => /revision/i.test(key) && /^[\da-f]{40}$/i.test(node.text));
}
