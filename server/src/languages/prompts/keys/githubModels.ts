// Facts: GitHub's documentation on prompts in repositories and on evaluations, and the `gh models` extension (2026).
import { type KeyHelp, valuesOf } from '../../keys.ts';

export const GITHUB_MODELS_KEYS: readonly KeyHelp[] = [
  { key: 'name', help: 'Name of the prompt.' },
  { key: 'description', help: 'What the prompt is for.' },
  { key: 'model', help: 'Publisher and model: `openai/gpt-4.1-mini`. Evaluate anew when it changes.' },
  {
    key: 'modelParameters',
    type: 'map',
    help: 'Parameters of the request.',
    keys: [
      { key: 'temperature', type: 'number', help: 'How freely it chooses words; 0 for the least variation.' },
      { key: 'maxTokens', type: 'number', help: 'Limit of the answer: it caps cost and damage.' },
      { key: 'topP', type: 'number', help: 'Share of likely words it chooses from.' },
    ],
  },
  {
    key: 'messages',
    type: 'list',
    required: true,
    help: 'The conversation. `{{variables}}` belong into the user message, between delimiters.',
    keys: [
      {
        key: 'role',
        required: true,
        help: 'Who speaks.',
        values: [
          { value: 'system', help: 'your instructions; no variables here' },
          { value: 'user', help: 'what people and documents say' },
          { value: 'assistant', help: 'an answer, as an example' },
        ],
        closed: true,
      },
      { key: 'content', required: true, help: 'The text.' },
    ],
  },
  { key: 'responseFormat', help: 'How the answer is written.', values: valuesOf('text', 'json_object', 'json_schema') },
  { key: 'jsonSchema', type: ['string', 'map'], help: 'With `responseFormat: json_schema`: the schema of the answer.' },
  { key: 'testData', type: 'list', help: 'Inputs by variable, with the `expected` answer: try attacks too.' },
  {
    key: 'evaluators',
    type: 'list',
    help: 'What an answer is measured by.',
    keys: [
      { key: 'name', required: true, help: 'Name of the evaluator.' },
      {
        key: 'string',
        type: 'map',
        help: 'Compares texts.',
        keys: [
          { key: 'equals', help: 'The whole answer.' },
          { key: 'contains', help: 'A part of it.' },
          { key: 'startsWith', help: 'Its beginning.' },
          { key: 'endsWith', help: 'Its end.' },
        ],
      },
      { key: 'llm', type: 'map', help: 'Lets a model judge: `modelId`, `prompt`, `choices`.' },
      {
        key: 'uses',
        help: 'One of the evaluators of GitHub.',
        values: valuesOf(
          'github/similarity',
          'github/groundedness',
          'github/relevance',
          'github/coherence',
          'github/fluency',
        ),
      },
    ],
  },
];
