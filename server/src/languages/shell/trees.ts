import { listOf, type TreeNode, under } from '../tree.ts';
import { type Command, readCommands, type Setting, type Word } from './commands.ts';
import { commandsOfList, impliedWord, type Started } from './scripts.ts';

/**
 * What the containers of a compose file or of Kubernetes, a development container, the steps of a workflow or the scripts of
 * an npm package run and set.
 */
export function startedByTree(kind: string, documents: readonly TreeNode[]): Started {
  const found = { commands: [] as Command[], settings: [] as Setting[] };
  for (const document of documents) {
    if (kind === 'workflow') workflow(document, found);
    // The scripts of an npm package.
    else if (kind === 'script') anyCommand(under(document, 'scripts'), found);
    else {
      container(document, found, 0);
      for (const key of LIFECYCLE) anyCommand(under(document, key), found);
      for (const key of ['containerEnv', 'remoteEnv']) variables(under(document, key), found);
    }
  }
  return found;
}

type Found = { readonly commands: Command[]; readonly settings: Setting[] };

/** Commands of a development container: a line, a list of words, or several of them by name. */
const LIFECYCLE = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];

/**
 * What images of model servers start when they are given arguments only. Sources: `ENTRYPOINT` of their Dockerfiles (vLLM since
 * 0.11 `vllm serve`, before the module with the same options; TGI; Ollama; llama.cpp).
 */
const ENTRY_POINTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:^|\/)vllm(?:-openai)?(?:[-/][\w.-]+)?(?:[:@]|$)/, ['vllm', 'serve']],
  [/(?:^|\/)text-generation-inference(?:[:@]|$)/, ['text-generation-launcher']],
  [/(?:^|\/)ollama(?:[:@]|$)/, ['ollama']],
  [/(?:^|\/)llama\.cpp:(?:[\w.-]+-)?server/, ['llama-server']],
];

function container(node: TreeNode, found: Found, depth: number): void {
  if (depth > 40) return;
  const image = under(node, 'image')?.text ?? '';
  const entry = under(node, 'entrypoint') ?? (under(node, 'args') ? under(node, 'command') : undefined);
  const command = under(node, 'args') ?? under(node, 'command');
  if (image || under(node, 'build') || under(node, 'name')) {
    const program = entry ? words(entry) : implied(image, command);
    if (command?.kind === 'scalar' && program.length === 0) line(command, found);
    else if (command || entry) found.commands.push(...commandsOfList([...program, ...(command ? words(command) : [])]));
    variables(under(node, 'environment'), found);
    variables(under(node, 'env'), found);
  }
  for (const each of node.entries) container(each.node, found, depth + 1);
  for (const each of node.items) container(each, found, depth + 1);
}

function implied(image: string, command: TreeNode | undefined): readonly Word[] {
  const row = command && ENTRY_POINTS.find(([names]) => names.test(image));
  const first = command && words(command)[0];
  // A command that names the program itself, or that goes on with options.
  if (!row || !first || row[1].includes(first.text)) return [];
  if (row[1][0] !== 'ollama' && !first.text.startsWith('-')) return [];
  return row[1].map((text) => impliedWord(text, { start: first.span.start, end: first.span.start }));
}

/** A list as it is, and a line cut as a shell would. */
function words(node: TreeNode): readonly Word[] {
  if (node.kind !== 'list') return commandsOf(node).flatMap((command) => command.words);
  return node.items.flatMap(({ kind, text, whole }) =>
    kind === 'scalar' ? [{ text, span: whole, fixed: !/\$[\w{(]|\{\{/.test(text), inner: [] }] : [],
  );
}

function commandsOf({ written, span, text }: TreeNode): readonly Command[] {
  return written === undefined ? readCommands(text, span) : readCommands(written, span.start);
}

function line(node: TreeNode | undefined, found: Found): void {
  if (node?.kind === 'scalar' && node.text) found.commands.push(...commandsOf(node));
}

function anyCommand(node: TreeNode | undefined, found: Found): void {
  if (!node) return;
  if (node.kind === 'list') found.commands.push(...commandsOfList(words(node)));
  else line(node, found);
  for (const { node: named } of node.entries) {
    if (named.kind === 'list') found.commands.push(...commandsOfList(words(named)));
    else line(named, found);
  }
}

/** `NAME: value`, `- NAME=value` and `- name: NAME` with `value:`. */
function variables(node: TreeNode | undefined, found: Found): void {
  for (const { key, keySpan, node: value } of node?.entries ?? []) setting(key, value, keySpan.start, found);
  for (const item of node?.items ?? []) {
    const name = under(item, 'name');
    const value = under(item, 'value');
    const [head, own] = /^([A-Za-z_]\w*)=/.exec(item.text) ?? [];
    if (name && value) setting(name.text, value, name.span.start, found);
    else if (head && own) {
      const exact = item.span.end - item.span.start === item.text.length;
      const span = exact ? { start: item.span.start + head.length, end: item.span.end } : item.span;
      const text = item.text.slice(head.length);
      found.settings.push({ name: own, value: word(text, span), span: item.span });
    }
  }
}

function setting(name: string, { kind, text, span }: TreeNode, start: number, found: Found): void {
  if (kind !== 'scalar') return;
  found.settings.push({ name, value: word(text, span), span: { start: Math.min(start, span.start), end: span.end } });
}

function word(text: string, span: Word['span']): Word {
  return { text, span, fixed: !/\$[\w{(]|\{\{/.test(text), inner: [] };
}

/** Steps of GitHub Actions and jobs of GitLab. */
function workflow(document: TreeNode, found: Found): void {
  variables(under(document, 'env'), found);
  variables(under(document, 'variables'), found);
  for (const { node: job } of under(document, 'jobs')?.entries ?? []) {
    variables(under(job, 'env'), found);
    for (const step of under(job, 'steps')?.items ?? []) {
      variables(under(step, 'env'), found);
      // Other shells have another grammar.
      if (/^(?:|bash.*|sh.*)$/.test(under(step, 'shell')?.text ?? '')) line(under(step, 'run'), found);
    }
  }
  if (under(document, 'jobs')) return;
  for (const { node: job } of document.entries) {
    variables(under(job, 'variables'), found);
    for (const key of ['before_script', 'script', 'after_script']) {
      for (const each of listOf(under(job, key))) line(each, found);
    }
  }
}
