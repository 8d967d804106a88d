import type { ApiTable } from './apiTable.ts';
import type { PythonProgram } from './program.ts';

type Tables = ReadonlyMap<ApiTable<unknown>, readonly number[]>;

/** What a text and the modules that it sees can do together. */
export interface Near {
  /** Whether one of them can call an API of the table so that it matters. */
  has(table: ApiTable<unknown>): boolean;
}

/** Whether a text, or a module that it sees, may have something from the sources of a table. No parse. */
export function mayUse(program: PythonProgram, sources: ApiTable<unknown>): boolean {
  if (!program.suspects.sure) return sources.librariesOccurIn(program.text);
  // `requests.**`: whatever the library is asked for.
  const whole = sources.paths.get('**') ?? [];
  return reachOf(program).has(sources) || whole.some(({ root }) => root !== undefined && program.suspects.has(root));
}

interface Reach extends Near {
  /** Whether one of them calls it without arguments that another one may name. */
  idle(table: ApiTable<unknown>): boolean;
  word(word: string): boolean;
}

const reachBy = new WeakMap<PythonProgram, Reach>();
const foreignBy = new WeakMap<PythonProgram, Tables>();

/** For most modules most tables are out of reach, and no wrapper of them need be looked for. No parse. */
export function nearTables(program: PythonProgram): Near {
  return reachOf(program);
}

function reachOf(program: PythonProgram): Reach {
  const known = reachBy.get(program);
  if (known) return known;
  const { suspects, text } = program;
  const others = program.modules.imports.map(({ module }) => reachOf(module.python));
  const calls = (table: ApiTable<unknown>): boolean =>
    suspects.sure ? suspects.calls.has(table) : table.mayOccurIn(text);
  const idle = remembered(
    (table: ApiTable<unknown>) => suspects.idle.has(table) || others.some((other) => other.idle(table)),
  );
  const word = remembered((each: string) => suspects.has(each) || others.some((other) => other.word(each)));
  const has = remembered((table: ApiTable<unknown>): boolean => {
    if (calls(table) || others.some((other) => other.has(table))) return true;
    return idle(table) && needsOf(table).some((group) => group.every(word));
  });
  const reach = { has, idle, word };
  reachBy.set(program, reach);
  return reach;
}

/** Groups of words one of which lets some API of a table matter. */
const needsOf = remembered((table: ApiTable<unknown>): readonly (readonly string[])[] => {
  return [...new Set([...table.paths.values()].flat().flatMap(({ needs }) => needs ?? []))];
});

function remembered<Key, Answer>(work: (key: Key) => Answer): (key: Key) => Answer {
  const answers = new Map<Key, Answer>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key));
    return answers.get(key) as Answer;
  };
}

/** Where a text calls an API by a name that it imports from a module of the project, which may have it from elsewhere. */
export function foreignCalls(program: PythonProgram): Tables {
  const known = foreignBy.get(program);
  if (known) return known;
  const found = new Map<ApiTable<unknown>, number[]>();
  foreignBy.set(program, found);
  const { imports } = program.modules;
  if (imports.length === 0 || program.suspects.foreign.length === 0) return found;
  const roots = new Set(imports.map(({ name }) => name.split('.', 1)[0]));
  const near = imports.map(({ module }) => reachOf(module.python));
  for (const { origin, offset, tables } of program.suspects.foreign) {
    if (!roots.has(origin.split('.', 1)[0])) continue;
    for (const { table } of tables) {
      if (!near.some((each) => each.has(table))) continue;
      const offsets = found.get(table);
      if (offsets) offsets.push(offset);
      else found.set(table, [offset]);
    }
  }
  return found;
}
