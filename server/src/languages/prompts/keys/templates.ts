// Facts: documentation of Semantic Kernel, LangChain and promptfoo (2026).
import { type KeyHelp, valuesOf, YES_NO } from '../../keys.ts';

const RAW: KeyHelp = {
  key: 'allow_dangerously_set_content',
  type: 'boolean',
  help: '`true` inserts values without encoding them, so that a value can open a message of its own. `false` is the default.',
  values: YES_NO,
  closed: true,
};

export const SEMANTIC_KERNEL_KEYS: readonly KeyHelp[] = [
  { key: 'name', help: 'Name of the function.' },
  { key: 'description', help: 'What it does; planners choose by it.' },
  { key: 'template', help: 'The prompt. Text before the first `<message>` is the user message.' },
  {
    key: 'template_format',
    help: 'The template language.',
    values: valuesOf('semantic-kernel', 'handlebars', 'liquid', 'jinja2'),
  },
  {
    key: 'input_variables',
    type: 'list',
    help: 'Every variable of the template.',
    keys: [
      { key: 'name', required: true, help: 'Name of the variable.' },
      { key: 'description', help: 'What it is, and where it comes from.' },
      { key: 'default', help: 'Value where none is given.' },
      { key: 'is_required', type: 'boolean', help: 'Whether a value has to be given.', values: YES_NO },
      { key: 'json_schema', help: 'Schema of the value.' },
      RAW,
    ],
  },
  { key: 'output_variable', type: 'map', help: 'What comes out: `description`, `json_schema`.' },
  { key: 'execution_settings', type: 'map', help: 'Model and parameters by service id; `default` for all.' },
  RAW,
];

export const LANGCHAIN_KEYS: readonly KeyHelp[] = [
  { key: '_type', help: 'Kind of prompt.', values: valuesOf('prompt', 'few_shot', 'chat') },
  { key: 'template', help: 'The prompt.' },
  { key: 'template_path', help: 'File that holds the prompt, inside the folder.' },
  {
    key: 'template_format',
    help: 'The template language.',
    values: [
      { value: 'f-string', help: 'inserts values only' },
      { value: 'mustache', help: 'inserts values and repeats' },
      { value: 'jinja2', help: 'runs expressions: never with a template from outside' },
    ],
    closed: true,
  },
  { key: 'input_variables', type: 'list', help: 'Every variable of the template.' },
  { key: 'partial_variables', type: 'map', help: 'Values that are known already.' },
  {
    key: 'validate_template',
    type: 'boolean',
    help: 'Checks that the variables are those of the template.',
    values: YES_NO,
  },
  { key: 'examples', type: ['list', 'string'], help: 'Examples, or the file that holds them.' },
];

export const PROMPTFOO_KEYS: readonly KeyHelp[] = [
  { key: 'description', help: 'What is tested.' },
  {
    key: 'prompts',
    type: ['list', 'string'],
    help: 'Prompts, or `file://` of them. A `.js` or `.py` file and `exec:` run code.',
  },
  {
    key: 'providers',
    type: ['list', 'string'],
    help: 'Models to test, by id: `openai:chat:gpt-4.1-mini-2025-04-14`. Keys belong into the environment.',
  },
  {
    key: 'defaultTest',
    type: ['map', 'string'],
    help: 'What holds for every test.',
    keys: [{ key: 'assert', type: 'list', help: 'Checks of every answer.' }],
  },
  {
    key: 'tests',
    type: ['list', 'string'],
    help: 'The tests; try attacks too.',
    keys: [
      { key: 'description', help: 'What the test is about.' },
      { key: 'vars', type: 'map', help: 'Values of the variables.' },
      {
        key: 'assert',
        type: 'list',
        help: 'Checks of the answer.',
        keys: [
          {
            key: 'type',
            required: true,
            help: 'Kind of check. `javascript` and `python` run code.',
            values: valuesOf(
              'equals',
              'contains',
              'icontains',
              'not-contains',
              'regex',
              'is-json',
              'is-refusal',
              'llm-rubric',
              'similar',
              'latency',
              'cost',
            ),
          },
          { key: 'value', help: 'What it is compared with.' },
          { key: 'threshold', type: 'number', help: 'From which score it passes.' },
        ],
      },
    ],
  },
  { key: 'redteam', type: 'map', help: 'Generated attacks: `purpose`, `plugins`, `strategies`.' },
  {
    key: 'env',
    type: 'map',
    help: 'Environment of the run. No secrets here: they are in the environment already, or in `.env`.',
  },
  { key: 'outputPath', type: ['string', 'list'], help: 'File the results are written to.' },
];
