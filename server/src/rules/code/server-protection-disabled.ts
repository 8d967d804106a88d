import type { SyntaxNode } from '@lezer/common';
import { checkCalls } from '../../engine/callRule.ts';
import { checkCommands, checkSettings, startedWith } from '../../engine/commandRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, isTruthy, removeItem } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import {
  COMMANDS,
  FLASK_CORS,
  JUPYTER_OPTIONS,
  PATHS,
  SETTINGS,
  SHARED_PATHS,
} from './server-protection-disabled.table.ts';

const JUPYTER_APPS = /\b(?:NotebookApp|ServerApp|\w*IdentityProvider)\b/;

export const serverProtectionDisabled = defineRule({
  meta: {
    id: 'GL355',
    name: 'server-protection-disabled',
    title: 'Protection of a server is switched off',
    kinds: ['python', 'notebook', 'script', 'container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-306',
      'cwe:CWE-22',
      'atlas:AML.T0049',
    ],
    why: 'These servers run code, hold prompts and keys, or read files. Without the login, or when any website may talk to them through the browser of somebody who uses them, others can do all of that.',
    how: 'Leave the protection on. Give the token or password through the environment, and name the origins and folders that are needed.',
    messages: {
      noLogin: '`{option}` lets everybody who reaches `{program}` in without a login',
      noLoginSetting: '`{variable}={value}` lets everybody who reaches the server in without a login',
      noLoginOption: '`{option}` lets everybody who reaches Jupyter in, and run code',
      origins: '`{option}`: any website that somebody visits may use `{program}` through the browser',
      originsSetting: '`{variable}={value}`: any website that somebody visits may use the server through the browser',
      originsOption: '`{option}`: any website that somebody visits may talk to Jupyter through the browser',
      protection: '`{option}` takes away a protection of `{program}` against foreign websites',
      protectionOption: '`{option}` takes away a protection of Jupyter against foreign websites',
      setting: '`{variable}={value}` takes away a protection against foreign websites',
      knownKey: '`{variable}` is the key of the documentation, which everybody knows',
      cors: 'Every website may make requests with the cookies of whoever visits it: name the origins, or leave credentials out',
      paths: '`{path}` in `{argument}`: everybody who can open the app can read every file below it',
      knownLogin: 'The login of this app stands in its source: `{login}`. Read it from the environment',
    },
    peers: ['codeql py/cors-misconfiguration-with-credentials'],
    detections: [
      'SRV-03',
      'SRV-04',
      'SRV-05',
      'SRV-09',
      'SRV-11',
      'SRV-12',
      'SRV-13',
      'SRV-15',
      'SRV-16',
      'SRV-17',
      'SRV-20',
    ],
    examples: [
      {
        title: 'an image',
        path: 'Dockerfile',
        bad: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0", "--NotebookApp.token=\'\'"]\n',
        good: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]\n',
      },
      {
        path: 'start.py',
        bad: 'import subprocess\n\nsubprocess.run("jupyter lab --ip=0.0.0.0 --NotebookApp.token=\'\' --allow-root", shell=True)\n',
      },
      { path: 'jupyter_server_config.py', bad: 'c = get_config()  # noqa\nc.ServerApp.token = ""\n' },
      { path: 'jupyter_notebook_config.py', bad: 'c.NotebookApp.allow_origin = "*"\n' },
      {
        path: 'start.py',
        bad: 'import os\n\nos.environ["LANGFLOW_AUTO_LOGIN"] = "true"\n',
        fixed: 'import os\n\nos.environ["LANGFLOW_AUTO_LOGIN"] = "false"\n',
      },
      {
        path: 'app.py',
        bad: 'import gradio as gr\n\ngr.Interface(predict, "text", "text").launch(allowed_paths=["/"])\n',
      },
      {
        title: 'a login that everybody can read',
        path: 'app.py',
        bad: 'import gradio as gr\n\ngr.Blocks().launch(auth=("admin", "admin"))\n',
      },
      {
        path: 'api.py',
        bad: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=["*"],\n    allow_credentials=True,\n    allow_methods=["*"],\n)\n',
        fixed:
          'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=["*"],\n    allow_methods=["*"],\n)\n',
      },
      {
        title: 'origins that are named, or no cookies',
        path: 'api.py',
        good: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=["https://app.example"], allow_credentials=True)\napp.add_middleware(CORSMiddleware, allow_origins=["*"])\n',
      },
      {
        title: 'a token from the environment; a password instead of a token',
        path: 'jupyter_server_config.py',
        good: 'import os\n\nc.ServerApp.token = os.environ["JUPYTER_TOKEN"]\nc.PasswordIdentityProvider.hashed_password = "argon2:$argon2id$v=19$m=10240"\n',
      },
      {
        path: 'app.py',
        good: 'import gradio as gr\n\ngr.Blocks().launch(allowed_paths=["assets/", "/srv/app/images"], auth=check)\n',
      },
      { path: 'jupyter_server_config.py', good: 'c.ServerApp.token = "$TOKEN"\nother.token = ""\n' },
    ],
  },
  triggers: [
    SHARED_PATHS,
    FLASK_CORS,
    ...given('allow_credentials'),
    inTexts(JUPYTER_APPS, ...given(...Object.keys(JUPYTER_OPTIONS))),
    ...startedWith(COMMANDS, SETTINGS),
  ],
  *check(file) {
    yield* checkCommands(file, COMMANDS, 'warning');
    yield* checkSettings(file, SETTINGS, 'warning');
    yield* checkCalls(file, FLASK_CORS, 'warning');
    yield* corsMiddleware(file);
    yield* sharedPaths(file);
    yield* jupyterOptions(file);
  },
});

/** Starlette answers `*` together with credentials by echoing the origin (starlette.middleware.cors). */
function* corsMiddleware(file: SourceFile): Iterable<Problem> {
  const { python } = file;
  for (const credentials of python.argumentsNamed('allow_credentials')) {
    const { call } = credentials;
    const first = call?.arguments.find(({ name, star }) => !name && !star);
    const named = call?.callee ?? (first && python.resolve(first.value)?.[0]?.name);
    const middleware = [named, first && python.resolve(first.value)?.[0]?.name];
    if (!call || !isTruthy(credentials.value)) continue;
    if (!middleware.some((name) => name && /(?:^|\.)CORSMiddleware$/.test(name))) continue;
    const origins = call.argument('allow_origins');
    if (origins.state !== 'given' || !elements(file, origins.node).some(({ text }) => text === '*')) continue;
    const removal = removeItem(python, credentials.span);
    yield {
      span: origins.span,
      message: 'cors',
      severity: inContext('warning', file.path),
      fixes: removal ? [{ title: 'Remove `allow_credentials`', kind: 'suggestion', edits: removal }] : [],
    };
  }
}

function* sharedPaths(file: SourceFile): Iterable<Problem> {
  for (const { call, row } of file.python.callsTo(SHARED_PATHS)) {
    const paths = call.argument(row.parameter, row.position);
    if (paths.state === 'given') {
      const wide = elements(file, paths.node).find(({ text }) => PATHS.test(text));
      if (wide) {
        const data = { path: wide.text, argument: row.parameter };
        yield { span: wide.span, message: 'paths', data, severity: inContext('error', file.path) };
      }
    }
    const auth = call.argument('auth');
    if (auth.state !== 'given') continue;
    const [login, others] = elements(file, auth.node);
    if (auth.node.name === 'TupleExpression' && login && others) {
      yield {
        span: auth.span,
        message: 'knownLogin',
        data: { login: login.text },
        severity: inContext('error', file.path),
      };
    }
  }
}

function* jupyterOptions(file: SourceFile): Iterable<Problem> {
  const { python, text } = file;
  if (!JUPYTER_APPS.test(text)) return;
  const hasPassword = /\b(?:hashed_)?password\s*=\s*u?["'][^"']/.test(text);
  for (const [name, { is, message }] of Object.entries(JUPYTER_OPTIONS)) {
    for (const { span, value, through } of python.argumentsNamed(name)) {
      const option = text.slice(span.start, span.end);
      if (through !== 'assignment' || !/^\w+\.(?:NotebookApp|ServerApp|\w*IdentityProvider)\./.test(option)) continue;
      if (!value.known || value.value !== is || (name === 'token' && hasPassword)) continue;
      const severity = inContext(name === 'token' ? 'error' : 'warning', file.path);
      yield { span, message, data: { option }, severity };
    }
  }
}

/** Constant texts of a list, tuple or set. */
function elements({ python }: SourceFile, node: SyntaxNode): { text: string; span: { start: number; end: number } }[] {
  const found: { text: string; span: { start: number; end: number } }[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const value = /^[A-Z]/.test(child.name) ? python.constantOf(child) : undefined;
    if (value?.known && typeof value.value === 'string')
      found.push({ text: value.value, span: { start: child.from, end: child.to } });
  }
  return found;
}
