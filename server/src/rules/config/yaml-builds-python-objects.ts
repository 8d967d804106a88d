import { defineRule } from '../../engine/rule.ts';
import { allNodes } from '../../languages/tree.ts';

/** Types that a tag may name without running anything: `!!python/tuple [1, 2]`. */
const HARMLESS = /python\/(?:tuple|str|unicode|int|long|float|complex|bool|none|list|dict|bytes)$/;

/** What only holds values; the loader that builds it would run anything else as well. */
const CONTAINER =
  /^(?:collections\.\w+|builtins\.(?:set|frozenset|complex|slice|range)|datetime\.\w+|pathlib\.\w+|numpy\.(?:dtype|core\.multiarray\.\w+))$/;

export const yamlBuildsPythonObjects = defineRule({
  meta: {
    id: 'GL528',
    name: 'yaml-builds-python-objects',
    title: 'YAML that builds objects of Python',
    kinds: ['ai-config', 'container', 'workflow', 'model-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0011.000',
    ],
    detections: ['CFG-07'],
    why: 'The file can only be read by a loader that calls what a file names. A program that reads this file so also runs the next one that somebody sends.',
    how: 'Write plain data, read it with `yaml.safe_load`, and build the objects in code.',
    messages: {
      calls: 'Reading this file calls `{name}`',
      object: 'Reading this file builds `{name}`, for which the loader has to run what a file says',
    },
    peers: ['bandit B506 (the call that reads it)'],
    examples: [
      {
        path: 'configs/train.yaml',
        bad: 'hook: !!python/object/apply:os.system ["id"]\n',
        good: 'shape: !!python/tuple [1, 2]\nname: "!!python/object/apply:os.system"\n',
      },
      { path: 'configs/train.yaml', bad: 'loss: !!python/name:project.losses.focal\n' },
    ],
  },
  *check(file) {
    const { text, kind, structure } = file;
    if (!text.includes('!python/') && !text.includes('2002:python/')) return;
    if (kind === 'model-card' && !structure) return;
    for (const document of file.tree) {
      for (const { tag, whole, kind: shape } of allNodes(document)) {
        const name = /python\/(?:object(?:\/(apply|new))?|name|module):([\w.]{1,200})/.exec(tag ?? '');
        if (!tag || !name || HARMLESS.test(tag)) continue;
        const calls = name[1] !== undefined;
        // Of a map or a list only the first line, to keep the mark short.
        const end = shape === 'scalar' ? whole.end : firstLineEnd(text, whole);
        const span = { start: Math.min(whole.start, end), end };
        yield {
          span,
          message: calls ? 'calls' : 'object',
          data: { name: name[2] },
          severity: calls && !CONTAINER.test(name[2] ?? '') ? 'error' : 'warning',
        };
      }
    }
  },
});

function firstLineEnd(text: string, { start, end }: { start: number; end: number }): number {
  const line = text.indexOf('\n', start);
  return line === -1 ? end : Math.min(line, end);
}
