import type { Span } from '../../engine/span.ts';
import type { FrontMatter } from '../frontMatter.ts';
import type { Text } from '../mcp.ts';
import type { YamlEntry } from '../yaml.ts';
import type { PromptFormat } from './formats.ts';
import type { Prose } from './prose.ts';

export type { Text } from '../mcp.ts';

/** Values by key, whatever the file is written in: front matter, YAML, JSON or TOML. */
export interface Fields {
  get(...path: readonly (string | number)[]): YamlEntry | undefined;
  keys(): readonly YamlEntry[];
  /** Items of the list at the path; a scalar counts as a list of one. */
  items(...path: readonly (string | number)[]): readonly YamlEntry[];
}

/** `developer` messages count as `system`. */
export type Role = 'system' | 'user' | 'assistant' | 'tool';

/** A part of the file that the model reads in one role. */
export interface Message {
  readonly role: Role;
  readonly span: Span;
  /** False where no marker states the role and the product's default holds. */
  readonly marked: boolean;
}

/** A place that is filled when the prompt is used. */
export interface Variable {
  /** Without sigils and filters; of a loop variable the name of the list. */
  readonly name: string;
  readonly span: Span;
  readonly role: Role;
  /**
   * `trusted`: declared with a type or a list of values that holds no sentence; `user`: called as what people write or
   * documents hold (question, message, context); else unknown.
   */
  readonly trust: 'trusted' | 'user' | 'unknown';
  /** Whether a tag, fence or quote around it sets it off from the instructions. */
  readonly delimited: boolean;
}

/** A prompt, instruction or agent file: text that a model will follow. Views are made when first asked for. */
export interface Prompt {
  readonly format: PromptFormat;
  /** Read in the dialect of the format; for files without front matter `present` is false. */
  readonly head: FrontMatter;
  /** Keys of the head, or of the whole file where it is YAML, JSON or TOML. */
  readonly fields: Fields;
  /** What the file says it is for: a `description` key. */
  readonly description: Text | undefined;
  /** The model it names; undefined where the user's choice holds. */
  readonly model: Text | undefined;
  /** Tools the model can see (`tools`); undefined where the file names none, which in an agent means all. */
  readonly tools: readonly Text[] | undefined;
  /** Tools that run without asking (`allowed-tools`); undefined where the file names none. */
  readonly granted: readonly Text[] | undefined;
  /** Offset where the text for the model begins. */
  readonly bodyStart: number;
  readonly messages: readonly Message[];
  readonly variables: readonly Variable[];
  /** Paths and addresses the prompt is put together from. */
  readonly includes: readonly Text[];
  readonly prose: Prose;
}
