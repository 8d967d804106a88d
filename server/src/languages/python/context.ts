import type { SyntaxNode } from '@lezer/common';
import { SEVERITIES, type Severity } from '../../engine/finding.ts';

const TEST = /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/i;

/** Whether a file only runs in tests, by its path. */
export function isTest(path: string): boolean {
  return TEST.test(path);
}

/** What is shown to readers, who are to put in models and data of their own. */
const EXAMPLE = /(?:^|\/)examples?\//i;

/** The severity for a path: what only runs in tests, or shows how something is used, counts one level less. */
export function inContext(severity: Severity, path: string): Severity {
  return isTest(path) || EXAMPLE.test(path) ? lowered(severity) : severity;
}

const RAISES = /\b(?:assertRaises(?:Regex)?|pytest\.raises|raises)\s*\(/;
const MAX_LEVELS = 12;

/** Whether a test expects that the statement around a node is refused: `with pytest.raises(ValueError): …`. */
export function isExpectedToFail(text: string, path: string, node: SyntaxNode): boolean {
  if (!isTest(path)) return false;
  let at: SyntaxNode | null = node;
  for (let level = 0; at && level < MAX_LEVELS; level++, at = at.parent) {
    if (at.name === 'FunctionDefinition') return false;
    const body = at.name === 'WithStatement' ? at.getChild('Body') : null;
    if (body && body.from <= node.from && RAISES.test(text.slice(at.from, Math.min(body.from, at.from + 400))))
      return true;
  }
  return false;
}

/** One level less harmful, `hint` at the least. */
export function lowered(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] as Severity;
}

/** One level more harmful, `error` at the most. */
export function raised(severity: Severity): Severity {
  return SEVERITIES[Math.max(SEVERITIES.indexOf(severity) - 1, 0)] as Severity;
}
