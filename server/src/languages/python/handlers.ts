import type { SyntaxNode } from '@lezer/common';
import type { ApiTable } from './apiTable.ts';
import type { Binding } from './bindings.ts';
import { inheritedNames, isEnumeration } from './classes.ts';
import { definitionOf } from './functions.ts';
import { possibilities, resolveName } from './names.ts';
import type { PythonProgram } from './program.ts';
import { elementsOf, nodeAt, unwrap } from './tree.ts';

/** How a library is told which function to call with data from outside. The row is the label of the source. */
export interface Handlers {
  /** Decorators: `@app.get("/")`. */
  readonly decorators?: ApiTable<string>;
  /** Calls that are given the function: `gr.Interface(fn=f)`. */
  readonly calls?: ApiTable<HandlerCall>;
  /** Methods of classes made from a library's: `gradio.Tool.forward`, by `Base.method`. */
  readonly methods?: ApiTable<string>;
}

export interface HandlerCall {
  readonly label: string;
  readonly parameter: string;
  readonly position: number;
}

type Parameter = Binding & { readonly kind: 'parameter' };

/** Types of parameters that hold no text of somebody else: numbers, choices, and what the library itself hands in. */
const HARMLESS =
  /^(?:(?:typing|uuid|datetime|gr|gradio|fastapi|sqlalchemy|logging)\.)*(?:int|float|bool|complex|UUID|UUID4|date|datetime|Decimal|Literal|Session|AsyncSession|BackgroundTasks|Response|Context|RunContext|ToolContext|RunContextWrapper|Progress|Logger|type)\b/;
const INJECTED = /\b(?:Depends|Security|Inject)\s*\(/;

/** What a parameter holds when its function is called by a library with data from outside; undefined when it is not. */
export function handlerParameter(
  program: PythonProgram,
  parameter: Parameter,
  { decorators, calls, methods }: Handlers,
): string | undefined {
  const { scope, name } = parameter;
  if (scope.kind !== 'function') return undefined;
  const definition = nodeAt(program.tree.tree, scope.owner, 'FunctionDefinition');
  if (!definition || program.bindings.selfOf(scope) === name || isHarmless(program, parameter)) return undefined;
  const found =
    (decorators && decoratedBy(program, definition, name, decorators)) ??
    (methods && methodOf(program, parameter, definition, methods));
  return found ?? (calls && givenTo(program, definition, calls));
}

function isHarmless(program: PythonProgram, { type, default: given }: Parameter): boolean {
  const { text } = program;
  if (given && INJECTED.test(text.slice(given.start, Math.min(given.end, given.start + 100)))) return true;
  if (!type) return false;
  const written = text.slice(type.start, Math.min(type.end, type.start + 300));
  const plain = written.replace(/^["']|^(?:typing\.)?(?:Optional|Annotated)\[/g, '');
  if (HARMLESS.test(plain) || INJECTED.test(written)) return true;
  const node = nodeAt(program.tree.tree, type);
  const [known] = (node && possibilities(program, node)) ?? [];
  return known?.own !== undefined && isEnumeration(program, known.own);
}

function decoratedBy(
  program: PythonProgram,
  definition: SyntaxNode,
  parameter: string,
  table: ApiTable<string>,
): string | undefined {
  const { text } = program;
  for (const decorator of definition.parent?.getChildren('Decorator') ?? []) {
    const first = decorator.getChild('VariableName');
    const list = decorator.getChild('ArgList');
    if (!first) continue;
    const dotted = text.slice(first.from, list?.from ?? decorator.to).trim();
    const label = resolveName(program, dotted, first.from)?.map(({ name }) => table.find(name))[0];
    const route = list ? text.slice(list.from, Math.min(list.to, list.from + 500)) : '';
    // `<int:number>` lets only numbers through.
    if (label !== undefined && !new RegExp(`<(?:int|float|uuid):${parameter}>`).test(route)) return label;
  }
  return undefined;
}

function methodOf(
  program: PythonProgram,
  { scope }: Parameter,
  definition: SyntaxNode,
  table: ApiTable<string>,
): string | undefined {
  const name = definition.getChild('VariableName');
  if (!name || scope.parent?.kind !== 'class') return undefined;
  const method = program.text.slice(name.from, name.to);
  for (const base of inheritedNames(program, { scope: scope.parent, instance: true })) {
    const label = table.find(`${base}.${method}`);
    if (label !== undefined) return label;
  }
  return undefined;
}

/** Definitions handed to calls of a table, by program and table. */
const GIVEN = new WeakMap<PythonProgram, Map<unknown, ReadonlyMap<number, string>>>();

function givenTo(program: PythonProgram, definition: SyntaxNode, table: ApiTable<HandlerCall>): string | undefined {
  const byTable = GIVEN.get(program) ?? new Map<unknown, ReadonlyMap<number, string>>();
  GIVEN.set(program, byTable);
  let known = byTable.get(table);
  if (!known) {
    const found = new Map<number, string>();
    for (const { call, row } of program.callsTo(table)) {
      const handed = call.argument(row.parameter, row.position);
      if (handed.state !== 'given') continue;
      const node = unwrap(handed.node);
      for (const each of /^(?:Array|Tuple)Expression$/.test(node.name) ? elementsOf(node) : [node]) {
        const start = definitionOf(program, each)?.from;
        if (start !== undefined) found.set(start, row.label);
      }
    }
    known = found;
    byTable.set(table, known);
  }
  return known.get(definition.from);
}
