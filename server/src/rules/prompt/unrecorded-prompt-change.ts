import * as z from 'zod';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import type { TreeNode } from '../../languages/tree.ts';

/** Keys that say which state of a file this is; of these one is expected to move with the text. */
const STATE =
  /^(?:version|revision|date|changelog|(?:last|next)[_-]review(?:ed)?|review(?:ed)?(?:[_-](?:on|at|date))?|(?:last[_-])?(?:updated|modified|changed)(?:[_-](?:on|at))?)$/i;
const OWNER = /^(?:authors?|owners?|maintainers?)$/i;
/** Keys that a model never gets to see: they describe or test the prompt. */
const ABOUT =
  /^(?:metadata|name|title|description|summary|tags|license|sample|tests?|testData|defaultTest|evaluators|scenarios|color|\$schema)$/i;

interface Entry {
  readonly key: string;
  /** As written, white space evened out. */
  readonly value: string;
  readonly span: Span;
}

export const unrecordedPromptChange = defineRule({
  meta: {
    id: 'GL420',
    name: 'unrecorded-prompt-change',
    title: 'Prompt changed without a new version, owner or review date',
    kinds: ['prompt', 'ai-config'],
    severity: 'hint',
    confidence: 'high',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-3', 'ncsc-cisa-2023:ncsc-2.2.3', 'ncsc-cisa-2023:ncsc-4.3.2'],
    why: 'A changed prompt or model configuration is a changed system. Who looks up which version was live on a day, or who reviewed it, would be told the wrong one.',
    how: 'Raise the version or set the review date with the change. Compared is the file with the last commit in an editor, and with the revision that `--since` names on the command line; white space and keys that only describe or test the prompt do not count. Files without a version or date are looked at in the strict profile only.',
    messages: {
      stale: 'This was changed, but `{key}` still says `{value}`',
      silent: 'This was changed, and no version or date in it says so',
    },
    detections: ['INS-25'],
    options: z.strictObject({
      alsoWithoutVersion: z.boolean().default(false).describe('Report changed files that have no version or date, too'),
    }),
    strict: { options: { alsoWithoutVersion: true } },
    examples: [
      {
        path: 'answer.prompty',
        before: '---\nname: answer\nmetadata:\n  version: "3"\n---\nsystem:\nAnswer politely.\n',
        bad: '---\nname: answer\nmetadata:\n  version: "3"\n---\nsystem:\nAnswer politely and offer a refund.\n',
        good: '---\nname: answer\nmetadata:\n  version: "4"\n---\nsystem:\nAnswer politely and offer a refund.\n',
      },
      {
        title: 'another description and other line breaks',
        path: 'sum-up.prompt.yml',
        before:
          'version: 2\ndescription: Sums up.\nmessages:\n  - role: system\n    content: Sum up the mail in one sentence.\n',
        bad: 'version: 2\ndescription: Sums up.\nmodel: openai/gpt-4o\nmessages:\n  - role: system\n    content: Sum up the mail in one sentence.\n',
        good: 'version: 2\ndescription: Sums up a mail.\nmessages:\n  - role: system\n    content: >-\n      Sum up the mail\n      in one sentence.\n',
      },
      {
        title: 'a file without a version',
        path: 'AGENTS.md',
        before: '# Rules\n\nRun the tests.\n',
        good: '# Rules\n\nRun the tests twice.\n',
      },
    ],
  },
  ofChanges: true,
  *check(file, options) {
    const { before } = file;
    if (!before || before.text === file.text) return;
    const entries = entriesOf(file);
    const states = entries.filter(isState);
    if (states.length === 0 && !(options.alsoWithoutVersion && hasPlace(file))) return;
    const earlier = entriesOf(before);
    if (record(entries) !== record(earlier) || substance(file, entries) === substance(before, earlier)) return;
    const [state] = states;
    if (state) yield { span: state.span, message: 'stale', data: { key: lastPart(state.key), value: state.value } };
    else yield { span: entries[0]?.span ?? { start: 0, end: 0 }, message: 'silent' };
  },
});

/** Keys at the top and below `metadata`, the latter with a dot. */
function entriesOf({ kind, prompt, tree }: SourceFile): Entry[] {
  if (kind === 'prompt') {
    const { fields } = prompt;
    return fields.keys().flatMap(({ text: key }) => {
      const entry = fields.get(key);
      if (!entry) return [];
      const below = key === 'metadata' && isMapping(entry.value) ? Object.keys(entry.value) : [];
      const nested = below.flatMap((inner) => {
        const found = fields.get(key, inner);
        return found ? [{ key: `${key}.${inner}`, value: even(found.text || found.value), span: found.span }] : [];
      });
      return [{ key, value: even(entry.text || entry.value), span: entry.span }, ...nested];
    });
  }
  const [root] = tree;
  return (root?.entries ?? []).map(({ key, node }) => ({
    key,
    value: even(plain(node)),
    span: node.span,
  }));
}

/** What the model gets: messages, and keys that neither record nor describe. */
function substance(file: SourceFile, entries: readonly Entry[]): string {
  const messages = file.kind === 'prompt' ? file.prompt.messages : [];
  const told = messages.map(({ role, span }) => [role, even(file.text.slice(span.start, span.end))]);
  // A data file's messages are among its keys, as its reader joins them.
  const data = file.kind === 'prompt' && !file.prompt.head.present && entries.length > 0;
  const set = entries.filter(({ key }) => !key.includes('.') && !ABOUT.test(key) && !isRecord({ key }));
  return JSON.stringify([data ? [] : told, set.map(({ key, value }) => [key, value]).sort()]);
}

function record(entries: readonly Entry[]): string {
  return JSON.stringify(entries.filter(isRecord).map(({ key, value }) => [key, value]));
}

function isState({ key }: Pick<Entry, 'key'>): boolean {
  return STATE.test(lastPart(key));
}

function isRecord(entry: Pick<Entry, 'key'>): boolean {
  return isState(entry) || OWNER.test(lastPart(entry.key));
}

function lastPart(key: string): string {
  return key.replace(/^metadata\./, '');
}

/** Whether the file has keys at all, so that a version could stand in it. */
function hasPlace({ kind, prompt }: SourceFile): boolean {
  return kind === 'prompt' && prompt.fields.keys().length > 0;
}

/** What a node means, without its places in the file. */
function plain({ kind, text, entries, items }: TreeNode): unknown {
  if (kind === 'map') return entries.map(({ key, node }) => [key, plain(node)]);
  return kind === 'list' ? items.map(plain) : text;
}

/** A value as text in which white space makes no difference. */
function even(value: unknown): string {
  const line = (text: string) => text.replace(/\s+/g, ' ').trim();
  if (typeof value === 'string') return line(value);
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? line(each) : each)) ?? '';
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
