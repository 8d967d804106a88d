import * as z from 'zod';
import type { GuidelineId } from '../guidelines/generated.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Card } from '../languages/card/card.ts';
import type { FieldId } from '../languages/card/fields.ts';
import type { Triggers } from '../languages/python/triggers.ts';
import { type Confidence, type Fix, type Related, SEVERITIES, type Severity } from './finding.ts';
import { KINDS, type Kind } from './kind.ts';
import type { SourceFile } from './sourceFile.ts';
import type { Span } from './span.ts';

/** What a check yields: where, which message, and what it knows. The engine makes a `Finding` of it. */
export interface Problem {
  readonly span: Span;
  /** Where it stands in the file on disk, when that is not in the text that rules see: an output of a notebook. */
  readonly onDisk?: Span;
  /** Key of `meta.messages`. */
  readonly message: string;
  /** Values for the `{name}` marks of the message; they also take part in the fingerprint. */
  readonly data?: Readonly<Record<string, string | undefined>>;
  /** Where provenance or certainty moves the rule's own default up or down. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Where a rule asks for several things, the items that ask for this one. */
  readonly guidelines?: RuleMeta['guidelines'];
  readonly evidence?: readonly string[];
  readonly related?: readonly Related[];
  /** The best repair first. */
  readonly fixes?: readonly Fix[];
}

/** A problem of several files at once is reported in the one where it can be repaired. */
export interface SystemProblem extends Problem {
  readonly file: SourceFile;
}

/** One documented case. `bad` must be reported, `good` must not, `fixed` is `bad` after its first fix. */
export interface Example {
  readonly title?: string;
  /** Path that gives the text its kind, for example `MODEL_CARD.md` or `load.py`. */
  readonly path: string;
  readonly bad?: string;
  readonly fixed?: string;
  readonly good?: string;
  /** Pinned dependencies of the example project, for defaults that depend on a version: `{ torch: '==2.5.1' }`. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Text of the file in the last commit, for rules about changes. */
  readonly before?: string;
  /** Other files of the workspace, path to text: for system rules. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface RuleMeta {
  /** `GL` and three digits, by hundred (see ARCHITECTURE.md). Never renumbered, never reused. */
  readonly id: string;
  /** Says the defect, in kebab case: `unsafe-model-load`. Accepted wherever the id is. */
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly Kind[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The most any fix of this rule promises; a fix the meta does not declare is an error. */
  readonly fix: 'none' | 'safe' | 'suggestion';
  /** Most specific first: the first one is where the finding's code links to. */
  readonly guidelines: readonly [GuidelineId, ...GuidelineId[]];
  /** One or two sentences each, Markdown allowed. */
  readonly why: string;
  readonly how: string;
  readonly messages: Readonly<Record<string, string>>;
  /** Rule ids of other linters that report (part of) the same, for readers who come from there. */
  readonly peers?: readonly string[];
  /** Rows of the list in `rules/detections` that the rule covers: `LOAD-18`. */
  readonly detections?: readonly string[];
  /** Default options; a user's `.guidelint.yaml` may override each key with a value of the same shape. */
  readonly options?: z.ZodObject;
  /** What `profile: strict` of the configuration changes; what the user sets for the rule wins. */
  readonly strict?: { readonly severity?: Severity; readonly options?: Readonly<Record<string, unknown>> };
  readonly examples: readonly Example[];
}

/** A field that a rule wants filled in a card, whether it is or not. */
export interface AskedField {
  readonly id: FieldId;
  readonly severity: Severity;
  readonly guidelines: RuleMeta['guidelines'];
}

export interface Rule {
  readonly meta: RuleMeta;
  /**
   * Code rules: a Python text that has none of these cannot have a finding of the rule, so it is not parsed for it. Where none of
   * those that occur is a plain string, only the lines are parsed that take part in what was found: beyond them the check must
   * not look at the tree. Without triggers every text is parsed for the rule, and all of it.
   */
  readonly triggers?: Triggers;
  /** Looks at one document. Synchronous, reads no file. `options` is `meta.options` parsed. */
  readonly check?: (file: SourceFile, options: Readonly<Record<string, unknown>>) => Iterable<Problem>;
  /** Looks at the workspace as one AI system. Synchronous, reads no file. */
  readonly checkSystem?: (inventory: Inventory, options: Readonly<Record<string, unknown>>) => Iterable<SystemProblem>;
  /** The fields the rule asks this card for: what a count of filled fields is made of. `options` as in `check`. */
  readonly fields?: (card: Card, options: Readonly<Record<string, unknown>>) => readonly AskedField[];
  /** The engine reports it, and only once it knows what stands around the file. */
  readonly fromSurroundings?: true;
  /** It looks at what has changed, so where nothing is known of before it has not run. */
  readonly ofChanges?: true;
}

const text = z.string().trim().min(1);

const metaSchema = z
  .strictObject({
    id: z.string().regex(/^GL[1-9]\d\d$/),
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: text.max(90).refine((title) => !title.endsWith('.'), 'a title is not a sentence'),
    kinds: z.array(z.enum(KINDS)).min(1),
    severity: z.enum(SEVERITIES),
    confidence: z.enum(['high', 'medium', 'low']),
    fix: z.enum(['none', 'safe', 'suggestion']),
    guidelines: z.array(z.string().includes(':')).min(1),
    why: text,
    how: text,
    messages: z.record(z.string(), text),
    peers: z.array(text).optional(),
    detections: z.array(z.string().regex(/^[A-Z]+-\d\d$/)).optional(),
    options: z.custom<z.ZodObject>((value) => value instanceof z.ZodObject).optional(),
    strict: z
      .strictObject({ severity: z.enum(SEVERITIES).optional(), options: z.record(z.string(), z.unknown()).optional() })
      .optional(),
    examples: z.array(
      z.strictObject({
        title: text.optional(),
        path: text,
        bad: z.string().optional(),
        fixed: z.string().optional(),
        good: z.string().optional(),
        packages: z.record(z.string(), z.string()).optional(),
        before: z.string().optional(),
        files: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .refine(
    (meta) => meta.confidence !== 'low' || meta.severity === 'info' || meta.severity === 'hint',
    'a rule of low confidence is never above info by default',
  );

/**
 * Declares a rule. The meta is checked when the module loads, so that a wrong declaration fails the first test and never
 * reaches a user.
 *
 * @throws z.ZodError naming the field that is wrong.
 */
export function defineRule(rule: Rule): Rule {
  metaSchema.parse(rule.meta);
  return rule;
}
