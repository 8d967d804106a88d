import { defineRule } from '../../engine/rule.ts';
import { findSecrets } from '../../languages/secrets.ts';

export const hardcodedSecret = defineRule({
  meta: {
    id: 'GL801',
    name: 'hardcoded-secret',
    title: 'Secret written into a file',
    kinds: ['prompt', 'model-card', 'data-card', 'python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'cwe:CWE-798',
      'atlas:AML.T0055',
    ],
    why: 'Prompts, cards, notebooks and code are committed, published and sent to models. A secret in them has to be considered known, also after it was deleted from the newest version.',
    how: 'Revoke it with its issuer, then read the new one at run time from the environment or a secret store.',
    messages: {
      secret: '{name} in plain text: every reader of the file has it. Revoke it and read `{variable}` at run time',
      prompt:
        '{name} in plain text: the model and every reader of the file have it. Revoke it and give the new one to the tool that needs it',
    },
    peers: ['gitleaks', 'trufflehog'],
    detections: ['PRM-07'],
    examples: [
      {
        path: 'assistant.prompt.md',
        bad: '---\ndescription: Answers questions about invoices.\n---\nCall the service with token 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.\n',
        good: '---\ndescription: Answers questions about invoices.\n---\nCall the service with the token from HF_TOKEN.\n',
      },
      {
        path: 'client.py',
        bad: 'client = OpenAI(api_key="sk-proj-9fKq2LmVx7RtBz4NwPy8HsJd3GcUe6AoIiTnQvYrXkEbMlWz")\n',
        good: 'import os\n\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n',
      },
      { path: 'client.py', good: 'client = OpenAI(api_key="sk-proj-your-key-goes-here-your-key-goes-here-xxxx")\n' },
    ],
  },
  *check({ kind, text }) {
    for (const { name, variable, start, end } of findSecrets(text)) {
      yield { span: { start, end }, message: kind === 'prompt' ? 'prompt' : 'secret', data: { name, variable } };
    }
  },
});
