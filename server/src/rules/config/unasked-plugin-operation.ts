import { defineRule } from '../../engine/rule.ts';
import { under } from '../../languages/tree.ts';

const CHANGES = ['post', 'put', 'patch', 'delete'];

export const unaskedPluginOperation = defineRule({
  meta: {
    id: 'GL534',
    name: 'unasked-plugin-operation',
    title: 'Operation that a model may call without asking although it changes something',
    kinds: ['ai-config'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'atlas:AML.T0053',
    ],
    detections: ['CFG-21'],
    why: 'A page or mail that the model reads can have it call the operation. The question to the user is what stands in between; `false` lets users switch it off.',
    how: 'Set it to `true`, or leave it out, for everything that writes, sends, buys or deletes.',
    messages: { unasked: '`{method} {path}` can be called without asking the user' },
    peers: ['semgrep openai-consequential-action-false'],
    examples: [
      {
        path: 'openapi.yaml',
        bad: 'openapi: 3.1.0\npaths:\n  /orders:\n    post:\n      x-openai-isConsequential: false\n',
        fixed: 'openapi: 3.1.0\npaths:\n  /orders:\n    post:\n      x-openai-isConsequential: true\n',
        good: 'openapi: 3.1.0\npaths:\n  /orders:\n    get:\n      x-openai-isConsequential: false\n    post:\n      summary: Order\n  /search:\n    post:\n      x-openai-isConsequential: true\n',
      },
    ],
  },
  *check({ tree: [root], text }) {
    if (!text.includes('x-openai-isConsequential')) return;
    for (const { key: path, node: item } of under(root, 'paths')?.entries ?? []) {
      for (const { key: method, node } of item.entries) {
        const asks = under(node, 'x-openai-isConsequential');
        if (asks?.value !== false || !CHANGES.includes(method.toLowerCase())) continue;
        const data = { method: method.toUpperCase(), path };
        const fix = {
          title: 'Change to `true`',
          kind: 'suggestion' as const,
          edits: [{ ...asks.whole, text: 'true' }],
        };
        yield { span: asks.span, message: 'unasked', data, fixes: [fix] };
      }
    }
  },
});
