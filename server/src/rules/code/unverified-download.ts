import type { SyntaxNode } from '@lezer/common';
import { callTable, checkRow, grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { apiTable, inContext, type PythonProgram } from '../../languages/python/program.ts';
import { DOWNLOADS } from './unverified-download.table.ts';

const TABLE = callTable(DOWNLOADS);
const WEAK = apiTable(
  `hashlib.md5().hexdigest hashlib.md5().digest hashlib.sha1().hexdigest hashlib.sha1().digest`
    .split(' ')
    .map((name) => [name, name.includes('md5') ? 'MD5' : 'SHA-1'] as const),
  { wrapped: false },
);
/** Words of somebody who compares a digest by hand. */
const COMPARES = /\bhashlib\b|sha256|checksum|\bdigest\b|verify_/i;

export const unverifiedDownload = defineRule({
  meta: {
    id: 'GL319',
    name: 'unverified-download',
    title: 'Download that is compared with no digest',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.1-2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
      'cwe:CWE-353',
      'cwe:CWE-328',
      'atlas:AML.T0010.002',
    ],
    why: 'Without a digest nobody notices when the file has been exchanged at its source or on the way, and training or loading goes on with it.',
    how: 'Give the SHA-256 that you computed from a file you have checked.',
    messages: {
      digest: '`{call}` without `{argument}` takes whatever the address sends today',
      digestRuns: '`{call}` without a digest takes whatever the address sends today, and its format can run code',
      digestArchive:
        '`{call}` without a digest takes whatever the address sends today, and every file that the archive holds',
      bare: '`{call}` compares nothing, and the format of the file can run code: compare its SHA-256 before it is used',
      bareArchive: '`{call}` compares nothing: the archive may hold other files than those you looked at',
      off: '`{argument}` switches the comparison with the recorded digests off',
      everything: '`{call}` fetches every file of the repository, pickles and scripts included',
      weak: '{algorithm} no longer shows that a file is the one that was published: compare a SHA-256',
      many: '{count} downloads in this file are compared with no digest or take every file',
    },
    peers: ['bandit B324', 'ruff S324', 'semgrep insecure-hash-algorithm-md5'],
    detections: 'DATA-07 DATA-12 DATA-13 NET-05'.split(' '),
    examples: [
      {
        path: 'data.py',
        bad: 'import keras\n\npath = keras.utils.get_file("weights.h5", "https://data.example/weights.h5")\n',
      },
      {
        title: 'torch',
        path: 'data.py',
        bad: 'import torch\n\ntorch.hub.download_url_to_file(url, "model.pt")\n',
      },
      {
        title: 'checks switched off',
        path: 'data.py',
        bad: 'from datasets import load_dataset\n\ndata = load_dataset(path, verification_mode="no_checks")\n',
        fixed: 'from datasets import load_dataset\n\ndata = load_dataset(path)\n',
      },
      {
        title: 'everything of a repository',
        path: 'data.py',
        bad: 'from huggingface_hub import snapshot_download\n\npath = snapshot_download(name)\n',
        fixed:
          'from huggingface_hub import snapshot_download\n\npath = snapshot_download(name, allow_patterns=["*.safetensors", "*.json", "tokenizer*"])\n',
      },
      {
        title: 'a digest that can be forged',
        path: 'data.py',
        bad: 'import hashlib\n\n\ndef check(data, expected):\n    return hashlib.md5(data).hexdigest() == expected\n',
      },
      {
        title: 'with a digest',
        path: 'data.py',
        good: 'import keras\nimport torch\n\nkeras.utils.get_file("w.h5", url, file_hash=DIGEST)\ntorch.hub.download_url_to_file(url, "model.pt", hash_prefix=DIGEST)\n',
      },
      {
        title: 'compared by hand',
        path: 'data.py',
        good: 'import hashlib\nimport urllib.request\n\n\ndef fetch(expected):\n    urllib.request.urlretrieve("https://data.example/model.pt", "model.pt")\n    with open("model.pt", "rb") as file:\n        assert hashlib.sha256(file.read()).hexdigest() == expected\n',
      },
      {
        title: 'compared in a function of the project',
        path: 'data.py',
        good: 'import hashlib\nimport urllib.request\n\n\ndef fetch(url, target, expected):\n    urllib.request.urlretrieve(url, target)\n    if hashlib.sha256(open(target, "rb").read()).hexdigest() != expected:\n        raise RuntimeError(target)\n    return target\n\n\nfetch("https://data.example/model.pt", "model.pt", DIGEST)\n',
      },
      {
        title: 'a commit, whose files never change',
        path: 'data.py',
        good: 'from huggingface_hub import snapshot_download\n\npath = snapshot_download(name, revision="0123456789abcdef0123456789abcdef01234567")\n',
      },
      {
        title: 'a key of a cache is no verification',
        path: 'cache.py',
        good: 'import hashlib\n\nkey = hashlib.md5(text.encode()).hexdigest()\n',
      },
    ],
  },
  triggers: [TABLE, WEAK],
  *check(file) {
    const hints: Problem[] = [];
    for (const { call, row: rows, name, wrapper } of file.python.callsTo(TABLE)) {
      const isChecked =
        isCompared(file.python, call.nameSpan.start) ||
        wrapper?.steps.some((step) => isCompared(step.program, step.call.nameSpan.start));
      for (const row of rows) {
        const problem = checkRow(file, { call, row, name }, 'warning');
        if (!problem || (row.detection === 'DATA-12' && isChecked)) continue;
        if (problem.severity === 'hint') hints.push(problem);
        else yield problem;
        if (row.detection === 'DATA-12') break;
      }
    }
    yield* grouped(hints, 'many');
    for (const { call, row } of file.python.callsTo(WEAK)) {
      const made = call.node.firstChild?.firstChild;
      if (!isComparison(call.node) || (made && /usedforsecurity\s*=\s*False/.test(textOf(file, made)))) continue;
      const data = { algorithm: row };
      yield { span: call.nameSpan, message: 'weak', data, severity: inContext('info', file.path) };
    }
  },
});

/** Whether the function around a download looks as if it compared a digest. */
function isCompared(python: PythonProgram, offset: number): boolean {
  if (!COMPARES.test(python.text)) return false;
  // The comparison stands beside the download, not on the way to it.
  python.outgrow();
  const { start, end, kind } = python.scopeAt(offset);
  return kind === 'function' && COMPARES.test(python.text.slice(start, end));
}

function isComparison(node: SyntaxNode): boolean {
  let parent = node.parent;
  while (parent?.name === 'ParenthesizedExpression') parent = parent.parent;
  return parent?.name === 'BinaryExpression' && parent.getChild('CompareOp') !== null;
}

function textOf({ text }: SourceFile, node: SyntaxNode): string {
  return text.slice(node.from, node.to);
}
