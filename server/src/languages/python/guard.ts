import type { SyntaxNode } from '@lezer/common';
import type { PythonProgram } from './program.ts';
import { childrenOf, elementsOf, isExpression, unwrap } from './tree.ts';

/** How far around a name its guards are looked for. */
const MAX_LEVELS = 40;
const MAX_SIBLINGS = 60;
const LEAVES = /^(?:Return|Raise|Continue|Break)Statement$/;

/**
 * True where a name can only be one of a set of values that the program lists: inside `if name in ALLOWED`,
 * `if name == "list"`, or after `if name not in ALLOWED: return`.
 */
export function isGuarded(program: PythonProgram, name: SyntaxNode): boolean {
  const written = program.text.slice(name.from, name.to);
  let node: SyntaxNode = name;
  for (let level = 0; level < MAX_LEVELS && node.parent; level++) {
    const { parent } = node;
    if (/^(?:Function|Class)Definition$/.test(parent.name)) return false;
    if (parent.name === 'IfStatement' || parent.name === 'WhileStatement') {
      if (node.name === 'Body' && admits(program, testBefore(node), written, true)) return true;
    } else if (parent.name === 'ConditionalExpression') {
      const [yes, test] = elementsOf(parent);
      if (yes?.from === node.from && admits(program, test, written, true)) return true;
    } else if ((parent.name === 'Body' || parent.name === 'Script') && refusedBefore(program, node, written))
      return true;
    node = parent;
  }
  return false;
}

/** The test of the `if` or `elif` whose suite this is; undefined for `else`. */
function testBefore(body: SyntaxNode): SyntaxNode | undefined {
  const { prevSibling: test } = body;
  return test && isExpression(test) ? test : undefined;
}

function refusedBefore(program: PythonProgram, statement: SyntaxNode, written: string): boolean {
  let before = statement.prevSibling;
  for (let count = 0; before && count < MAX_SIBLINGS; count++, before = before.prevSibling) {
    if (before.name === 'AssertStatement') {
      if (admits(program, elementsOf(before)[0], written, true)) return true;
    }
    if (before.name !== 'IfStatement') continue;
    const body = before.getChild('Body');
    const last =
      body &&
      childrenOf(body)
        .filter(({ name }) => /Statement$/.test(name))
        .at(-1);
    if (body && last && leaves(program, last) && admits(program, testBefore(body), written, false)) return true;
  }
  return false;
}

function leaves(program: PythonProgram, statement: SyntaxNode): boolean {
  return (
    LEAVES.test(statement.name) ||
    /^(?:sys\.exit|exit|quit|os\._exit)\s*\(/.test(program.text.slice(statement.from, statement.from + 30))
  );
}

/**
 * Whether a test that comes out as `outcome` leaves the name one of a set of known values.
 *
 * @param negated a `not` stands before: the parser binds it looser than `and` and `or`, Python closer.
 */
function admits(
  program: PythonProgram,
  test: SyntaxNode | undefined,
  written: string,
  outcome: boolean,
  negated = false,
): boolean {
  if (!test) return false;
  const node = unwrap(test);
  if (node.name === 'UnaryExpression' && program.text.startsWith('not', node.from)) {
    const { lastChild: operand } = node;
    if (negated || !operand) return false;
    return operand.name === 'BinaryExpression'
      ? admits(program, operand, written, outcome, true)
      : admits(program, operand, written, !outcome);
  }
  if (node.name !== 'BinaryExpression') return false;
  const [left, right] = elementsOf(node);
  if (!left || !right) return false;
  const operator = program.text.slice(left.to, right.from).trim().replace(/\s+/g, ' ');
  if (operator === 'and' || operator === 'or') {
    // `a and b` holds both; when `a or b` fails both fail.
    if (operator !== (outcome ? 'and' : 'or')) return false;
    return admits(program, left, written, outcome, negated) || admits(program, right, written, outcome);
  }
  const wanted = outcome !== negated ? ['in', '=='] : ['not in', '!='];
  if (!wanted.includes(operator) || program.text.slice(left.from, left.to) !== written) return false;
  // Being equal to another variable says nothing.
  return operator.endsWith('in') || right.name === 'String' || right.name === 'Number';
}
