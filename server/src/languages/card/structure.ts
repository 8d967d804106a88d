import type { Span } from '../../engine/span.ts';
import { readJson } from '../json.ts';
import { readJsonTree, readTree, type TreeNode } from '../tree.ts';
import { readXml } from '../xml.ts';
import { readYaml } from '../yaml.ts';
import { treeOfXml } from './formats/cyclonedxXml.ts';
import { type CardFormat, FORMATS, type Subject } from './formats/index.ts';

/** A card that is no Markdown: a document in JSON, YAML or XML. */
export interface Structure {
  readonly syntax: 'json' | 'yaml' | 'xml';
  /** Undefined where the document is of no format we know, or too broken to tell. */
  readonly format: CardFormat | undefined;
  readonly subject: Subject | undefined;
  readonly root: TreeNode | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
  /** Something is wrong with the text as a whole, so that nothing can be called missing. */
  readonly broken: boolean;
}

/** Larger documents are generated, and hold data rather than documentation. In UTF-16 code units. */
const MAX_LENGTH = 1_000_000;

const STRUCTURED = /\.(?:json|jsonc|jsonld|cdx|ya?ml|xml)$|(?:^|\/)MLmodel$/i;

/** Whether a card of this name is a document in JSON, YAML or XML, and no Markdown. */
export function isStructured(path: string): boolean {
  return STRUCTURED.test(path);
}

/** Whether a file of this name may be a structured card; its content decides. */
export function maybeStructuredCard(path: string): boolean {
  return isStructured(path) && FORMATS.some(({ names }) => names.test(path));
}

/**
 * What a structured card describes; undefined where the document is none. Cheap for other documents: by its name, then by words
 * that every document of a format holds, and only then by its tree.
 */
export function structuredCardType(path: string, text: string): Subject['type'] | undefined {
  if (!maybeStructuredCard(path) || text.length > MAX_LENGTH) return undefined;
  const named = FORMATS.filter(({ names, marks }) => names.test(path) && marks.every((mark) => mark.test(text)));
  if (named.length === 0) return undefined;
  const { root } = treeOf(path, text);
  // Of a text too broken to read, what can be told without a tree: that it was to describe a model.
  if (!root) return /machine-learning-model|ai_AIPackage|<modelCard/.test(text) ? 'model' : undefined;
  return subjectOf(root, named)?.subject.type;
}

/** Reads a structured card. Never throws. */
export function readStructure(path: string, text: string): Structure {
  const syntax = syntaxOf(path, text);
  if (text.length > MAX_LENGTH) {
    const problems = [{ span: { start: 0, end: 0 }, message: `larger than ${MAX_LENGTH / 1_000_000} MB` }];
    return { syntax, format: undefined, subject: undefined, root: undefined, problems, broken: true };
  }
  const { root, problems, broken } = treeOf(path, text);
  const marked = FORMATS.filter(({ marks }) => marks.every((mark) => mark.test(text)));
  const found = subjectOf(root, [
    ...marked.filter(({ names }) => names.test(path)),
    ...marked.filter(({ names }) => !names.test(path)),
  ]);
  return { syntax, format: found?.format, subject: found?.subject, root, problems, broken };
}

function subjectOf(root: TreeNode | undefined, formats: readonly CardFormat[]) {
  if (!root) return undefined;
  for (const format of formats) {
    const subject = format.subject(root);
    if (subject) return { format, subject };
  }
  return undefined;
}

function syntaxOf(path: string, text: string): Structure['syntax'] {
  if (/\.(?:json|jsonc|jsonld)$/i.test(path)) return 'json';
  const first = /[^\s\uFEFF]/.exec(text.slice(0, 1_000))?.[0];
  if (/\.xml$/i.test(path) || first === '<') return 'xml';
  return first === '{' && !/\.ya?ml$/i.test(path) ? 'json' : 'yaml';
}

interface Reading extends Pick<Structure, 'root' | 'problems' | 'broken'> {}

/** A file is read once to tell what it is, and again when its card is asked for. */
let last: { readonly path: string; readonly text: string; readonly reading: Reading } | undefined;

function treeOf(path: string, text: string): Reading {
  if (last?.text === text && last.path === path) return last.reading;
  const reading = read(syntaxOf(path, text), text);
  last = { path, text, reading };
  return reading;
}

function read(syntax: Structure['syntax'], text: string): Reading {
  switch (syntax) {
    case 'json': {
      const document = readJson(text, { strict: true });
      const [root] = readJsonTree(document, text);
      const broken = document.problems.some(({ message }) => !COMMENT.test(message)) || !root;
      // One mistake makes the parser stumble several times.
      const first = document.problems.find(({ message }) => !COMMENT.test(message));
      const comment = document.problems.find(({ message }) => COMMENT.test(message));
      const problems = [first, comment].filter((problem) => problem !== undefined);
      return { root, problems: problems.map(inWords), broken };
    }
    case 'xml': {
      const { root, problems } = readXml(text);
      return { root: root && treeOfXml(root, text), problems, broken: !root };
    }
    default: {
      const { problems } = readYaml(text);
      const [root] = readTree('.yaml', text);
      return { root, problems, broken: problems.length > 0 || !root };
    }
  }
}

const COMMENT = /invalid comment token/;

function inWords({ span, message }: Structure['problems'][number]) {
  return {
    span,
    message: COMMENT.test(message) ? 'JSON has no comments: programs that read the card refuse it' : message,
  };
}
