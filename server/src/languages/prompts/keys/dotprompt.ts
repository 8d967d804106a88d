// Facts: Dotprompt's reference (2026).
import { type KeyHelp, valuesOf } from '../../keys.ts';

export const DOTPROMPT_KEYS: readonly KeyHelp[] = [
  { key: 'name', help: 'Name of the prompt; the file name where it is left out.' },
  { key: 'description', help: 'What the prompt is for.' },
  { key: 'variant', help: 'Name of the variant, for `name.variant.prompt`.' },
  { key: 'version', help: 'Version of the prompt; a hash of its text where it is left out.' },
  {
    key: 'model',
    help: 'Provider and model, with its date or version: `googleai/gemini-2.5-flash-001`. Without one, answers change by themselves.',
  },
  {
    key: 'config',
    type: 'map',
    help: 'Parameters of the request.',
    keys: [
      { key: 'version', help: 'Version of the model; one that ends in `-latest` moves.' },
      { key: 'temperature', type: 'number', help: 'How freely it chooses words; 0 for the least variation.' },
      { key: 'maxOutputTokens', type: 'number', help: 'Limit of the answer: it caps cost and damage.' },
      { key: 'topK', type: 'number', help: 'How many likely words it chooses from.' },
      { key: 'topP', type: 'number', help: 'Share of likely words it chooses from.' },
      { key: 'stopSequences', type: 'list', help: 'Texts that end the answer.' },
    ],
  },
  { key: 'tools', type: 'list', help: 'Names of registered tools the model may call; none where it is left out.' },
  { key: 'toolDefs', type: 'list', help: 'Tools that are described here: `name`, `description`, `inputSchema`.' },
  {
    key: 'input',
    type: 'map',
    help: 'The variables of the template.',
    keys: [
      {
        key: 'schema',
        type: ['map', 'string'],
        help: 'Picoschema: `question: string, what the customer asks`. Types and lists of values keep out what does not belong.',
      },
      { key: 'default', type: 'map', help: 'Values where none are given.' },
    ],
  },
  {
    key: 'output',
    type: 'map',
    help: 'Form of the answer.',
    keys: [
      { key: 'format', help: 'How the answer is written.', values: valuesOf('json', 'text', 'media') },
      {
        key: 'schema',
        type: ['map', 'string'],
        help: 'Picoschema of the answer: a schema keeps it from being anything at all.',
      },
    ],
  },
  {
    key: 'metadata',
    type: 'map',
    help: 'Your own keys: owner, review.',
    keys: [
      { key: 'owner', help: 'Who answers for the prompt.' },
      { key: 'last_reviewed', help: 'ISO date of the last review.' },
    ],
  },
];
