import type { SyntaxNode } from '@lezer/common';
import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Command } from '../../languages/commands.ts';
import { STARTS_PROGRAM, startedCommands } from '../../languages/python/commands.ts';
import { textsIn } from '../../languages/python/literals.ts';
import { apiTable, type Call, inContext, provenanceOf, rows } from '../../languages/python/program.ts';
import { addressOf, hostOf, isLoopback, pipedDownload } from '../../languages/shell/downloads.ts';
import { RISKY_COMMANDS } from './unsafe-download-command.table.ts';

/** `pip` without a shell around it. */
const PIP = apiTable<true>(rows(true, 'pip.main pip._internal.main pip._internal.cli.main.main'));
/** Files of a model or of somebody's extension say what they need themselves. */
const FOREIGN_FOLDER = /model|repo|checkpoint|snapshot|download|plugin|extension|custom_node/i;
const REMOTE = /download|hub|socket|web|upload|reply|tool call|input field/;
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
      piped: 'The command runs what a server sends, unchecked: `{command}`',
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
        title: 'packages that the program names, which is a note',
        path: 'load.py',
        bad: 'import subprocess\nimport sys\n\n\ndef ensure(package):\n    subprocess.check_call([sys.executable, "-m", "pip", "install", package])\n',
      },
      {
        title: 'a script that is run as it comes',
        path: 'setup_env.py',
        bad: 'import os\n\nos.system("curl -fsSL https://get.example.org/tool | sh")\n',
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
        good: 'import os\nimport subprocess\n\nos.system("pip install tool==1.4.2")\nos.system("pip install -r requirements.txt --require-hashes")\nsubprocess.run(["hf", "download", "somebody/model", "--revision", COMMIT])\nsubprocess.run(["curl", "-fsSLo", "tool.tgz", "https://tool.example.org/1.2.tgz"])\nos.system("curl http://localhost:8000/health")\nos.system("curl -s http://localhost:8000/setup | sh")\nos.system("curl -s https://api.example.org/v1 | python -m json.tool")\n',
      },
      {
        title: 'words about it',
        path: 'help.py',
        good: 'print("never run curl https://x.example.org | sh")\nparser.add_argument("--trust-remote-code", action="store_true")\n',
      },
    ],
  },
  triggers: [STARTS_PROGRAM, PIP],
  *check(file) {
    if (!WORTH_READING.test(file.text)) return;
    const problems = [...started(file), ...pips(file)];
    yield* problems.filter(({ severity }) => severity !== 'hint');
    yield* grouped(
      problems.filter(({ severity }) => severity === 'hint'),
      'many',
    );
  },
});

/** The first defect of each call that starts programs. */
function* started(file: SourceFile): Iterable<Problem> {
  for (const { call, node, commands } of startedCommands(file.python)) {
    for (const command of commands) {
      const problem = piped(file, call, command) ?? judge(file, call, written(command), node);
      if (!problem) continue;
      yield problem;
      break;
    }
  }
}

function* pips(file: SourceFile): Iterable<Problem> {
  for (const { call } of file.python.callsTo(PIP)) {
    const [list] = call.arguments;
    const words = list?.value.name === 'ArrayExpression' ? textsIn(file.python, list.value) : undefined;
    if (!list || !words) continue;
    const command = `pip ${words.texts.map(({ text }) => text).join(' ')}${words.complete ? '' : ' …'}`;
    const problem = judge(file, call, command, list.value);
    if (problem) yield problem;
  }
}

/** What is fetched and handed to an interpreter at once. */
function piped(file: SourceFile, call: Call, command: Command): Problem | undefined {
  const found = pipedDownload(command);
  const address = found && addressOf(found.fetch)?.text;
  const host = address && hostOf(address);
  if (!found || (host && isLoopback(host))) return undefined;
  const harm = found.runs.elevated || (address && /^http:/i.test(address)) ? 'error' : 'warning';
  const data = { command: shortened(`${written(found.fetch)} | ${written(found.runs)}`) };
  return { ...base(call), message: 'piped', data, severity: inContext(harm, file.path) };
}

function judge(file: SourceFile, call: Call, command: string, node: SyntaxNode | undefined): Problem | undefined {
  const found = RISKY_COMMANDS.find(({ pattern, unless }) => pattern.test(command) && !unless?.test(command));
  if (!found) return undefined;
  const flow = found.message === 'install' && node ? provenanceOf(file.python, node) : undefined;
  const isForeign = flow ? REMOTE.test(flow.source) : FOREIGN_FOLDER.test(node ? textOf(file, node) : '');
  // What the program itself names is at least its author's choice.
  const severity = found.message === 'install' && !isForeign ? 'info' : found.severity;
  return {
    ...base(call),
    message: found.message,
    data: { command: shortened(command) },
    severity: inContext(severity, file.path),
    ...(flow && { related: flow.steps }),
  };
}

function base(call: Call): Pick<Problem, 'span' | 'evidence'> {
  return { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [] };
}

/** A command as somebody would type it, with `…` for what is filled in. */
function written({ settings, words }: Command): string {
  const parts = [
    ...settings.map(({ name, value }) => `${name}=${value.text}`),
    // Arguments that may be added say nothing.
    ...words.filter(({ text }) => text !== '$*').map(({ text, fixed }) => (fixed ? text : text.replace(UNKNOWN, '…'))),
  ];
  return parts.join(' ').slice(0, 4000).replace(/\s+/g, ' ').trim();
}

const UNKNOWN = /\{[^{}]{0,500}\}|\$\{?\w*\}?/g;

function shortened(command: string): string {
  return command.length > 80 ? `${command.slice(0, 79)}…` : command;
}

function textOf({ text }: SourceFile, { from, to }: SyntaxNode): string {
  return text.slice(from, to);
}
