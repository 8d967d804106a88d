import type { Span } from '../../engine/span.ts';
import { items, readJson } from '../json.ts';
import { type Command, readCommands, type Setting, type Word } from './commands.ts';
import { commandsOfList } from './scripts.ts';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals, `RUN`. */
  readonly name: string;
  /** What follows, in place: continued lines keep their length, comment lines between them are blank. */
  readonly text: string;
  /** Offset of `text`. */
  readonly at: number;
  /** The name. */
  readonly span: Span;
}

const CONTINUES = /\\[ \t]{0,20}\r?$/;
const blanks = (text: string) => ' '.repeat(text.length);

/** Instructions in source order. Source: the reference of Dockerfiles (continuation, comment lines, here documents). */
export function readInstructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  const lines = text.split('\n');
  let at = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const start = at;
    at += line.length + 1;
    const [head, lead = '', name = ''] = /^([ \t]*)([A-Za-z]{2,20})[ \t]+/.exec(line) ?? [];
    if (!head) continue;
    const first = line.slice(head.length);
    const parts = [first.replace(CONTINUES, blanks)];
    let open = CONTINUES.test(first);
    while (open && lines[index + 1] !== undefined) {
      const next = lines[++index] as string;
      at += next.length + 1;
      // A comment or empty line does not end what goes on.
      const skipped = /^[ \t]*(?:#|\r?$)/.test(next);
      open = skipped || CONTINUES.test(next);
      parts.push(skipped ? blanks(next) : next.replace(CONTINUES, blanks));
    }
    const joined = [parts.join(' ')];
    const mark = /<<-?[ \t]*["']?(\w{1,80})["']?/.exec(joined[0] as string)?.[1];
    while (mark && lines[index + 1] !== undefined && /^(?:RUN|COPY|ADD)$/i.test(name)) {
      const next = lines[++index] as string;
      at += next.length + 1;
      joined.push(next);
      if (next.trim() === mark) break;
    }
    const nameAt = start + lead.length;
    found.push({
      name: name.toUpperCase(),
      text: joined.join('\n'),
      at: start + head.length,
      span: { start: nameAt, end: nameAt + name.length },
    });
  }
  return found;
}

/** What the image runs when it is built and started, and the variables it sets. */
export function readDockerfile(text: string): { commands: readonly Command[]; settings: readonly Setting[] } {
  const commands: Command[] = [];
  const settings: Setting[] = [];
  let entry: readonly Word[] = [];
  for (const { name, text: body, at } of readInstructions(text)) {
    if (name === 'FROM') entry = [];
    else if (name === 'ENV' || name === 'ARG') settings.push(...variables(name, body, at));
    else if (name === 'RUN') {
      const flags = /^(?:--[a-z]+(?:=[^\s]{0,500})?[ \t]+)*/.exec(body)?.[0].length ?? 0;
      commands.push(...run(body.slice(flags), at + flags));
    } else if (name === 'ENTRYPOINT' || name === 'CMD') {
      const words = execForm(body, at);
      if (!words) commands.push(...readCommands(body, at));
      // An entry point alone is given the rest when the container is started.
      else if (name === 'ENTRYPOINT') entry = words;
      else commands.push(...commandsOfList([...entry, ...words]));
      if (!words || name === 'CMD') entry = [];
    }
    if (commands.length > 20_000) break;
  }
  return { commands, settings };
}

function run(body: string, at: number): readonly Command[] {
  const words = execForm(body, at);
  if (words) return commandsOfList(words);
  // A here document is a script itself.
  const [head] = /^[ \t]*<<-?[ \t]*["']?\w{1,80}["']?[^\n]*\n/.exec(body) ?? [];
  return head ? readCommands(body.slice(head.length), at + head.length) : readCommands(body, at);
}

/** `["program", "argument"]` */
function execForm(body: string, at: number): readonly Word[] | undefined {
  if (!body.trimStart().startsWith('[')) return undefined;
  const { root, problems } = readJson(body);
  if (root?.type !== 'array' || problems.length > 0) return undefined;
  return items(root).map((node) => {
    const text = String(node.value ?? '');
    return {
      text,
      span: { start: at + node.offset, end: at + node.offset + node.length },
      fixed: !/\$/.test(text),
      inner: [],
    };
  });
}

/** `ENV A=1 B="2"`, the old form `ENV A 1`, and `ARG A=1`. */
function variables(instruction: string, body: string, at: number): readonly Setting[] {
  const [old, name] = /^([A-Za-z_]\w*)[ \t]+(?=\S)/.exec(body) ?? [];
  if (instruction === 'ENV' && old && name) {
    const text = body.slice(old.length).trim();
    const start = at + old.length;
    const span = { start, end: start + text.length };
    return [{ name, value: { text, span, fixed: !text.includes('$'), inner: [] }, span: { start: at, end: span.end } }];
  }
  // The reader of commands knows quotes and escapes.
  return readCommands(`export ${body.replace(/#/g, '_')}`, at - 7)[0]?.settings ?? [];
}
