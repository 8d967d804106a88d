import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets, isLiteralSecret, isSecretName, looksIssued } from '../../server/src/languages/secrets.ts';

test('finds credentials by their prefix', () => {
  const found = findSecrets('a 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 b AKIAQ3EGZ7LMN2PRWTUV c').map(({ name }) => name);
  assert.deepEqual(found, ['Hugging Face token', 'AWS access key']);
});

for (const text of [
  'hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'sk-your-api-key-goes-here-your-api-key-goes-here-000',
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_000000000000000000000000000000000000',
  'desk-proj-9fKq2LmVx7RtBz4NwPy8HsJd3GcUe6AoIiTnQvYrXkEbMlWz',
  'sk-learn and sk-SK are no keys',
]) {
  test(`leaves alone: ${text}`, () => assert.deepEqual(findSecrets(text), []));
}

test('names that hold secrets, and names that only sound like it', () => {
  for (const name of ['OPENAI_API_KEY', 'Authorization', 'db-password', 'X-Api-Key', 'github_token', 'CLIENT_SECRET']) {
    assert.ok(isSecretName(name), name);
  }
  for (const name of ['MAX_TOKENS', 'tokenizer', 'KEY_PATH', 'keyboard', 'AUTHOR', 'TOKEN_LIMIT', 'monkey']) {
    assert.ok(!isSecretName(name), name);
  }
});

test('a reference, a placeholder or a mode is not a secret', () => {
  for (const value of [
    '${env:KEY}',
    '${KEY}',
    '$KEY',
    'Bearer ${TOKEN}',
    '<your key>',
    '${input:key}',
    '{{ key }}',
    'none',
    'interactive',
    '/run/secrets/key',
    'your-key-here',
    'COPILOT_MCP_KEY',
    '${KEY:-none}',
  ]) {
    assert.ok(!isLiteralSecret(value), value);
  }
  for (const value of ['q7Gk29vLxPwZ4nRt8sYb', 'Bearer q7Gk29vLxPwZ4nRt8sYb']) assert.ok(isLiteralSecret(value), value);
});

test('finds the keys of more providers, and Weights & Biases keys by the words before them', () => {
  const hex = '0c1f9be26a7d43f8b5e07c2d918a64f3e5b07d19';
  for (const [text, name] of [
    ['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', 'Hugging Face token'],
    ['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', 'Tavily API key'],
    ['fc-0c1f9be26a7d43f8b5e07c2d918a64f3', 'Firecrawl API key'],
    [`e2b_${hex}`, 'E2B API key'],
    ['fw_3ZkWvRtYpLsNxBdGhJcFaEuI', 'Fireworks API key'],
    [`wandb.login(key="${hex}")`, 'Weights & Biases API key'],
    [`WANDB_API_KEY=${hex}`, 'Weights & Biases API key'],
  ] as const) {
    const found = findSecrets(text);
    assert.deepEqual(
      found.map((secret) => secret.name),
      [name],
      text,
    );
  }
  for (const text of [
    `git+https://github.com/wandb/client@${hex}`,
    `wandb commit ${hex}`,
    'fw_getAllTheConfiguredNames',
    'fw_ABCDEFGHIJKLMNOPQRSTUVWX',
    'fc-0c1f9be2-6a7d-43f8',
  ]) {
    assert.deepEqual(findSecrets(text), [], text);
  }
});

test('what a service issued, and what a person named', () => {
  for (const value of ['q7Gk29vLxPwZ4nRt8sYb', '4f1c9b0a-7d2e-4b86-9a35-c0e8d172f6b3', 'org-9fKq2LmVx7RtBz4NwPy8']) {
    assert.ok(looksIssued(value), value);
  }
  for (const value of [
    'hf-internal-testing/tiny-stable-diffusion-2-1',
    'down_blocks.0.attentions.1.proj_in',
    'gpt-4o-mini-2024-07-18',
    'sk-no-key-required',
    'my-super-secret-key-123',
    'text-embedding-3-large',
    'pytorch_lora_weights_sdxl_1024.safetensors',
    'abcdefghijklmnop',
  ]) {
    assert.ok(!looksIssued(value), value);
  }
});
