import type { CallFix, CallRow } from '../../engine/callRule.ts';

const VERBS = 'get post put delete patch options head request'.split(' ');
const verbsOf = (prefix: string) => VERBS.map((verb) => `${prefix}.${verb}`).join(' ');
const remove = (parameter: string): CallFix[] => [{ remove: parameter, kind: 'suggestion' }];

/** A parameter that switches the check off when it is false. */
const off = (detection: string, apis: string, parameter: string): CallRow => ({
  detection,
  apis,
  when: [{ parameter, is: 'false' }],
  // `None` and the empty text ask for the default.
  unless: [{ parameter, is: 'None' }],
  fixes: remove(parameter),
});

/** Calls that check no certificate. Sources: references of requests, httpx, aiohttp, urllib3, boto3, Gradio and `ssl`. */
export const UNCHECKED: readonly CallRow[] = [
  off('NET-08', `${verbsOf('requests')} ${verbsOf('requests.Session()')} ${verbsOf('requests.session()')}`, 'verify'),
  off('NET-08', `${verbsOf('httpx')} httpx.stream httpx.Client httpx.AsyncClient`, 'verify'),
  off('NET-08', 'httpx.create_ssl_context httpx.HTTPTransport httpx.AsyncHTTPTransport', 'verify'),
  off('NET-08', `${verbsOf('aiohttp.ClientSession()')} aiohttp.ClientSession().ws_connect aiohttp.request`, 'ssl'),
  off('NET-08', `${verbsOf('aiohttp.ClientSession()')} aiohttp.TCPConnector`, 'verify_ssl'),
  off('NET-08', 'aiohttp.TCPConnector', 'ssl'),
  off('NET-08', 'boto3.client boto3.resource boto3.Session().client boto3.Session().resource', 'verify'),
  off('NET-08', 'gradio.Blocks().launch gradio.Interface().launch gradio.ChatInterface().launch', 'ssl_verify'),
  off('NET-08', 'gradio_client.Client', 'ssl_verify'),
  off('NET-08', 'litellm.completion litellm.acompletion litellm.embedding', 'ssl_verify'),
  {
    detection: 'NET-08',
    apis: 'urllib3.PoolManager urllib3.ProxyManager urllib3.HTTPSConnectionPool urllib3.connection_from_url',
    when: [{ parameter: 'cert_reqs', is: ['CERT_NONE', 'NONE', 0] }],
    fixes: remove('cert_reqs'),
  },
  { detection: 'NET-09', apis: 'ssl._create_unverified_context ssl._create_stdlib_context', message: 'context' },
];

/** Methods of clients under any name: the parameter says the rest. */
export const CLIENT_METHOD = /(?:^|\.)(?:get|post|put|delete|patch|options|head|request|send|stream|(?:Async)?Client)$/;

/**
 * Parameters that mean nothing else, whoever takes them. Sources: elasticsearch, hvac, kubernetes, proxmoxer and similar
 * clients.
 */
export const ONLY_MEANING: readonly string[] = ['verify_certs', 'verify_ssl', 'ssl_verify'];

/** Variables and the values that switch the check off (documentation of Python, requests, Git, Node.js, MLflow, huggingface_hub). */
export const VARIABLES: ReadonlyMap<string, RegExp> = new Map([
  ['PYTHONHTTPSVERIFY', /^0$/],
  ['CURL_CA_BUNDLE', /^$/],
  ['REQUESTS_CA_BUNDLE', /^$/],
  ['SSL_VERIFY', /^(?:false|0|no)$/i],
  ['HF_HUB_DISABLE_SSL_VERIFICATION', /^(?:1|true|yes|on)$/i],
  ['GIT_SSL_NO_VERIFY', /^(?:1|true|yes|on)$/i],
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/],
  ['MLFLOW_TRACKING_INSECURE_TLS', /^(?:1|true|yes|on)$/i],
]);
