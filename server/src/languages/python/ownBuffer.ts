import type { SyntaxNode } from '@lezer/common';
import type { PythonProgram } from './program.ts';
import { WRITERS } from './writers.ts';

/** Keeps a file of nothing but such calls from taking quadratic time. */
const MAX_WRITERS = 500;

/**
 * True for a buffer that begins as an empty `io.BytesIO()` and is filled by one of the writers in the same function: what is
 * read from it is the program's own.
 */
export function isOwnBuffer(program: PythonProgram, node: SyntaxNode): boolean {
  if (node.name !== 'VariableName') return false;
  const textOf = ({ from, to }: { readonly from: number; readonly to: number }): string => program.text.slice(from, to);
  const [buffer, ...others] = program.resolve(node) ?? [];
  if (buffer?.name !== 'io.BytesIO()' || others.length > 0 || buffer.binding?.kind !== 'assign') return false;
  const { start, end } = buffer.binding.value;
  if (!/\(\s*\)$/.test(program.text.slice(start, end))) return false;
  const scope = program.scopeAt(node.from);
  return program
    .callsTo(WRITERS)
    .slice(0, MAX_WRITERS)
    .some(({ call, row }) => {
      const target = call.argument(row.parameter, row.position);
      if (target.state !== 'given' || program.scopeAt(call.span.start) !== scope) return false;
      return textOf(target.node) === textOf(node);
    });
}
