import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import { apiTable } from './apiTable.ts';
import type { PythonProgram } from './program.ts';
import { constantOf, stringOf, type Value } from './values.ts';

/** A place where a program sets an environment variable, for itself or for one it starts. */
export interface EnvironmentSetting {
  readonly name: string;
  readonly span: Span;
  readonly node: SyntaxNode;
  readonly value: Value;
}

/** Python library reference, `os`: these set one variable, by name and value. */
export const SETTERS = apiTable(
  [
    ['os.environ.setdefault', true],
    ['os.environ.__setitem__', true],
    ['os.putenv', true],
  ],
  { wrapped: false },
);

/**
 * Where variables are set: `os.environ["X"] = …`, `os.putenv("X", …)`, `{"X": …}` for an environment, `dict(os.environ, X=…)`,
 * and `module.config.X = …`. For names that only ever mean the one thing.
 */
export function environmentSettings(program: PythonProgram, names: Iterable<string>): readonly EnvironmentSetting[] {
  const found: EnvironmentSetting[] = [];
  for (const name of names) {
    if (!program.text.includes(name)) continue;
    found.push(...program.argumentsNamed(name).map(({ span, node, value }) => ({ name, span, node, value })));
    for (const { call } of program.callsTo(SETTERS)) {
      const [key, value] = call.arguments;
      if (key && value && stringOf(program, key.value) === name) {
        found.push({ name, span: call.span, node: value.value, value: constantOf(program, value.value) });
      }
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Whether a switch of the environment is on, as most programs read it; undefined when its value is not known. */
export function isSwitchedOn(value: Value): boolean | undefined {
  if (!value.known) return undefined;
  return /^(?:1|true|yes|y|on)$/i.test(String(value.value));
}
