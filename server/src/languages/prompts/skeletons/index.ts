import { CLAUDE_SKELETONS } from './claude.ts';
import { COPILOT_SKELETONS } from './copilot.ts';
import type { PromptSkeleton } from './skeleton.ts';
import { TEMPLATE_SKELETONS } from './templates.ts';

export type { PromptSkeleton } from './skeleton.ts';

/** Formats in which a new prompt file can be started, in the order of the list people choose from. */
export const PROMPT_SKELETONS: readonly PromptSkeleton[] = [
  ...COPILOT_SKELETONS,
  ...CLAUDE_SKELETONS,
  ...TEMPLATE_SKELETONS,
];

/** Marks of all skeletons: one that is still in a file was never answered. */
export const SKELETON_MARKS: ReadonlySet<string> = new Set(
  PROMPT_SKELETONS.flatMap(({ text, name }) => text(name).match(/\[TODO: [^\]\n]*\]/g) ?? []),
);
