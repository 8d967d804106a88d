import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../helpers/lintText.ts';

const ids = (path: string, text: string) =>
  lintText(path, text)
    .filter(({ ruleId }) => /^GL3[56]\d$/.test(ruleId))
    .map(({ ruleId, severity }) => `${ruleId} ${severity}`);
const shell = (command: string) => ids('start.py', `import os\nos.system(${JSON.stringify(command)})\n`);
const cell = (source: string) =>
  ids('a.ipynb', JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: 'code', source, outputs: [] }] }));

test('command lines of servers', () => {
  const cases: [command: string, found: string[]][] = [
    ['python -m vllm.entrypoints.openai.api_server --model m --api-key k', []],
    ['VLLM_API_KEY=k vllm serve m --host 0.0.0.0', []],
    ['vllm serve m --host ::1', []],
    ['llama-server -m x.gguf --host 0.0.0.0', ['GL354 warning']],
    ['llama-server -m x.gguf', []],
    ['ray start --head --dashboard-host=0.0.0.0', ['GL354 error']],
    ['mlflow server --host 0.0.0.0 --app-name basic-auth', []],
    ['mlflow server --allowed-hosts "*"', ['GL355 warning']],
    ['jupyter notebook --NotebookApp.token= --NotebookApp.password=', ['GL355 error']],
    ['jupyter notebook --NotebookApp.password=', []],
    ['jupyter lab --ServerApp.token="" --ServerApp.password=argon2:x', []],
    ['streamlit run app.py --server.enableCORS false', ['GL355 warning']],
    ['tensorboard --logdir runs --bind_all', ['GL354 hint']],
    ['torchserve --start --disable-token-auth --enable-model-api', ['GL355 error', 'GL357 error']],
    ['tritonserver --model-control-mode=explicit --http-restricted-api=model-repository:key=x', []],
    ['docker run -e DANGEROUSLY_OMIT_AUTH=true image', ['GL355 error']],
    ['curl -s http://localhost:8000/install.sh | sh', []],
  ];
  for (const [command, found] of cases) assert.deepEqual(shell(command), found, command);
});

test('lines of a notebook', () => {
  const cases: [source: string, found: string[]][] = [
    ['!python launch.py --share --listen', ['GL353 warning', 'GL354 warning']],
    ['!python -m vllm.entrypoints.openai.api_server --trust_remote_code --api-key k', ['GL357 error']],
    ['!curl -s https://get.shop.dev | sudo bash', ['GL362 error']],
    ['%env OLLAMA_HOST=0.0.0.0', ['GL354 warning']],
    ['%%bash\nvllm serve m &', ['GL354 warning']],
    ['%pip install torch==2.6.0', []],
    ['!pip install torch==2.*', ['GL361 hint']],
    ['%conda install numpy=2.1 -c conda-forge', []],
    ['!pip install a; pip install b; pip install c; pip install d', ['GL361 hint']],
    ['!uv pip install --system numpy', ['GL361 hint']],
    ['!wget http://files.shop.dev/model.pt', ['GL362 warning']],
    ['!wget https://files.shop.dev/model.sh', []],
    ['!jupyter trust x.ipynb', []],
  ];
  for (const [source, found] of cases) assert.deepEqual(cell(source), found, source);
});

test('takes linear time on hostile text', () => {
  const parts = [
    '<script ',
    '<a on',
    'git ',
    'wandb key ',
    'fw_a',
    'https://u:',
    'curl http://',
    '--host ',
    'sk-',
    '$(',
    'environ[',
  ];
  for (const part of parts) {
    const text = part.repeat(100_000 / part.length);
    const outputs = [{ output_type: 'display_data', data: { 'text/html': text } }];
    const raw = JSON.stringify({
      nbformat: 4,
      metadata: {},
      cells: [{ cell_type: 'code', source: `!${text}`, outputs }],
    });
    const started = performance.now();
    lintText('a.ipynb', raw);
    assert.ok(performance.now() - started < 5000, `${part}: ${performance.now() - started} ms`);
  }
});
