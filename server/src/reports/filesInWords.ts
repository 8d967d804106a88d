import type { Kind } from '../engine/kind.ts';
import { count } from './printable.ts';

const KIND_WORDS: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  'model-card': ['model card', 'model cards'],
  'data-card': ['data card', 'data cards'],
  prompt: ['prompt file', 'prompt files'],
  python: ['Python file', 'Python files'],
  notebook: ['notebook', 'notebooks'],
  mcp: ['MCP configuration', 'MCP configurations'],
  'assistant-settings': ['assistant settings file', 'assistant settings files'],
  script: ['script', 'scripts'],
  container: ['container file', 'container files'],
  workflow: ['workflow', 'workflows'],
  'ai-config': ['AI configuration', 'AI configurations'],
  config: ['Guidelint configuration', 'Guidelint configurations'],
  evidence: ['evidence register', 'evidence registers'],
  other: ['other file', 'other files'],
};

/**
 * "48 files checked (11 prompt files, 5 model cards)"
 *
 * @param files how many were checked, by kind.
 */
export function filesInWords(files: Readonly<Partial<Record<Kind, number>>>): string {
  const counts = (Object.entries(files) as [Kind, number][]).filter(([, number]) => number > 0);
  const total = counts.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return 'no files checked';
  const kinds = counts.map(([kind, number]) => count(number, ...KIND_WORDS[kind]));
  return `${count(total, 'file')} checked (${kinds.join(', ')})`;
}
