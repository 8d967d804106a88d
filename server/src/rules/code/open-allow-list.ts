import type { SyntaxNode } from '@lezer/common';
import { checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { argumentsOf } from '../../languages/python/calls.ts';
import { flowOf, inContext, type PythonProgram } from '../../languages/python/program.ts';
import { elementsOf, nodeAt, spanOf, unwrap } from '../../languages/python/tree.ts';
import { stringOf } from '../../languages/python/values.ts';
import { ASKED, DANGEROUS, LISTS, SKOPS, TORCH_LISTS, UNPICKLERS, WIDE_MODULES } from './open-allow-list.table.ts';

const BY_FILE = { sources: ASKED };

export const openAllowList = defineRule({
  meta: {
    id: 'GL307',
    name: 'open-allow-list',
    title: 'Allow list for loading that lets everything through',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0011.000',
    ],
    why: 'A loader that builds only named classes is safe as long as the names are few and harmless. One function like `getattr`, a whole module, or a list that the file itself supplies opens it again, while the code still looks protected.',
    how: 'Allow exact pairs of module and class that hold data, and raise an error for everything else.',
    messages: {
      everything: '`{call}` with `{argument}` may build any class that the data names',
      secrets: '`{call}` with `secrets_from_env=True` fills environment variables into what the data builds',
      callable: '`{call}` allows `{name}`, with which a checkpoint can run any code',
      asked: '`{call}` allows whatever the file asks for: the list comes from `{source}`',
      all: '`find_class` of `{class}` refuses no name, so a pickle can still run any code',
      denied: '`find_class` of `{class}` refuses some names and lets the rest through; allow exact names instead',
      wide: '`find_class` of `{class}` lets whole modules through (`{test}`); allow exact names instead',
    },
    detections: ['LOAD-05', 'LOAD-14', 'LOAD-37', 'LOAD-55', 'LOAD-56'],
    examples: [
      {
        path: 'load.py',
        bad: 'import torch\n\ntorch.serialization.add_safe_globals([getattr, Settings])\n',
      },
      {
        title: 'what the checkpoint asks for',
        path: 'load.py',
        bad: 'import torch\nfrom torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals\n\nnames = get_unsafe_globals_in_checkpoint(path)\nwith safe_globals([lookup(name) for name in names]):\n    state = torch.load(path, weights_only=True)\n',
      },
      {
        path: 'load.py',
        bad: 'import skops.io as sio\n\nunknown = sio.get_untrusted_types(file="model.skops")\nmodel = sio.load("model.skops", trusted=unknown)\n',
      },
      {
        path: 'chain.py',
        bad: 'from langchain_core.load import loads\n\nchain = loads(text, allowed_objects="all")\n',
        fixed: 'from langchain_core.load import loads\n\nchain = loads(text, allowed_objects="messages")\n',
      },
      {
        path: 'agent.py',
        bad: 'from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer\n\nserde = JsonPlusSerializer(allowed_msgpack_modules=True)\n',
      },
      {
        title: 'an unpickler that only renames',
        path: 'legacy.py',
        bad: 'import pickle\n\n\nclass Legacy(pickle.Unpickler):\n    def find_class(self, module, name):\n        if module == "old.models":\n            module = "new.models"\n        return super().find_class(module, name)\n',
      },
      {
        title: 'a list of what is refused',
        path: 'load.py',
        bad: 'import pickle\n\n\nclass Reader(pickle.Unpickler):\n    def find_class(self, module, name):\n        if module in ("os", "subprocess"):\n            raise pickle.UnpicklingError(module)\n        return super().find_class(module, name)\n',
      },
      {
        title: 'a prefix',
        path: 'load.py',
        bad: 'import pickle\n\n\nclass Reader(pickle.Unpickler):\n    def find_class(self, module, name):\n        if module.startswith("numpy"):\n            return super().find_class(module, name)\n        raise pickle.UnpicklingError(name)\n',
      },
      {
        title: 'exact names',
        path: 'load.py',
        good: 'import builtins\nimport io\nimport pickle\n\nSAFE = {"range", "set", "slice"}\n\n\nclass Reader(pickle.Unpickler):\n    def find_class(self, module, name):\n        if module == "builtins" and name in SAFE:\n            return getattr(builtins, name)\n        raise pickle.UnpicklingError(f"{module}.{name}")\n',
      },
      {
        title: 'exact pairs',
        path: 'load.py',
        good: 'import pickle\n\n\nclass Reader(pickle.Unpickler):\n    def find_class(self, module, name):\n        if (module, name) not in ALLOWED:\n            raise pickle.UnpicklingError(name)\n        return super().find_class(module, name)\n',
      },
      {
        title: 'classes that hold data',
        path: 'load.py',
        good: 'import torch\nfrom settings import Settings\n\ntorch.serialization.add_safe_globals([Settings])\n',
      },
      {
        title: 'reviewed names',
        path: 'load.py',
        good: 'import skops.io as sio\n\nmodel = sio.load("model.skops", trusted=["triage.features.Selector"])\n',
      },
      {
        title: 'only looked at',
        path: 'load.py',
        good: 'import skops.io as sio\n\nfor name in sio.get_untrusted_types(file="model.skops"):\n    print(name)\n',
      },
      {
        path: 'chain.py',
        good: 'from langchain_core.load import loads\n\nmessages = loads(text, allowed_objects="messages")\n',
      },
    ],
  },
  triggers: [LISTS, TORCH_LISTS, SKOPS, 'find_class'],
  *check(file) {
    yield* checkCalls(file, LISTS, 'warning');
    for (const { call, name } of file.python.callsTo(TORCH_LISTS)) {
      const list = call.argument('safe_globals', 0);
      if (list.state === 'given') yield* torchList(file, list.node, call.nameSpan, name);
    }
    for (const { call, name } of file.python.callsTo(SKOPS)) {
      const trusted = call.argument('trusted', 1);
      if (trusted.state === 'given') yield* asked(file, trusted.node, call.nameSpan, name);
    }
    if (file.text.includes('find_class')) yield* unpicklers(file);
  },
});

function* torchList(
  file: SourceFile,
  list: SyntaxNode,
  span: { readonly start: number; readonly end: number },
  call: string,
): Iterable<Problem> {
  const { python } = file;
  const inner = unwrap(list);
  for (const element of /^(?:Array|Tuple|Set)Expression$/.test(inner.name) ? elementsOf(inner) : []) {
    const [found] = python.resolve(element) ?? [];
    if (!found || !DANGEROUS.test(found.name)) continue;
    const severity = inContext('error', file.path);
    yield { span: spanOf(element), message: 'callable', data: { call, name: found.name }, severity };
  }
  yield* asked(file, list, span, call);
}

function* asked(
  file: SourceFile,
  list: SyntaxNode,
  span: { readonly start: number; readonly end: number },
  call: string,
): Iterable<Problem> {
  // `[lookup(name) for name in names]` is still the file's own list.
  const inner = unwrap(list);
  const named = inner.getChild('in')?.nextSibling;
  const flow =
    flowOf(file.python, list, BY_FILE) ??
    (inner.name === 'ArrayComprehensionExpression' && named ? flowOf(file.python, named, BY_FILE) : undefined);
  if (!flow) return;
  const severity = inContext('warning', file.path);
  yield { span, message: 'asked', data: { call, source: flow.source }, severity, related: flow.steps };
}

/** Classes that inherit from an unpickler and look names up themselves. */
function* unpicklers(file: SourceFile): Iterable<Problem> {
  const { python, text } = file;
  for (const { owner } of python.outline.classes.values()) {
    const definition = nodeAt(python.tree.tree, owner, 'ClassDefinition');
    const bases = definition?.getChild('ArgList');
    const name = definition?.getChild('VariableName');
    if (!bases || !name || !text.slice(owner.start, owner.end).includes('find_class')) continue;
    const inherits = argumentsOf(python, bases).some(({ value }) =>
      python.resolve(value)?.some((base) => UNPICKLERS.find(base.name)),
    );
    const method = inherits ? methodOf(python, definition) : undefined;
    const weakness = method && weaknessOf(python, method);
    const at = method?.getChild('VariableName');
    if (!weakness || !at) continue;
    const data = { class: text.slice(name.from, name.to), ...(weakness.test && { test: weakness.test }) };
    yield {
      span: spanOf(at),
      message: weakness.message,
      data,
      severity: inContext('warning', file.path),
      confidence: 'medium',
    };
  }
}

function methodOf({ text }: PythonProgram, definition: SyntaxNode | undefined): SyntaxNode | undefined {
  return definition
    ?.getChild('Body')
    ?.getChildren('FunctionDefinition')
    .find((method) => {
      const name = method.getChild('VariableName');
      return name && text.slice(name.from, name.to) === 'find_class';
    });
}

/** Nodes of the named types below a node, nested functions left out. */
function within(body: SyntaxNode, types: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const cursor = body.cursor();
  for (let more = cursor.next(); more && cursor.from < body.to; ) {
    if (types.includes(cursor.name)) found.push(cursor.node);
    more = cursor.next(cursor.name !== 'FunctionDefinition' && cursor.name !== 'LambdaExpression');
  }
  return found;
}

/** How a `find_class` lets through what it should not; undefined for one that refuses by default, or that nobody can judge. */
function weaknessOf(
  python: PythonProgram,
  method: SyntaxNode,
): { readonly message: string; readonly test?: string } | undefined {
  const { text } = python;
  const body = method.getChild('Body');
  const [, module, name] = method.getChild('ParamList')?.getChildren('VariableName') ?? [];
  if (!body || !module || !name) return undefined;
  const slice = (node: SyntaxNode): string => text.slice(node.from, node.to);
  const uses = (node: SyntaxNode, parameter: SyntaxNode): boolean =>
    node.name === 'VariableName'
      ? slice(node) === slice(parameter)
      : within(node, ['VariableName']).some((each) => slice(each) === slice(parameter));
  const returns = within(body, ['ReturnStatement']).filter((each) => /find_class|getattr|import/.test(slice(each)));
  if (returns.length === 0) return undefined;
  if (within(body, ['RaiseStatement']).length === 0) {
    // Without `raise` a fallback may still be a stand-in: only a plain lookup at the end lets everything through.
    return body.lastChild && /^return\b[^\n]*\bfind_class\b/.test(slice(body.lastChild))
      ? { message: 'all' }
      : undefined;
  }
  for (const branch of within(body, ['IfStatement'])) {
    const [test, suite] = [elementsOf(branch)[0], branch.getChild('Body')];
    if (!test || !suite) continue;
    const condition = slice(test);
    const isNegated = /\bnot\b|!=/.test(condition);
    const refuses = within(suite, ['RaiseStatement']).length > 0 && within(suite, ['ReturnStatement']).length === 0;
    const looksUp = returns.some((each) => suite.from <= each.from && each.to <= suite.to);
    const lookupAtEnd = body.lastChild !== null && returns.some((each) => each.from === body.lastChild?.from);
    if (refuses && !isNegated && lookupAtEnd && !branch.getChild('else')) return { message: 'denied' };
    const lets = isNegated ? refuses && lookupAtEnd : looksUp;
    if (lets && !uses(test, name) && uses(test, module) && isWide(python, test)) {
      return { message: 'wide', test: condition.replace(/\s+/g, ' ').slice(0, 60) };
    }
  }
  return undefined;
}

/** A test for the beginning of a module's name, or for a module that holds a way to run code. */
function isWide(python: PythonProgram, test: SyntaxNode): boolean {
  if (/\.startswith\s*\(/.test(python.text.slice(test.from, test.to))) return true;
  return within(test, ['String']).some((each) =>
    WIDE_MODULES.has((stringOf(python, each) ?? '').split('.', 1)[0] ?? ''),
  );
}
