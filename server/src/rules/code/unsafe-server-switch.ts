import { callTable, checkCalls } from '../../engine/callRule.ts';
import { checkCommands, checkSettings, commandTable, settingTable, startedWith } from '../../engine/commandRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { isInMagic } from '../../languages/notebook.ts';

const ON = /^(?:1|true|yes|on)$/i;

/** Sources: option lists and environment variables in the documentation of vLLM, TGI, SGLang, Triton, TorchServe, A1111. */
const COMMANDS = commandTable([
  {
    detection: 'SRV-07',
    programs: 'vllm serve, python -m vllm.entrypoints.openai.api_server, python -m vllm.entrypoints.api_server',
    when: [{ option: '--trust-remote-code', is: 'given' }],
    message: 'remoteCode',
  },
  {
    detection: 'SRV-08',
    programs: 'text-generation-launcher, python -m sglang.launch_server, sglang serve, server.py, lmdeploy serve',
    when: [{ option: '--trust-remote-code', is: 'given' }],
    message: 'remoteCode',
  },
  {
    detection: 'SRV-07',
    programs: 'vllm serve, python -m vllm.entrypoints.openai.api_server',
    when: [{ option: '--allowed-local-media-path', is: /^\/$/ }],
    message: 'files',
  },
  {
    detection: 'SRV-10',
    programs: 'tritonserver',
    when: [{ option: '--model-control-mode', is: /^(?:explicit|poll)$/ }],
    unless: [
      { option: '--http-restricted-api --grpc-restricted-protocol', is: 'given' },
      { option: '--http-address', is: /^(?:127\.|localhost$)/ },
      { option: '--allow-http', is: /^(?:false|0)$/i },
    ],
    message: 'models',
    severity: 'warning',
  },
  {
    detection: 'SRV-09',
    programs: 'torchserve',
    when: [{ option: '--enable-model-api', is: 'given' }],
    message: 'models',
  },
  {
    detection: 'SRV-18',
    programs: 'launch.py, webui.py, webui.sh',
    when: [{ option: '--enable-insecure-extension-access', is: 'given' }],
    message: 'extensions',
  },
  {
    detection: 'SRV-18',
    programs: 'launch.py, webui.py, webui.sh',
    when: [{ option: '--disable-safe-unpickle', is: 'given' }],
    message: 'pickles',
  },
]);

const SETTINGS = settingTable([
  { detection: 'SRV-07', variables: 'VLLM_ALLOW_INSECURE_SERIALIZATION', is: ON, message: 'setting', fix: '0' },
  {
    detection: 'SRV-07',
    variables: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING VLLM_SERVER_DEV_MODE',
    is: ON,
    message: 'control',
    severity: 'warning',
    fix: '0',
  },
  {
    detection: 'TRN-07',
    variables: 'HF_ALLOW_CODE_EVAL',
    is: /^1$/,
    message: 'answers',
    severity: 'warning',
    fix: '0',
  },
]);

const CALLS = callTable([
  {
    detection: 'SRV-07',
    apis: 'vllm.LLM vllm.EngineArgs vllm.AsyncEngineArgs vllm.engine.arg_utils.AsyncEngineArgs',
    when: [{ parameter: 'allowed_local_media_path', is: ['/'] }],
    message: 'filesCall',
  },
]);

export const unsafeServerSwitch = defineRule({
  meta: {
    id: 'GL357',
    name: 'unsafe-server-switch',
    title: 'Switch that lets a server run or read what it is sent',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-94',
      'cwe:CWE-502',
      'atlas:AML.T0010.003',
    ],
    why: 'The program is safe without the switch. With it, a request, a model file or an extension that somebody else wrote runs code or reads files with the rights of the server.',
    how: 'Take the switch out. Where it is needed, run the server in a container without secrets and network, for people you know.',
    messages: {
      remoteCode: '`{option}` lets `{program}` run code from the repository of the model',
      files: '`{option}` lets every request to `{program}` read any file of the machine',
      filesCall: '`{argument}` lets every request read any file of the machine',
      models: '`{option}` lets whoever reaches `{program}` load models, and with them code',
      extensions: '`{option}` lets whoever reaches the page install extensions, which are code',
      pickles: '`{option}` lets checkpoints run code when they are loaded',
      setting: '`{variable}={value}` lets the server unpickle what it is sent, which can run code',
      control: '`{variable}={value}` opens endpoints that change the running server to everybody who reaches it',
      answers: '`{variable}={value}` runs the code that a model writes on this machine, without a sandbox',
    },
    detections: ['SRV-07', 'SRV-08', 'SRV-09', 'SRV-10', 'SRV-18', 'TRN-07'],
    examples: [
      {
        title: 'arguments of an image',
        path: 'compose.yaml',
        bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "org/model", "--trust-remote-code"]\n',
        good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "org/model"]\n',
      },
      {
        path: 'k8s/llm.yaml',
        bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: vllm/vllm-openai:v0.11.0\n      args: ["--model", "org/model", "--trust-remote-code"]\n',
      },
      {
        path: 'Makefile',
        bad: 'serve:\n\tVLLM_ALLOW_INSECURE_SERIALIZATION=1 $(PYTHON) -m vllm.entrypoints.openai.api_server\n',
        fixed: 'serve:\n\tVLLM_ALLOW_INSECURE_SERIALIZATION=0 $(PYTHON) -m vllm.entrypoints.openai.api_server\n',
      },
      {
        path: 'start.ipynb',
        bad: '{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [], "source": "!vllm serve org/model --api-key $KEY --trust-remote-code"}]}',
      },
      {
        path: 'start.py',
        bad: 'import os\n\nos.environ["VLLM_ALLOW_INSECURE_SERIALIZATION"] = "1"\n',
        fixed: 'import os\n\nos.environ["VLLM_ALLOW_INSECURE_SERIALIZATION"] = "0"\n',
      },
      { path: 'score.py', bad: 'import os\n\nos.environ.setdefault("HF_ALLOW_CODE_EVAL", "1")\n' },
      {
        path: 'start.py',
        bad: 'import os\n\nos.system("tritonserver --model-repository=/models --model-control-mode=explicit")\n',
      },
      { path: 'llm.py', bad: 'from vllm import LLM\n\nllm = LLM(model=name, allowed_local_media_path="/")\n' },
      {
        path: 'start.py',
        good: 'import os\nimport subprocess\n\nos.environ["HF_ALLOW_CODE_EVAL"] = "0"\nsubprocess.run(["vllm", "serve", name, "--api-key", key, "--allowed-local-media-path", "/srv/images"])\n',
      },
      { path: 'help.py', good: 'HELP = "vllm serve --trust-remote-code runs code"\nprint(HELP)\n' },
    ],
  },
  triggers: [CALLS, ...startedWith(COMMANDS, SETTINGS)],
  *check(file) {
    yield* checkCalls(file, CALLS, 'error');
    for (const problem of checkCommands(file, COMMANDS, 'error')) {
      // What Python starts with this option is reported with the other ways of trusting code from a model's repository.
      if (problem.message !== 'remoteCode' || file.started || isInMagic(file.notebook, problem.span)) yield problem;
    }
    yield* checkSettings(file, SETTINGS, 'error');
  },
});
