import { defineRule } from '../../engine/rule.ts';
import { isDockerfile } from '../../languages/commands.ts';
import { isSecretName } from '../../languages/secrets.ts';
import { readInstructions } from '../../languages/shell/dockerfile.ts';

export const secretKeptInImage = defineRule({
  meta: {
    id: 'GL531',
    name: 'secret-kept-in-image',
    title: 'Image that keeps a key it was built with',
    kinds: ['container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-798',
      'atlas:AML.T0055',
    ],
    detections: ['CFG-09'],
    why: 'Arguments and variables of a build stand in the history of the image. Everybody who can pull it reads the key of the model provider or hub.',
    how: 'Give the key to the one step that needs it: `RUN --mount=type=secret,id=hf_token …`. What the program needs is given when the container is started.',
    messages: {
      argument: 'The build argument `{name}` stays in the history of the image',
      variable: '`ENV {name}` keeps the key it was built with in the image',
    },
    peers: ['docker build check SecretsUsedInArgOrEnv', 'semgrep secret-in-build-arg'],
    examples: [
      {
        path: 'Dockerfile',
        bad: 'FROM python:3.12\nARG HF_TOKEN\nRUN hf download org/model\n',
        good: 'FROM python:3.12\nARG TOKENIZERS_VERSION=1\nARG MAX_TOKENS\nENV OPENAI_API_KEY=""\nRUN --mount=type=secret,id=hf_token HF_TOKEN=$(cat /run/secrets/hf_token) hf download org/model\n',
      },
      { path: 'serve/Dockerfile', bad: 'FROM python:3.12\nARG KEY\nENV OPENAI_API_KEY=$KEY \\\n    PORT=8000\n' },
    ],
  },
  *check({ path, text }) {
    if (!isDockerfile(path) || !/\b(?:ARG|ENV)\b/i.test(text)) return;
    const seen = new Set<string>();
    for (const { name: instruction, text: body, at } of readInstructions(text)) {
      if (instruction !== 'ARG' && instruction !== 'ENV') continue;
      // `ENV NAME value` is the old form of `ENV NAME=value`.
      const pairs =
        instruction === 'ENV' && /^\w+[ \t]+[^=\s]/.test(body)
          ? body.matchAll(/^(\w{1,200})[ \t]+(\S{1,500})/g)
          : body.matchAll(/(?<!\S)([A-Za-z_]\w{0,200})(?:=("[^"\n]{0,500}"|'[^'\n]{0,500}'|\S{0,500}))?/g);
      for (const { index, 1: name = '', 2: value } of pairs) {
        if (!isSecretName(name) || seen.has(name)) continue;
        const isGiven = instruction === 'ARG' ? value === undefined : /^["']?\$/.test(value ?? '');
        if (!isGiven) continue;
        seen.add(name);
        const span = { start: at + index, end: at + index + name.length };
        yield { span, message: instruction === 'ARG' ? 'argument' : 'variable', data: { name } };
      }
    }
  },
});
