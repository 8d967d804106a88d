import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets, isLiteralSecret, isSecretName } from '../../server/src/languages/secrets.ts';

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
