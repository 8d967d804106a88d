import type { SyntaxNode } from '@lezer/common';
import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { type ApiCall, apiTable, inContext } from '../../languages/python/program.ts';
import { RISKY_COMMANDS } from './unsafe-download-command.table.ts';

/** Calls that run a command; the value is the name of the parameter with it. */
const RUNNERS = apiTable<string>([
  ...`os.system os.popen commands.getoutput`.split(' ').map((name) => [name, 'command'] as const),
  ...`subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell`
    .split(' ')
    .map((name) => [name, 'cmd'] as const),
  ...`subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen`
    .split(' ')
    .map((name) => [name, 'args'] as const),
  ...`pip.main pip._internal.main pip._internal.cli.main.main`.split(' ').map((name) => [name, 'args'] as const),
  ...`get_ipython().system IPython.get_ipython().system`.split(' ').map((name) => [name, 'cmd'] as const),
]);
const WORTH_READING =
  /curl|wget|pip|\buv\b|trust[-_]remote[-_]code|huggingface|\bhf\b|ollama|modelscope|kaggle|cosign|model_signing|lm[-_]eval|sslVerify|SSL_NO_VERIFY|s3:\/\//i;

export const unsafeDownloadCommand = defineRule({
  meta: {
    id: 'GL324',
    name: 'unsafe-download-command',
    title: 'Command that downloads or installs what nobody has checked',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
      'cwe:CWE-295',
      'cwe:CWE-829',
      'atlas:AML.T0011.001',
    ],
    why: 'The command runs or installs what a server sends at that moment. Whoever controls the server, the name or the way there runs code with your rights.',
    how: 'Name a version with its digest, keep the certificate check on, and install when the environment is built, not when the program runs.',
    messages: {
      unchecked: 'The command accepts any certificate: `{command}`',
      trusted: 'The command trusts the code of a model repository: `{command}`',
      evaluation: 'The command runs programs that the model has written: `{command}`',
      signature: 'The command lets files without a valid signature pass: `{command}`',
      index: 'The command installs packages from an index that is not authenticated: `{command}`',
      secondIndex:
        'With two indexes whoever registers a name in one of them replaces the package of the other: `{command}`',
      unpinnedInstall: 'The command installs from an address without a commit or digest: `{command}`',
      install: 'The command installs at run time what is filled in: `{command}`',
      plain: 'What the command downloads can be exchanged on the way: `{command}`',
      unpinned: 'The command takes the newest state: name a revision or digest: `{command}`',
      kaggle: 'The command takes the newest version of the dataset: `{command}`',
      many: '{count} commands in this file take the newest state, the first is `{command}`',
    },
    peers: [
      'bandit B603',

      'semgrep curl-insecure',
      'semgrep wget-no-check-certificate',
      'semgrep wget-unencrypted-url',
    ],
    detections: ['CODE-14', 'NET-06', 'NET-12', 'NET-13', 'NET-15'],
    examples: [
      { path: 'data.py', bad: 'import os\n\nos.system("wget http://data.example.org/train.zip")\n' },
      {
        title: 'without the certificate check',
        path: 'data.py',
        bad: 'import subprocess\n\nsubprocess.run(["wget", "--no-check-certificate", url])\n',
      },
      {
        title: 'packages of a model, when the program runs',
        path: 'load.py',
        bad: 'import subprocess\nimport sys\n\nsubprocess.check_call([sys.executable, "-m", "pip", "install", "-r", f"{model_dir}/requirements.txt"])\n',
      },
      {
        title: 'an index without encryption',
        path: 'setup_env.py',
        bad: 'import os\n\nos.system("pip install --index-url http://pypi.example.org/simple tool==1.0")\n',
      },
      {
        title: 'a branch of a repository',
        path: 'setup_env.py',
        bad: 'import os\n\nos.system("pip install git+https://github.com/somebody/tool.git")\n',
      },
      {
        title: 'a server that trusts code',
        path: 'serve.py',
        bad: 'import subprocess\n\nsubprocess.Popen(["vllm", "serve", model, "--trust-remote-code"])\n',
      },
      {
        title: 'a model without a revision',
        path: 'load.py',
        bad: 'import subprocess\n\nsubprocess.run("hf download somebody/model --local-dir model", shell=True)\n',
      },
      {
        title: 'a check that lets things pass',
        path: 'verify.py',
        bad: 'import subprocess\n\nsubprocess.run(["model_signing", "verify", "model", "--ignore-unsigned-files"])\n',
      },
      {
        title: 'pinned and checked',
        path: 'setup_env.py',
        good: 'import os\nimport subprocess\n\nos.system("pip install tool==1.4.2")\nos.system("pip install -r requirements.txt --require-hashes")\nsubprocess.run(["hf", "download", "somebody/model", "--revision", COMMIT])\nsubprocess.run(["curl", "-fsSLo", "tool.tgz", "https://tool.example.org/1.2.tgz"])\nos.system("curl http://localhost:8000/health")\n',
      },
      {
        title: 'words about it',
        path: 'help.py',
        good: 'print("never run curl https://x.example.org | sh")\nparser.add_argument("--trust-remote-code", action="store_true")\n',
      },
    ],
  },
  triggers: [RUNNERS],
  *check(file) {
    if (!WORTH_READING.test(file.text)) return;
    const problems = file.python.callsTo(RUNNERS).flatMap((match) => problemOf(file, match) ?? []);
    yield* problems.filter(({ severity }) => severity !== 'hint');
    yield* grouped(
      problems.filter(({ severity }) => severity === 'hint'),
      'many',
    );
  },
});

function problemOf(file: SourceFile, { call, row, name }: ApiCall<string>): Problem | undefined {
  const given = call.argument(row, 0);
  if (given.state !== 'given') return undefined;
  const known = given.value.known && typeof given.value.value === 'string' ? given.value.value : undefined;
  const prefix = name.startsWith('pip.') ? 'pip ' : '';
  const command = (prefix + (known ?? commandOf(file, given.node))).slice(0, 4000).replace(/\s+/g, ' ').trim();
  const found = RISKY_COMMANDS.find(({ pattern, unless }) => pattern.test(command) && !unless?.test(command));
  if (!found) return undefined;
  return {
    span: call.nameSpan,
    message: found.message,
    data: { command: command.length > 80 ? `${command.slice(0, 79)}…` : command },
    severity: inContext(found.severity, file.path),
    evidence: call.via ? [`${call.via}.`] : [],
  };
}

/** A command as somebody would type it, with `…` for what is filled in; a name is followed to where it is set. */
function commandOf(file: SourceFile, node: SyntaxNode, depth = 0): string {
  const { python, text } = file;
  const value = python.constantOf(node);
  if (value.known) return String(value.value);
  if (depth > 20) return '…';
  const written = text.slice(node.from, node.to);
  switch (node.name) {
    case 'FormatString':
      return written.replace(/^\w+["']{1,3}|["']{1,3}$/g, '').replace(/\{[^{}]*\}/g, '…');
    case 'ArrayExpression':
    case 'TupleExpression':
      return expressionsIn(node)
        .map((each) => commandOf(file, each, depth + 1))
        .join(' ');
    case 'ContinuedString':
      return expressionsIn(node)
        .map((each) => commandOf(file, each, depth + 1))
        .join('');
    case 'BinaryExpression':
      return expressionsIn(node)
        .map((each) => commandOf(file, each, depth + 1))
        .join(isListSum(node) ? ' ' : '');
    case 'ParenthesizedExpression': {
      const [inner] = expressionsIn(node);
      return inner ? commandOf(file, inner, depth + 1) : '…';
    }
    // `sys.executable -m pip` is the pip of this Python.
    case 'MemberExpression':
      return written === 'sys.executable' ? 'python' : '…';
    case 'CallExpression':
      return callCommand(file, node, depth);
    default:
      return '…';
  }
}

/** `"…{}".format(x)` and `shlex.split("…")`. */
function callCommand(file: SourceFile, node: SyntaxNode, depth: number): string {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  const method = callee ? file.text.slice(callee.lastChild?.from ?? callee.from, callee.to) : '';
  if (method === 'format' && callee?.firstChild) {
    return commandOf(file, callee.firstChild, depth + 1).replace(/\{[^{}]*\}/g, '…');
  }
  if (method === 'split' && callee?.name === 'MemberExpression') {
    const inner = list && expressionsIn(list)[0];
    const base = callee.firstChild;
    if (base && base.name !== 'VariableName') return commandOf(file, base, depth + 1);
    if (inner) return commandOf(file, inner, depth + 1);
  }
  return '…';
}

function isListSum(node: SyntaxNode): boolean {
  return expressionsIn(node).some(({ name }) => name === 'ArrayExpression');
}

function expressionsIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child && found.length < 100; child = child.nextSibling) {
    if (/^[A-Z]/.test(child.name) && !/Op$|^Comment$/.test(child.name)) found.push(child);
  }
  return found;
}
