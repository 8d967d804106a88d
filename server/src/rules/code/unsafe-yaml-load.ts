import type { SyntaxNode } from '@lezer/common';
import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Edit } from '../../engine/span.ts';
import { isBelow } from '../../languages/packages/packages.ts';
import { type ApiCall, apiTable, flowOf, inContext, removeItem, replaceValue } from '../../languages/python/program.ts';

/** `load` takes a loader; `unsafe` and `full` name theirs; `typ` is the constructor of ruamel.yaml. */
type Kind = 'load' | 'unsafe' | 'full' | 'typ';

/** PyYAML reference, "yaml.load"; ruamel.yaml documentation, "Basic usage". */
const LOADS = apiTable<Kind>([
  ['yaml.load', 'load'],
  ['yaml.load_all', 'load'],
  ['yaml.unsafe_load', 'unsafe'],
  ['yaml.unsafe_load_all', 'unsafe'],
  ['yaml.full_load', 'full'],
  ['yaml.full_load_all', 'full'],
  ['ruamel.yaml.load', 'load'],
  ['ruamel.yaml.load_all', 'load'],
  ['ruamel.yaml.unsafe_load', 'unsafe'],
  ['ruamel.yaml.YAML', 'typ'],
]);

/** Text made by these in the same program is nobody else's. */
const OWN_TEXT = {
  sources: apiTable(
    ['yaml.dump', 'yaml.dump_all', 'yaml.safe_dump', 'yaml.safe_dump_all'].map((name) => [name, true] as const),
  ),
};

/** Loaders that build any object, and the ones that since PyYAML 5.4 are not known to. Others are safe or unknown. */
const LOADERS = new Map<string, Severity>([
  ...['Loader', 'UnsafeLoader', 'CLoader', 'CUnsafeLoader'].map((name) => [name, 'error'] as const),
  ...['FullLoader', 'CFullLoader'].map((name) => [name, 'warning'] as const),
]);

export const unsafeYamlLoad = defineRule({
  meta: {
    id: 'GL305',
    name: 'unsafe-yaml-load',
    title: 'YAML loader that can build any Python object',
    kinds: ['python', 'notebook'],
    severity: 'error',
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
    why: 'Tags such as `!!python/object/apply` make the loader call functions. Configuration files travel with models and datasets, so whoever writes one runs code in your process.',
    how: 'Use `yaml.safe_load`, or a subclass of `SafeLoader` with constructors for the few tags you need.',
    messages: {
      unsafe: '`{call}` with `{loader}` can run code hidden in the file',
      full: '`{call}` with `{loader}` can build more than plain data; before PyYAML 5.4 it can run code',
      default: '`{call}` without a safe loader can run code hidden in the file on PyYAML before 5.4',
      always: '`{call}` can run code hidden in the file',
      own: '`{call}` builds any Python object; here it reads what this program has just written',
      fullAlways: '`{call}` can build more than plain data; before PyYAML 5.4 it can run code',
    },
    peers: ['bandit B506', 'ruff S506', 'semgrep avoid-pyyaml-load', 'semgrep avoid-unsafe-ruamel'],
    detections: ['LOAD-24', 'LOAD-25'],
    examples: [
      {
        path: 'config.py',
        bad: 'import yaml\n\nwith open("config.yaml") as file:\n    config = yaml.load(file, Loader=yaml.Loader)\n',
        fixed: 'import yaml\n\nwith open("config.yaml") as file:\n    config = yaml.safe_load(file)\n',
      },
      {
        title: 'no loader, old PyYAML',
        path: 'config.py',
        packages: { PyYAML: '==5.0' },
        bad: 'import yaml as y\n\nconfig = y.load(text)\n',
        fixed: 'import yaml as y\n\nconfig = y.safe_load(text)\n',
      },
      {
        path: 'config.py',
        bad: 'import yaml\n\ntry:\n    from yaml import CLoader as Loader\nexcept ImportError:\n    from yaml import Loader\n\nconfigs = list(yaml.load_all(text, Loader))\n',
        fixed:
          'import yaml\n\ntry:\n    from yaml import CLoader as Loader\nexcept ImportError:\n    from yaml import Loader\n\nconfigs = list(yaml.safe_load_all(text))\n',
      },
      {
        path: 'config.py',
        bad: 'from yaml import unsafe_load\n\nconfig = unsafe_load(text)\n',
      },
      {
        path: 'config.py',
        bad: 'import yaml\n\nconfig = yaml.full_load(text)\n',
        fixed: 'import yaml\n\nconfig = yaml.safe_load(text)\n',
      },
      {
        path: 'config.py',
        bad: 'from ruamel.yaml import YAML\n\nyaml = YAML(typ="unsafe")\n',
        fixed: 'from ruamel.yaml import YAML\n\nyaml = YAML(typ="safe")\n',
      },
      { path: 'config.py', good: 'import yaml\n\nconfig = yaml.load(text, Loader=yaml.SafeLoader)\n' },
      { path: 'config.py', good: 'import yaml\n\nconfig = yaml.safe_load(text)\n' },
      {
        title: 'a loader of your own',
        path: 'config.py',
        good: 'import yaml\n\n\nclass Loader(yaml.SafeLoader):\n    pass\n\n\nconfig = yaml.load(text, Loader=Loader)\n',
      },
      {
        title: 'PyYAML 6 refuses to load without a loader',
        path: 'config.py',
        packages: { pyyaml: '>=6.0' },
        good: 'import yaml\n\nconfig = yaml.load(text)\n',
      },
      {
        path: 'config.py',
        good: 'from ruamel.yaml import YAML\n\nyaml = YAML(typ="safe")\nconfig = yaml.load(text)\n',
      },
    ],
  },
  triggers: [LOADS],
  *check(file) {
    for (const match of file.python.callsTo(LOADS)) {
      const problem = problemOf(file, match);
      const { call } = match;
      const [text] = call.arguments;
      if (!problem) continue;
      const isOwn = text !== undefined && flowOf(file.python, text.value, OWN_TEXT) !== undefined;
      const harm = problem.severity ?? 'error';
      yield {
        span: call.nameSpan,
        ...problem,
        ...(isOwn && { message: 'own' }),
        evidence: [...(call.via ? [`${call.via}.`] : []), ...(isOwn ? ['This program writes the text itself.'] : [])],
        severity: inContext(isOwn ? 'info' : harm, file.path),
      };
    }
  },
});

function problemOf(file: SourceFile, match: ApiCall<Kind>): Omit<Problem, 'span'> | undefined {
  const { call, row, name } = match;
  const data = { call: name };
  const old = isBelow(file.packages.get('pyyaml'), '5.4');
  // Since 5.4 nobody knows a way out of the full loader.
  const full: Severity = old === 'no' ? 'info' : 'warning';
  if (row === 'unsafe') return { message: 'always', data, severity: 'error', fixes: safeFix(file, match) };
  if (row === 'full') return { message: 'fullAlways', data, severity: full, fixes: safeFix(file, match) };
  if (row === 'typ') {
    const typ = call.argument('typ', 0);
    if (typ.state !== 'given' || !typ.value.known || typ.value.value !== 'unsafe') return undefined;
    const edits = replaceValue(typ.node, '"safe"');
    return {
      message: 'unsafe',
      data: { call: name, loader: 'typ="unsafe"' },
      severity: 'error',
      fixes: [{ title: 'Use `typ="safe"`', kind: 'suggestion', edits }],
    };
  }
  const loader = call.argument('Loader', 1);
  if (loader.state === 'given') return withLoader(file, match, loader.node, loader.span, full);
  if (loader.state === 'unknown') return undefined;
  // Since 6.0 the call fails; before 5.1 the default builds any object.
  const version = file.packages.get('pyyaml');
  if (name.startsWith('yaml.') && isBelow(version, '6.0') === 'no') return undefined;
  const severity = name.startsWith('yaml.') && isBelow(version, '5.1') !== 'yes' ? full : 'error';
  return { message: 'default', data, severity, fixes: safeFix(file, match) };
}

function withLoader(
  file: SourceFile,
  match: ApiCall<Kind>,
  node: SyntaxNode,
  span: { readonly start: number; readonly end: number },
  full: Severity,
): Omit<Problem, 'span'> | undefined {
  const names = file.python.resolve(node) ?? [];
  const found = names.map(({ name }) => LOADERS.get(/^(?:ruamel\.)?yaml\.(?:\w+\.)?(\w+)$/.exec(name)?.[1] ?? ''));
  if (found.length === 0 || found.includes(undefined)) return undefined;
  const data = { call: match.name, loader: names[0]?.name ?? '' };
  const fixes = safeFix(file, match, span);
  return found.includes('error')
    ? { message: 'unsafe', data, severity: 'error', fixes }
    : { message: 'full', data, severity: full, fixes };
}

/** `yaml.load(x, Loader=…)` becomes `yaml.safe_load(x)`; a function imported by name is left to the author. */
function safeFix(file: SourceFile, { call }: ApiCall<Kind>, loader?: { readonly start: number; readonly end: number }) {
  const written = file.text.slice(call.nameSpan.start, call.nameSpan.end);
  const [, last] = /\.(?:unsafe_|full_)?(load(?:_all)?)$/.exec(written) ?? [];
  const removal: readonly Edit[] | undefined = loader ? removeItem(file.python, loader) : [];
  if (!last || !removal) return [];
  const start = call.nameSpan.start + written.lastIndexOf('.') + 1;
  const edits = [{ start, end: call.nameSpan.end, text: `safe_${last}` }, ...removal];
  return [{ title: `Use \`safe_${last}\``, kind: 'suggestion' as const, edits }];
}
