import { checkCalls } from '../../engine/callRule.ts';
import { checkCommands, checkSettings, startedWith } from '../../engine/commandRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { CALLS, COMMANDS, SETTINGS } from './open-server.table.ts';

export const openServer = defineRule({
  meta: {
    id: 'GL354',
    name: 'open-server',
    title: 'Server without a login listens on every address',
    kinds: ['python', 'notebook', 'script'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'owasp-llm-2025:LLM10',
      'owasp-llm-2026:LLM06',
      'cwe:CWE-306',
      'atlas:AML.T0049',
    ],
    why: 'Everybody who reaches the machine over any network can use the server: spend its computing time, read what it holds, and with a dashboard or a job API run code on it.',
    how: 'Listen on `127.0.0.1` and put a proxy with a login in front, or give the server a key of its own.',
    messages: {
      call: '`{argument}`: everybody in the network may use this app, which asks for no login',
      runs: '`{argument}`: everybody in the network may run code here; `{call}` asks for no login',
      command: '`{program}` listens on every address and asks for no login',
      keyless: '`{program}` listens on every address and asks for no key; add `{key}` or listen on `127.0.0.1`',
      runsCommand: '`{program}` lets everybody in the network run code here',
      setting: '`{variable}={value}` lets everybody in the network use a server that asks for no login',
    },
    peers: ['bandit B104', 'ruff S104'],
    detections: ['SRV-02', 'SRV-05', 'SRV-06', 'SRV-07', 'SRV-08', 'SRV-11', 'SRV-14', 'SRV-16', 'SRV-17', 'SRV-19'],
    examples: [
      {
        path: 'serve.sh',
        bad: '#!/bin/sh\nmlflow server --host 0.0.0.0 \\\n  --port 5000\n',
        fixed: '#!/bin/sh\nmlflow server --host 127.0.0.1 \\\n  --port 5000\n',
        good: '#!/bin/sh\nmlflow server --host 127.0.0.1\nvllm serve org/model "$@"\n',
      },
      {
        path: 'deploy/llm.service',
        bad: '[Service]\nEnvironment="OLLAMA_HOST=0.0.0.0"\nExecStart=/usr/bin/ollama serve\n',
      },
      {
        path: 'app.py',
        bad: 'import gradio as gr\n\ngr.Interface(predict, "text", "text").launch(server_name="0.0.0.0")\n',
        fixed: 'import gradio as gr\n\ngr.Interface(predict, "text", "text").launch(server_name="127.0.0.1")\n',
      },
      {
        path: 'cluster.py',
        bad: 'import ray\n\nray.init(num_cpus=8, dashboard_host="0.0.0.0")\n',
        fixed: 'import ray\n\nray.init(num_cpus=8, dashboard_host="127.0.0.1")\n',
      },
      {
        title: 'a model server whose default host is every address',
        path: 'start.py',
        bad: 'import subprocess\n\nsubprocess.Popen(["vllm", "serve", "org/model", "--port", "8000"])\n',
      },
      {
        title: 'a command line in a string',
        path: 'start.py',
        bad: 'import os\n\nos.system("mlflow server --host 0.0.0.0 --port 5000 &")\n',
        fixed: 'import os\n\nos.system("mlflow server --host 127.0.0.1 --port 5000 &")\n',
      },
      {
        path: 'start.py',
        bad: 'import os\n\nos.environ["OLLAMA_HOST"] = "0.0.0.0:11434"\n',
        fixed: 'import os\n\nos.environ["OLLAMA_HOST"] = "127.0.0.1:11434"\n',
      },
      {
        title: 'with a key, or on loopback',
        path: 'start.py',
        good: 'import subprocess\n\nsubprocess.run(["vllm", "serve", "org/model", "--api-key", key])\nsubprocess.run(["vllm", "serve", "org/model", "--host", "127.0.0.1"])\nsubprocess.run(["vllm", "serve", "org/model", *options])\nsubprocess.run(["text-generation-launcher", "--version"])\nsubprocess.run(["text-generation-launcher", "-h"])\n',
      },
      {
        title: 'with a login',
        path: 'app.py',
        good: 'import gradio as gr\n\ngr.Blocks().launch(server_name="0.0.0.0", auth=check)\n',
      },
      {
        title: 'a server of your own may ask for a login itself',
        path: 'app.py',
        good: 'import uvicorn\n\nuvicorn.run(app, host="0.0.0.0", port=8000)\n',
      },
      {
        path: 'start.py',
        good: 'import os\n\nos.environ["OLLAMA_HOST"] = "127.0.0.1:11434"\nos.system("ollama serve")\n',
      },
    ],
  },
  triggers: [CALLS, ...startedWith(COMMANDS, SETTINGS)],
  *check(file) {
    // Whoever knows these variables has thought of it.
    if (!/\b(?:RAY_AUTH_MODE|SPACE_ID)\b/.test(file.text)) yield* checkCalls(file, CALLS, 'warning');
    yield* checkCommands(file, COMMANDS, 'warning');
    yield* checkSettings(file, SETTINGS, 'warning');
  },
});
