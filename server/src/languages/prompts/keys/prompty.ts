// Facts: Prompty's specification and runtimes, version 2 (2026); the layout of version 1 is in files in the wild.
import { type KeyHelp, valuesOf, YES_NO } from '../../keys.ts';

const KINDS = valuesOf('string', 'integer', 'float', 'boolean', 'array', 'object', 'image', 'file', 'thread');

const PARAMETER_KEYS: readonly KeyHelp[] = [
  { key: 'name', required: true, help: 'Name of the value.' },
  {
    key: 'kind',
    help: 'Its type. A text from outside belongs into the user message, between delimiters.',
    values: KINDS,
  },
  { key: 'description', help: 'What it is, and where it comes from.' },
  { key: 'default', help: 'Value where none is given.' },
  { key: 'required', type: 'boolean', help: 'Whether a value has to be given.', values: YES_NO },
];

export const PROMPTY_KEYS: readonly KeyHelp[] = [
  { key: 'name', help: 'Name of the prompt.' },
  { key: 'description', help: 'What the prompt is for.' },
  {
    key: 'metadata',
    type: 'map',
    help: 'Your own keys: owner, version, review.',
    keys: [
      { key: 'authors', type: 'list', help: 'Who answers for the prompt.' },
      { key: 'version', help: 'Version of the prompt; raise it with every change.' },
      { key: 'tags', type: 'list', help: 'Words to find it by.' },
      { key: 'last_reviewed', help: 'ISO date of the last review.' },
    ],
  },
  {
    key: 'model',
    type: ['map', 'string'],
    help: 'The model that answers, and how it is reached.',
    keys: [
      {
        key: 'id',
        help: 'Id of the model, with its date or version: without one, answers change by themselves.',
        was: 'configuration.azure_deployment',
      },
      { key: 'provider', help: 'Who serves it.', values: valuesOf('openai', 'azure', 'foundry', 'anthropic') },
      {
        key: 'apiType',
        help: 'Kind of request.',
        values: valuesOf('chat', 'responses', 'embedding', 'image'),
        was: 'api',
      },
      {
        key: 'connection',
        type: 'map',
        help: 'Where it is reached, and with which credentials.',
        keys: [
          {
            key: 'kind',
            required: true,
            help: 'How to sign in.',
            values: valuesOf('reference', 'remote', 'key', 'anonymous', 'foundry', 'oauth'),
          },
          { key: 'name', help: 'Name of a connection that is configured elsewhere: no secret stands here.' },
          { key: 'endpoint', help: 'Address of the service: `${env:…}`.' },
          { key: 'apiKey', help: 'Never the key itself: `${env:OPENAI_API_KEY}`.' },
        ],
      },
      {
        key: 'options',
        type: 'map',
        help: 'Parameters of the request.',
        was: 'parameters',
        keys: [
          { key: 'temperature', type: 'number', help: 'How freely it chooses words; 0 for the least variation.' },
          { key: 'maxOutputTokens', type: 'number', help: 'Limit of the answer: it caps cost and damage.' },
          { key: 'seed', type: 'number', help: 'Number that makes answers repeatable, as far as the service can.' },
          { key: 'topP', type: 'number', help: 'Share of likely words it chooses from.' },
        ],
      },
    ],
  },
  { key: 'inputs', type: ['list', 'map'], help: 'Every variable of the template.', keys: PARAMETER_KEYS },
  {
    key: 'outputs',
    type: ['list', 'map'],
    help: 'Form of the answer: a schema keeps it from being anything at all.',
    keys: PARAMETER_KEYS,
  },
  {
    key: 'tools',
    type: 'list',
    help: 'What the model may call.',
    keys: [
      { key: 'name', required: true, help: 'Name of the tool.' },
      {
        key: 'kind',
        required: true,
        help: 'What the tool is.',
        values: valuesOf('function', 'mcp', 'openapi', 'custom'),
      },
      { key: 'serverName', help: 'Name of the MCP server.' },
      { key: 'allowedTools', type: 'list', help: 'Tools of the server it may call; left out it is all of them.' },
      {
        key: 'approvalMode',
        help: 'Whether a person is asked before a call.',
        values: [
          { value: 'always', help: 'asks each time' },
          { value: 'never', help: 'never asks' },
          { value: 'specify', help: 'by tool' },
        ],
      },
    ],
  },
  {
    key: 'template',
    type: ['map', 'string'],
    help: 'How the text is filled in.',
    keys: [
      {
        key: 'format',
        type: ['map', 'string'],
        help: 'The template language.',
        keys: [{ key: 'kind', help: 'Name of the language.', values: valuesOf('jinja2', 'nunjucks', 'mustache') }],
      },
      {
        key: 'parser',
        type: ['map', 'string'],
        help: 'What splits the text into messages.',
        keys: [
          { key: 'kind', help: 'Name of the parser.', values: valuesOf('prompty') },
          {
            key: 'strict',
            type: 'boolean',
            help: 'Keeps an input with a line `system:` in it from opening a message of its own.',
            values: YES_NO,
          },
        ],
      },
    ],
  },
  {
    key: 'sample',
    type: ['map', 'string'],
    help: 'Values to try the prompt with.',
    old: 'of version 1; in version 2 an input has a `default`.',
  },
  {
    key: 'authors',
    type: 'list',
    help: 'Who wrote it.',
    old: 'of version 1; in version 2 it stands under `metadata`.',
  },
];
