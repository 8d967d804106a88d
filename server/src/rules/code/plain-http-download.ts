import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { environmentSettings, inContext, replaceValue } from '../../languages/python/program.ts';
import { given, inTexts, matching } from '../../languages/python/triggers.ts';
import { ADDRESS_VARIABLES, ADDRESSES, DATA_FILE } from './plain-http-download.table.ts';

const PLAIN = /^(?:http|ftp):\/\/(?:[^\s/@]*@)?(\[[^\]]*\]|[^\s/:?#{}]+)(?![^\s/:?#]*[{}])/i;
/** This machine, its neighbours, and names that only the own network or a composition of containers knows. */
const NEAR =
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[.*\]|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|[^.]+|.*\.(?:local|localhost|internal|intranet|lan|home|corp|svc|test|invalid))$/i;

const HELPER = /^(?:_?(?:maybe_)?(?:download|fetch|retrieve)(?:_|$|[A-Z])|\w*_download$|load_(?:file_)?from_url)/;
/** An address of another machine. */
const PLAIN_ADDRESS = /["'](?:http|ftp):\/\/[^\s/"'{}]{0,200}\./i;
const HELPER_CALL = /\b\w{0,40}(?:download|fetch|retrieve|from_url)\w{0,40}(?=\()/g;

export const plainHttpDownload = defineRule({
  meta: {
    id: 'GL321',
    name: 'plain-http-download',
    title: 'Model or data over a connection that anybody can change',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-319',
      'cwe:CWE-494',
      'atlas:AML.T0010.002',
    ],
    why: 'Whoever sits between you and the server can read what is sent and replace what is received: data to train on, weights to load.',
    how: 'Use `https://`. Where the server has none, compare the SHA-256 of what you got.',
    messages: {
      call: '`{call}` goes to `{host}` without encryption: what it receives can be exchanged on the way',
      variable: '`{call}` is `{host}` without encryption: what is sent there can be read and changed on the way',
    },
    peers: ['semgrep request-with-http', 'semgrep insecure-urlopen', 'semgrep wget-unencrypted-url'],
    detections: ['DATA-06', 'NET-07'],
    examples: [
      {
        path: 'data.py',
        bad: 'import pandas as pd\n\ndata = pd.read_csv("http://archive.example.org/iris.csv")\n',
        fixed: 'import pandas as pd\n\ndata = pd.read_csv("https://archive.example.org/iris.csv")\n',
      },
      {
        title: 'weights',
        path: 'load.py',
        bad: 'import requests\n\nweights = requests.get("http://models.example.org/model.pt").content\n',
        fixed: 'import requests\n\nweights = requests.get("https://models.example.org/model.pt").content\n',
      },
      {
        title: 'files of a dataset',
        path: 'data.py',
        bad: 'from datasets import load_dataset\n\ndata = load_dataset("csv", data_files={"train": "http://data.example.org/train.csv"})\n',
        fixed:
          'from datasets import load_dataset\n\ndata = load_dataset("csv", data_files={"train": "https://data.example.org/train.csv"})\n',
      },
      {
        title: 'in the environment',
        path: 'train.py',
        bad: 'import os\n\nos.environ["MLFLOW_TRACKING_URI"] = "http://mlflow.example.org:5000"\n',
        fixed: 'import os\n\nos.environ["MLFLOW_TRACKING_URI"] = "https://mlflow.example.org:5000"\n',
      },
      {
        title: 'a part of the address is filled in',
        path: 'data.py',
        bad: 'import urllib.request\n\nurllib.request.urlretrieve(f"http://data.example.org/{name}.zip", "data.zip")\n',
        fixed:
          'import urllib.request\n\nurllib.request.urlretrieve(f"https://data.example.org/{name}.zip", "data.zip")\n',
      },
      {
        title: 'through a helper of the project',
        path: 'data.py',
        bad: 'from project.files import download_file\n\nURL = "http://data.example.org/reviews.tar.gz"\ndownload_file(URL, "reviews.tar.gz")\n',
        fixed:
          'from project.files import download_file\n\nURL = "https://data.example.org/reviews.tar.gz"\ndownload_file(URL, "reviews.tar.gz")\n',
      },
      {
        title: 'this machine and the own network',
        path: 'app.py',
        good: 'import mlflow\nimport pandas as pd\n\nmlflow.set_tracking_uri("http://localhost:5000")\nmlflow.set_tracking_uri("http://mlflow:5000")\npd.read_csv("http://10.0.0.7/data.csv")\npd.read_csv("http://data.internal/data.csv")\n',
      },
      {
        title: 'a host that is filled in, and a page that is no data',
        path: 'app.py',
        good: 'import requests\n\nrequests.get(f"http://{host}/data.csv")\nrequests.get("http://example.org/health")\nNAMESPACE = "http://www.w3.org/1999/xhtml"\n',
      },
    ],
  },
  triggers: [inTexts(PLAIN_ADDRESS, ADDRESSES, ...given(...ADDRESS_VARIABLES), matching(HELPER_CALL))],
  *check(file) {
    if (!PLAIN_ADDRESS.test(file.text)) return;
    for (const { call, row, name } of file.python.callsTo(ADDRESSES)) {
      const given = call.argument(row.parameter, row.position);
      if (given.state !== 'given') continue;
      for (const node of literalsIn(file, given.node)) {
        const host = plainHost(file, node, row.dataOnly);
        if (!host) continue;
        yield { ...problemAt(file, node, 'call', { call: name, host }), evidence: call.via ? [`${call.via}.`] : [] };
        break;
      }
    }
    yield* ownHelpers(file);
    for (const { name, node } of environmentSettings(file.python, ADDRESS_VARIABLES)) {
      const host = plainHost(file, node);
      if (host) yield problemAt(file, node, 'variable', { call: name, host });
    }
  },
});

/** A download helper of the project, known by its name, that is given the address of a model or of data. */
function* ownHelpers(file: SourceFile): Iterable<Problem> {
  const names = new Set(Array.from(file.text.matchAll(HELPER_CALL), ([name]) => name));
  if (names.size === 0) return;
  for (const call of file.python.callsNamed(names)) {
    const name = call.nameText.slice(call.nameText.lastIndexOf('.') + 1);
    if (!HELPER.test(name) || (call.callee && ADDRESSES.find(call.callee))) continue;
    for (const { value } of call.arguments.slice(0, 4)) {
      const node = literalsIn(file, value, 3)[0];
      const host = node && plainHost(file, node, true);
      if (!node || !host) continue;
      yield { ...problemAt(file, node, 'call', { call: name, host }), confidence: 'medium' };
      break;
    }
  }
}

/** The texts that an argument is or holds: itself, what its name stands for, elements of a list, values of a dictionary. */
function literalsIn(file: SourceFile, node: SyntaxNode, depth = 0): SyntaxNode[] {
  if (depth > 3) return [];
  if (node.name === 'String' || node.name === 'FormatString' || node.name === 'ContinuedString') return [node];
  if (/^(?:Array|Dictionary|Tuple|Parenthesized)Expression$/.test(node.name)) {
    const found: SyntaxNode[] = [];
    for (let child = node.firstChild; child && found.length < 50; child = child.nextSibling) {
      found.push(...literalsIn(file, child, depth + 1));
    }
    return found;
  }
  const value = file.python.constantOf(node);
  const at = value.known ? value.setAt : undefined;
  const set = at && nodeOf(file, at);
  return set ? [set] : [];
}

function nodeOf({ python }: SourceFile, { start, end }: { start: number; end: number }): SyntaxNode | undefined {
  let node: SyntaxNode | null = python.tree.tree.resolveInner(start, 1);
  while (node && node.to < end) node = node.parent;
  return node?.name === 'String' || node?.name === 'FormatString' ? node : undefined;
}

/** The host of an address without encryption, as far as it is written out; undefined when it is near or none. */
function plainHost({ text }: SourceFile, node: SyntaxNode, dataOnly?: true): string | undefined {
  const address = text.slice(node.from, Math.min(node.to, node.from + 500)).replace(/^\w{0,2}["']{1,3}/, '');
  const host = PLAIN.exec(address)?.[1];
  if (!host || NEAR.test(host)) return undefined;
  return dataOnly && !DATA_FILE.test(address.replace(/["']+$/, '')) ? undefined : host;
}

function problemAt(file: SourceFile, node: SyntaxNode, message: string, data: Record<string, string>): Problem {
  const text = file.text.slice(node.from, node.to);
  const secure = text.replace(/http:\/\//i, 'https://');
  return {
    span: { start: node.from, end: node.to },
    message,
    data,
    severity: inContext('warning', file.path),
    fixes: secure === text ? [] : [{ title: 'Use `https://`', kind: 'suggestion', edits: replaceValue(node, secure) }],
  };
}
