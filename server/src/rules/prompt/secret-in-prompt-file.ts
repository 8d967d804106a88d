import { defineRule } from '../../engine/rule.ts';
import type { Fields, PromptFormat } from '../../languages/prompt.ts';
import { contentSpan } from '../../languages/prompts/fields.ts';
import { findSecrets, isLiteralSecret, isSecretName } from '../../languages/secrets.ts';
import type { YamlEntry, YamlValue } from '../../languages/yaml.ts';

/** Formats that configure the model they are sent to. */
const CONFIGURED: readonly PromptFormat[] = [
  'prompty',
  'dotprompt',
  'prompt-yaml',
  'semantic-kernel',
  'langchain',
  'promptfoo',
];
const BAML_KEY = /\b(api_key|password|token|aws_secret_access_key)[ \t]+"([^"\n]{8,300})"/g;
const DEFAULT = /^\$\{env:\w{1,80}:([^}]{8,300})\}$/;

export const secretInPromptFile = defineRule({
  meta: {
    id: 'GL407',
    name: 'secret-in-prompt-file',
    title: 'Secret in the settings of a prompt file',
    kinds: ['prompt'],
    severity: 'error',
    confidence: 'medium',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'cwe:CWE-798',
      'atlas:AML.T0055',
    ],
    why: 'A prompt file is committed, reviewed and shared like code. A key in its settings is known to everybody who has the file.',
    how: 'Revoke the key, and name an environment variable instead.',
    messages: {
      literal: '`{key}` holds a secret in plain text. Revoke it and read it from the environment',
      fallback: 'The default of this reference is a secret in plain text',
    },
    detections: ['INS-10'],
    examples: [
      {
        path: 'answer.prompty',
        bad: '---\ndescription: Answers from the help articles.\nmodel:\n  connection:\n    apiKey: 4fb1c09ae2d84c7792bd03f1\n---\nsystem:\nAnswer.\n',
        fixed:
          '---\ndescription: Answers from the help articles.\nmodel:\n  connection:\n    apiKey: ${env:API_KEY}\n---\nsystem:\nAnswer.\n',
        good: '---\ndescription: Answers from the help articles.\nmodel:\n  connection:\n    apiKey: ${env:OPENAI_API_KEY}\n---\nsystem:\nAnswer.\n',
      },
      {
        path: 'clients.baml',
        bad: 'client<llm> Small {\n  provider openai\n  options { api_key "4fb1c09ae2d84c7792bd03f1" }\n}\n',
        fixed: 'client<llm> Small {\n  provider openai\n  options { api_key env.API_KEY }\n}\n',
        good: 'client<llm> Small {\n  provider openai\n  options { api_key env.OPENAI_API_KEY }\n}\n',
      },
    ],
  },
  *check({ prompt, text }) {
    const { format, fields } = prompt;
    if (format === 'baml') {
      for (const match of text.matchAll(BAML_KEY)) {
        const [whole, key = '', value = ''] = match;
        if (!isLiteralSecret(value) || findSecrets(value).length > 0) continue;
        const end = match.index + whole.length;
        const span = { start: end - value.length - 1, end: end - 1 };
        const edit = { start: span.start - 1, end, text: `env.${key.toUpperCase()}` };
        yield {
          span,
          message: 'literal',
          data: { key },
          fixes: [{ title: 'Read it from the environment', kind: 'suggestion', edits: [edit] }],
        };
      }
    }
    if (!CONFIGURED.includes(format)) return;
    for (const { key, entry } of secretEntries(fields)) {
      const span = contentSpan(text, entry);
      const fallback = DEFAULT.exec(entry.text)?.[1];
      const value = fallback ?? entry.text;
      if (value.length < 8 || !isLiteralSecret(value) || /^https?:/.test(value) || findSecrets(value).length > 0)
        continue;
      const name = key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
      yield fallback
        ? { span, message: 'fallback' }
        : {
            span,
            message: 'literal',
            data: { key },
            ...(format === 'prompty' && {
              fixes: [
                {
                  title: 'Read it from the environment',
                  kind: 'suggestion',
                  edits: [{ ...entry.span, text: `\${env:${name}}` }],
                },
              ],
            }),
          };
    }
  },
});

const MAX_DEPTH = 6;
/** Sample values and inputs are what the prompt is about, not its settings. */
const NOT_SETTINGS =
  /^(?:inputs?|sample|testData|tests|evaluators|outputs?|tools|messages|template|prompts|input_variables)$/;

/** Scalars under names that say they hold a secret. */
function* secretEntries(fields: Fields): Iterable<{ key: string; entry: YamlEntry }> {
  const walk = function* (value: YamlValue, path: (string | number)[]): Iterable<{ key: string; entry: YamlEntry }> {
    if (path.length > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    const children: [string | number, YamlValue][] = Array.isArray(value)
      ? value.slice(0, 50).map((item, index) => [index, item])
      : Object.entries(value);
    for (const [key, child] of children) {
      if (
        typeof key === 'string' &&
        typeof child === 'string' &&
        isSecretName(key.replace(/(?<=[a-z])(?=[A-Z])/g, '_'))
      ) {
        const entry = fields.get(...path, key);
        if (entry) yield { key, entry };
      } else yield* walk(child, [...path, key]);
    }
  };
  for (const { text: key } of fields.keys()) {
    if (NOT_SETTINGS.test(key)) continue;
    const value = fields.get(key)?.value;
    if (value !== undefined) yield* walk({ [key]: value }, []);
  }
}
