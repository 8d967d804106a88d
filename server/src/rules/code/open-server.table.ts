import { callTable } from '../../engine/callRule.ts';
import { commandTable, settingTable } from '../../engine/commandRule.ts';

/** Every address of the machine. */
const ALL = /^(?:0\.0\.0\.0|\*|::|\[::\])(?::\d+)?$/;
const ANYWHERE = ['0.0.0.0', '::', '*'];

/**
 * - gradio: `server_name` is loopback and `auth` is off when unset.
 * - Ray: the dashboard and its job API run what they are sent and ask for nobody's name unless `RAY_AUTH_MODE=token`
 *   (ray 2.52 and later); loopback when unset (CVE-2023-48022).
 * - Dask: workers unpickle what a client sends; `security` adds TLS with certificates on both sides.
 */
export const CALLS = callTable([
  {
    detection: 'SRV-02',
    apis: 'gradio.**.launch',
    when: [{ parameter: 'server_name', is: ANYWHERE }],
    unless: [{ parameter: 'auth', is: 'given' }],
    fixes: [{ set: 'server_name', to: '"127.0.0.1"', kind: 'suggestion' }],
  },
  {
    detection: 'SRV-06',
    apis: 'ray.init',
    when: [{ parameter: 'dashboard_host', is: ANYWHERE }],
    message: 'runs',
    severity: 'error',
    fixes: [{ set: 'dashboard_host', to: '"127.0.0.1"', kind: 'suggestion' }],
  },
  {
    detection: 'SRV-19',
    apis: 'dask.distributed.LocalCluster',
    when: [{ parameter: 'host', is: [...ANYWHERE, 'tcp://0.0.0.0'] }],
    unless: [{ parameter: 'security', is: 'given' }],
    message: 'runs',
    fixes: [{ set: 'host', to: '"127.0.0.1"', kind: 'suggestion' }],
  },
]);

const KEY = [{ option: '--api-key --api-keys --api-key-file', is: 'given' as const }];

/**
 * Defaults from the programs' own help texts and documentation: vLLM, TGI and LMDeploy listen on all addresses when no host
 * is given, the others on loopback; none asks for a key unless one is given.
 */
export const COMMANDS = commandTable([
  {
    detection: 'SRV-07',
    programs: 'vllm serve, python -m vllm.entrypoints.openai.api_server',
    when: [{ option: '--host', is: ALL, absent: true }],
    unless: KEY,
    unlessSet: 'VLLM_API_KEY',
    message: 'keyless',
    data: { key: '--api-key' },
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-07',
    programs: 'python -m vllm.entrypoints.api_server',
    when: [{ option: '--host', is: ALL, absent: true }],
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-08',
    programs: 'text-generation-launcher',
    when: [{ option: '--hostname', is: ALL, absent: true }],
    unless: KEY,
    unlessSet: 'API_KEY',
    message: 'keyless',
    data: { key: '--api-key' },
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-08',
    programs: 'lmdeploy serve',
    when: [{ option: '--server-name', is: ALL, absent: true }],
    unless: KEY,
    message: 'keyless',
    data: { key: '--api-keys' },
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-08',
    programs: 'python -m sglang.launch_server, sglang serve, llama-server, python -m llama_cpp.server',
    when: [{ option: '--host', is: ALL }],
    unless: KEY,
    unlessSet: 'LLAMA_API_KEY',
    message: 'keyless',
    data: { key: '--api-key' },
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-08',
    programs: 'koboldcpp, koboldcpp.py',
    when: [{ option: '--host', is: ALL }],
    unless: [{ option: '--password', is: 'given' }],
    message: 'keyless',
    data: { key: '--password' },
  },
  {
    detection: 'SRV-18',
    programs: 'launch.py, webui.py, webui.sh',
    when: [{ option: '--listen', is: 'given' }],
    unless: [{ option: '--gradio-auth --gradio-auth-path', is: 'given' }],
    message: 'keyless',
    data: { key: '--gradio-auth' },
  },
  {
    detection: 'SRV-05',
    programs: 'mlflow server, mlflow ui',
    when: [{ option: '--host -h', is: ALL }],
    unless: [{ option: '--app-name', is: 'given' }],
    message: 'keyless',
    data: { key: '--app-name basic-auth' },
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-06',
    programs: 'ray start',
    when: [{ option: '--dashboard-host', is: ALL }],
    unlessSet: 'RAY_AUTH_MODE',
    severity: 'error',
    message: 'runsCommand',
    fix: '127.0.0.1',
  },
  {
    detection: 'SRV-19',
    programs: 'dask scheduler, dask-scheduler',
    when: [{ option: '--host', is: /^(?:tcp:\/\/)?0\.0\.0\.0/ }],
    unless: [{ option: '--tls-cert', is: 'given' }],
    message: 'runsCommand',
  },
  { detection: 'SRV-16', programs: 'chroma run', when: [{ option: '--host', is: ALL }], fix: '127.0.0.1' },
  { detection: 'SRV-17', programs: 'langgraph dev', when: [{ option: '--host', is: ALL }], fix: '127.0.0.1' },
  {
    detection: 'SRV-14',
    programs: 'tensorboard, python -m tensorboard.main',
    when: [{ option: '--bind_all', is: 'given' }],
    severity: 'hint',
  },
  {
    detection: 'SRV-14',
    programs: 'tensorboard, python -m tensorboard.main, aim up',
    when: [{ option: '--host -h', is: ALL }],
    severity: 'hint',
    fix: '127.0.0.1',
  },
]);

export const SETTINGS = settingTable([
  {
    detection: 'SRV-11',
    variables: 'OLLAMA_HOST',
    is: /^(?:https?:\/\/)?(?:0\.0\.0\.0|\[::\])/,
    fix: '127.0.0.1:11434',
  },
  {
    detection: 'SRV-02',
    variables: 'GRADIO_SERVER_NAME',
    is: ALL,
    unlessSet: 'SPACE_ID',
    // The call may ask for a login.
    severity: 'info',
    fix: '127.0.0.1',
  },
]);
