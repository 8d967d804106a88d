import { type Card, readCard } from '../languages/card/card.ts';
import { isStructured, readStructure, type Structure } from '../languages/card/structure.ts';
import { readStructuredCard } from '../languages/card/structuredCard.ts';
import { type Command, commandsOf, type Setting, settingsOf, startedBy } from '../languages/commands.ts';
import { type FrontMatter, readFrontMatter } from '../languages/frontMatter.ts';
import type { HubPins } from '../languages/hubPins.ts';
import { type JsonDocument, readJson } from '../languages/json.ts';
import { type Markdown, readMarkdown } from '../languages/markdown.ts';
import { type McpConfig, readMcp, readMcpHead } from '../languages/mcp.ts';
import type { Notebook } from '../languages/notebook.ts';
import type { NpmLock } from '../languages/packages/npmLocks.ts';
import { NO_PACKAGES, type Packages } from '../languages/packages/packages.ts';
import { type Prompt, readPrompt } from '../languages/prompt.ts';
import type { Focus } from '../languages/python/focus.ts';
import {
  type Modules,
  type PythonProgram,
  type PythonTree,
  readPython,
  readPythonParts,
} from '../languages/python/program.ts';
import { readSettings, type Settings } from '../languages/settings.ts';
import type { Started } from '../languages/shell/scripts.ts';
import { readToml } from '../languages/toml.ts';
import { readTree, type TreeNode } from '../languages/tree.ts';
import { readWorkflow, type Workflow } from '../languages/workflow.ts';
import { type Register, readRegister } from './evidence/register.ts';
import type { Kind } from './kind.ts';
import type { Span } from './span.ts';

/** A part of a file that could not be read and has therefore not been checked. */
export interface ReadProblem {
  readonly span: Span;
  readonly message: string;
}

export interface SourceFileInit {
  readonly uri: string;
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  /** For a notebook the program made of its code cells, else the text of the file. */
  readonly text: string;
  readonly kind: Kind;
  readonly notebook?: Notebook;
  /** Versions of the libraries the file is used with. */
  readonly packages?: Packages;
  /** ISO date (`2026-01-31`) that dates in documents are compared with; absent: such checks are left out. */
  readonly today?: string;
  /** Why (part of) the file could not be read. */
  readonly readProblems?: readonly ReadProblem[];
  /** An editor holds it: its whole tree is kept for the next version, and for hover and actions. */
  readonly isOpen?: boolean;
  /** Tree of the previous version of the text with the edits since, for an incremental parse. */
  readonly pythonTree?: PythonTree;
  /** What the imports of a Python text lead to in the workspace. */
  readonly modules?: Modules;
  /** What the project has locked of npm's packages, where the file starts some. */
  readonly npm?: NpmLock;
  /** Commits that the workspace names for what the file takes from the Hub. */
  readonly pins?: HubPins;
  /** Text that the file had in the commit it is compared with. */
  readonly before?: string;
  /** The view of a Python text where there already is one. */
  readonly python?: PythonProgram;
}

/** Rules about commands look at these kinds too; what they ask of Python is not there. */
const HAS_NO_PYTHON: ReadonlySet<Kind> = new Set(['script', 'container', 'workflow', 'ai-config']);

/**
 * One version of one document with its parsed views. A view is made when a rule first asks for it and then shared by all
 * rules, hover and actions. Views never throw; of a text they cannot make sense of they are simply empty.
 */
export class SourceFile {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
  readonly kind: Kind;
  readonly notebook: Notebook | undefined;
  readonly packages: Packages;
  readonly today: string | undefined;
  readonly #init: SourceFileInit;
  readonly #readProblems: readonly ReadProblem[];
  readonly #pythonTree: PythonTree | undefined;
  #frontMatter: FrontMatter | undefined;
  #markdown: Markdown | undefined;
  #card: Card | undefined;
  #structure: Structure | undefined;
  #prompt: Prompt | undefined;
  #python: PythonProgram | undefined;
  #json: JsonDocument | undefined;
  #mcp: McpConfig | undefined;
  #evidence: Register | undefined;
  #commands: readonly Command[] | undefined;
  #environment: readonly Setting[] | undefined;
  #settings: Settings | undefined;
  #tree: readonly TreeNode[] | undefined;
  #started: { readonly value: Started | undefined } | undefined;
  #workflow: Workflow | undefined;

  constructor(init: SourceFileInit) {
    this.#init = init;
    this.uri = init.uri;
    this.path = init.path;
    this.text = init.text;
    this.kind = init.kind;
    this.notebook = init.notebook;
    this.packages = init.packages ?? NO_PACKAGES;
    this.today = init.today;
    this.#readProblems = init.readProblems ?? [];
    this.#pythonTree = init.pythonTree;
    this.#python = init.python;
  }

  /**
   * The same document without its views, which take several times the memory of its text. The head of a card is kept where
   * it was read: rules about several files ask for it, and YAML takes the longest of all to read.
   */
  withoutViews(): SourceFile {
    const { pythonTree, python, modules, before, ...init } = this.#init;
    const file = new SourceFile(init);
    if (isCard(this.kind)) file.#frontMatter = this.#frontMatter;
    return file;
  }

  /** The same document with only parts of its Python parsed, or, where an editor holds it, only parts of its tree looked at. */
  inParts(focus: Focus): SourceFile {
    if (this.python.parsed) return this;
    const file = new SourceFile(this.#init);
    const { modules } = this.#init;
    const whole = this.#init.isOpen ? () => this.python.tree : undefined;
    const { suspects, text } = this.python;
    file.#python = readPythonParts(text, focus, whole, { suspects, ...(modules && { modules }) });
    return file;
  }

  /** What the imports of a Python text lead to, where a host has looked it up. */
  get modules(): Modules | undefined {
    return this.#init.modules;
  }

  /** An editor holds the document, perhaps in the middle of a change. */
  get isOpen(): boolean {
    return this.#init.isOpen === true;
  }

  /** The same document with what a host has found out around it. */
  with(known: Pick<SourceFileInit, 'modules' | 'before' | 'npm' | 'pins'>): SourceFile {
    return Object.keys(known).length > 0 ? new SourceFile({ ...this.#init, ...known }) : this;
  }

  /** What the project has locked of npm's packages, where a host has looked it up. */
  get npm(): NpmLock | undefined {
    return this.#init.npm;
  }

  /** Commits that the workspace names for what the file takes from the Hub, where a host has looked them up. */
  get pins(): HubPins | undefined {
    return this.#init.pins;
  }

  /** The file as it was in the commit it is compared with; undefined where it is not compared, or is new. */
  get before(): SourceFile | undefined {
    const { uri, path, kind, before } = this.#init;
    return before === undefined ? undefined : new SourceFile({ uri, path, kind, text: before });
  }

  /** What of the file could not be read. Where a dialect tolerates what YAML does not (prompt files), it is no problem. */
  get readProblems(): readonly ReadProblem[] {
    switch (this.kind) {
      case 'model-card':
      case 'data-card':
        return [...this.#readProblems, ...(this.structure ?? this.frontMatter).problems];
      case 'mcp':
      case 'assistant-settings':
        return [...this.#readProblems, ...this.json.problems];
      default:
        return this.#readProblems;
    }
  }

  get frontMatter(): FrontMatter {
    // A YAML document may start with `---` as well.
    this.#frontMatter ??= readFrontMatter(this.structure ? '' : this.text);
    return this.#frontMatter;
  }

  get markdown(): Markdown {
    this.#markdown ??= readMarkdown(this.text, this.frontMatter.end);
    return this.#markdown;
  }

  get card(): Card {
    this.#card ??= this.structure ? readStructuredCard(this, this.structure) : readCard(this);
    return this.#card;
  }

  /** A card in JSON, YAML or XML as a document; undefined for all else. */
  get structure(): Structure | undefined {
    if (!isCard(this.kind) || !isStructured(this.path)) return undefined;
    this.#structure ??= readStructure(this.path, this.text);
    return this.#structure;
  }

  get prompt(): Prompt {
    this.#prompt ??= readPrompt(this);
    return this.#prompt;
  }

  get python(): PythonProgram {
    if (!this.#python) {
      const text = HAS_NO_PYTHON.has(this.kind) ? '' : programText(this.text);
      const { modules } = this.#init;
      const same = modules?.self?.text === text ? modules.self : undefined;
      this.#python = readPython(text, this.#pythonTree, modules && { modules, ...(same && { same }) });
    }
    return this.#python;
  }

  /** The file as a tree, in JSON or TOML. */
  get json(): JsonDocument {
    this.#json ??= /\.toml$/i.test(this.path) ? readToml(this.text) : readJson(this.text);
    return this.#json;
  }

  get mcp(): McpConfig {
    this.#mcp ??= this.kind === 'prompt' ? readMcpHead(this.prompt.head) : readMcp(this);
    return this.#mcp;
  }

  get evidence(): Register {
    this.#evidence ??= readRegister(this.text);
    return this.#evidence;
  }

  /** Command lines that the file runs, from whatever kind of file, in source order. */
  get commands(): readonly Command[] {
    this.#commands ??= commandsOf(this);
    return this.#commands;
  }

  /** Environment variables that the file gives a value, in source order. */
  get environment(): readonly Setting[] {
    this.#environment ??= settingsOf(this);
    return this.#environment;
  }

  get settings(): Settings {
    this.#settings ??= readSettings(this);
    return this.#settings;
  }

  /** Documents of a YAML or JSON file. */
  get tree(): readonly TreeNode[] {
    this.#tree ??= readTree(this.path, this.text);
    return this.#tree;
  }

  /** What a script, an image, a set of containers or a workflow runs and sets. */
  get started(): Started | undefined {
    this.#started ??= { value: startedBy(this) };
    return this.#started.value;
  }

  get workflow(): Workflow {
    this.#workflow ??= readWorkflow(this.tree);
    return this.#workflow;
  }
}

function isCard(kind: Kind): boolean {
  return kind === 'model-card' || kind === 'data-card';
}

/** A byte order mark is no Python; a line break takes as much room and means nothing. */
function programText(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? `\n${text.slice(1)}` : text;
}
