import { callTable } from '../../engine/callRule.ts';
import { commandTable, settingTable } from '../../engine/commandRule.ts';
import { apiTable } from '../../languages/python/program.ts';

const EMPTY = /^(?:''|"")?$/;
const OFF = /^(?:false|0|no|off)$/i;
const ON = /^(?:true|1|yes|on)$/i;
const STAR = /^\*$/;

const jupyter = (option: string): string =>
  ['NotebookApp', 'ServerApp', 'IdentityProvider', 'PasswordIdentityProvider']
    .map((app) => `--${app}.${option}`)
    .join(' ');
const JUPYTER =
  'jupyter lab, jupyter notebook, jupyter server, jupyter-lab, jupyter-notebook, jupyter-server, jupyter nbclassic, python -m jupyterlab, python -m notebook';

/**
 * Sources: the programs' option lists. Jupyter Server 2.21 (an empty token switches the login off unless a password is
 * set; `--IdentityProvider.token` since 2.0), Streamlit 1.64 (both protections on), MLflow 3.5 (`--allowed-hosts`,
 * `--cors-allowed-origins`, `--disable-security-middleware`), TorchServe 0.12 (token authorization on), Redis, LM Studio.
 */
export const COMMANDS = commandTable([
  {
    detection: 'SRV-12',
    programs: JUPYTER,
    when: [{ option: jupyter('token'), is: EMPTY }],
    unless: [{ option: `${jupyter('password')} ${jupyter('hashed_password')}`, is: /./ }],
    message: 'noLogin',
    severity: 'error',
  },
  {
    detection: 'SRV-12',
    programs: JUPYTER,
    when: [{ option: jupyter('allow_origin'), is: STAR }],
    message: 'origins',
  },
  {
    detection: 'SRV-12',
    programs: JUPYTER,
    when: [{ option: jupyter('disable_check_xsrf'), is: ON }],
    message: 'protection',
  },
  {
    detection: 'SRV-04',
    programs: 'streamlit run, python -m streamlit',
    when: [{ option: '--server.enableXsrfProtection', is: OFF }],
    message: 'protection',
  },
  {
    detection: 'SRV-04',
    programs: 'streamlit run, python -m streamlit',
    when: [{ option: '--server.enableCORS', is: OFF }],
    message: 'protection',
  },
  {
    detection: 'SRV-05',
    programs: 'mlflow server, mlflow ui',
    when: [{ option: '--allowed-hosts --cors-allowed-origins', is: STAR }],
    message: 'origins',
  },
  {
    detection: 'SRV-05',
    programs: 'mlflow server, mlflow ui',
    when: [{ option: '--disable-security-middleware', is: 'given' }],
    message: 'protection',
  },
  {
    detection: 'SRV-09',
    programs: 'torchserve',
    when: [{ option: '--disable-token-auth --disable-token', is: 'given' }],
    message: 'noLogin',
    severity: 'error',
  },
  {
    detection: 'SRV-16',
    programs: 'redis-server',
    when: [{ option: '--protected-mode', is: OFF }],
    message: 'noLogin',
  },
  { detection: 'SRV-08', programs: 'lms server', when: [{ option: '--cors', is: 'given' }], message: 'origins' },
]);

/** Sources: the projects' lists of environment variables. */
export const SETTINGS = settingTable([
  { detection: 'SRV-11', variables: 'OLLAMA_ORIGINS', is: STAR, message: 'originsSetting' },
  {
    detection: 'SRV-04',
    variables: 'STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION STREAMLIT_SERVER_ENABLE_CORS',
    is: OFF,
    message: 'setting',
    fix: 'true',
  },
  {
    detection: 'SRV-17',
    variables: 'LANGFLOW_AUTO_LOGIN LANGFLOW_SKIP_AUTH_AUTO_LOGIN',
    is: ON,
    message: 'noLoginSetting',
    severity: 'error',
    fix: 'false',
  },
  {
    detection: 'SRV-17',
    variables: 'WEBUI_AUTH',
    is: OFF,
    message: 'noLoginSetting',
    severity: 'error',
    fix: 'True',
  },
  {
    detection: 'SRV-20',
    variables: 'DANGEROUSLY_OMIT_AUTH',
    is: ON,
    message: 'noLoginSetting',
    severity: 'error',
    fix: 'false',
  },
  {
    detection: 'SRV-16',
    variables: 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED',
    is: ON,
    message: 'noLoginSetting',
    fix: 'false',
  },
  { detection: 'SRV-16', variables: 'xpack.security.enabled', is: OFF, message: 'noLoginSetting', fix: 'true' },
  {
    detection: 'SRV-15',
    variables: 'LITELLM_MASTER_KEY',
    is: /^sk-1234$/,
    message: 'knownKey',
    severity: 'error',
  },
  { detection: 'SRV-12', variables: 'JUPYTER_TOKEN', is: EMPTY, message: 'noLoginSetting', severity: 'error' },
]);

/** Lists that let everybody in, or make everything readable. */
export const PATHS = /^(?:\/|\.{1,2}\/?|~\/?|[A-Za-z]:[\\/]{1,2})$/;

/** The parameter with folders that visitors may read, and its position. */
export const SHARED_PATHS = apiTable([
  ['gradio.**.launch', { parameter: 'allowed_paths', position: undefined }],
  ['gradio.mount_gradio_app', { parameter: 'allowed_paths', position: undefined }],
  ['gradio.set_static_paths', { parameter: 'paths', position: 0 }],
]);

export const FLASK_CORS = callTable([
  {
    detection: 'SRV-13',
    apis: 'flask_cors.CORS flask_cors.cross_origin',
    when: [
      { parameter: 'supports_credentials', is: 'true' },
      { parameter: 'origins', is: ['*', '.*'], absent: true },
    ],
    message: 'cors',
  },
]);

/** Options of Jupyter's configuration file: the value that switches a protection off. Source: Jupyter Server 2.21. */
export const JUPYTER_OPTIONS: Readonly<Record<string, { is: '' | '*' | true; message: string }>> = {
  token: { is: '', message: 'noLoginOption' },
  allow_origin: { is: '*', message: 'originsOption' },
  disable_check_xsrf: { is: true, message: 'protectionOption' },
};
