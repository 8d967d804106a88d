import type { Span } from '../engine/span.ts';
import { type Command, readCommands } from './shell/commands.ts';
import type { TreeNode } from './tree.ts';
import type { Job, Step, Trigger, Workflow } from './workflow.ts';

/** A step of a workflow in which a model works. */
export interface AgentStep {
  readonly job: Job;
  readonly step: Step;
  /** `anthropics/claude-code-action`, or the program: `gemini`. */
  readonly name: string;
  /** Texts that reach the model, in place. */
  readonly prompts: readonly TreeNode[];
  /** Of a program that a script runs: its commands, with what is piped into them. */
  readonly commands: readonly Command[];
  /** Whether the model can do more than answer. */
  readonly acts: boolean;
  /** Events whose sender the action itself checks for the right to write to the repository; undefined means all. */
  readonly checksSender: (event: string) => boolean;
}

interface ActionRow {
  readonly uses: RegExp;
  readonly prompts: string;
  readonly acts: boolean;
  /** Events at which it asks for the right to write; `all` or none. */
  readonly checks?: 'all' | 'entities';
  /** Inputs that open it to others with this value. */
  readonly opens?: string;
}

const PROMPTS =
  'prompt direct_prompt override_prompt custom_instructions system_prompt append_system_prompt claude_args input';

/**
 * Sources: `action.yml` and security pages of each action (2025/2026). Claude Code's action asks for write access on issues and
 * pull requests and their comments, not on other events; Codex's and OpenCode's on every event; the others on none.
 */
const ACTIONS: readonly ActionRow[] = [
  { uses: /^anthropics\/claude-code-action\/base-action@/, prompts: PROMPTS, acts: true },
  { uses: /^anthropics\/claude-code-base-action@/, prompts: PROMPTS, acts: true },
  {
    uses: /^anthropics\/claude-code-action@/,
    prompts: PROMPTS,
    acts: true,
    checks: 'entities',
    opens: 'allowed_non_write_users',
  },
  { uses: /^openai\/codex-action@/, prompts: 'prompt', acts: true, checks: 'all', opens: 'allow_users' },
  { uses: /^(?:sst|anomalyco)\/opencode\/github@/, prompts: 'prompt', acts: true, checks: 'all' },
  {
    uses: /^factory-ai\/droid-action@/,
    prompts: 'prompt',
    acts: true,
    checks: 'entities',
    opens: 'allowed_non_write_users',
  },
  {
    uses: /^(?:google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action|qwenlm\/qwen-code-action)@/,
    prompts: 'prompt',
    acts: true,
  },
  { uses: /^actions\/ai-inference@/, prompts: 'prompt system_prompt input', acts: false },
];

const ENTITIES = /^(?:issues|issue_comment|pull_request\w*)$/;

/** Programs that hand a text to a model which then acts, with what makes them do so without a person. */
const PROGRAMS: Readonly<Record<string, RegExp>> = {
  claude: /^(?:-p|--print|-\w*p)$/,
  gemini: /^(?:-p|--prompt|-y|--yolo)$/,
  qwen: /^(?:-p|--prompt|-y|--yolo)$/,
  codex: /^(?:exec|e)$/,
  opencode: /^run$/,
  'cursor-agent': /^(?:-p|--print)$/,
  copilot: /^(?:-p|--prompt)$/,
  aider: /^(?:-m|--message|--message-file)$/,
};

/** The steps of a workflow in which a model works, in order. */
export function agentSteps({ jobs }: Workflow): readonly AgentStep[] {
  return jobs.flatMap((job) =>
    job.steps.flatMap((step) => {
      const found = actionStep(job, step) ?? programStep(job, step);
      return found ? [found] : [];
    }),
  );
}

function actionStep(job: Job, step: Step): AgentStep | undefined {
  const uses = step.uses?.text.toLowerCase() ?? '';
  const row = ACTIONS.find((each) => each.uses.test(uses));
  if (!row) return undefined;
  const opened = row.opens !== undefined && /(?:^|[\s,])\*/.test(step.inputs.get(row.opens)?.text ?? '');
  const prompts = row.prompts.split(' ').flatMap((name) => step.inputs.get(name) ?? []);
  return {
    job,
    step,
    name: step.uses?.text.split('@', 1)[0] ?? '',
    prompts,
    commands: [],
    acts: row.acts || step.inputs.get('enable_github_mcp')?.text === 'true',
    checksSender: (event) => !opened && (row.checks === 'all' || (row.checks === 'entities' && ENTITIES.test(event))),
  };
}

function programStep(job: Job, step: Step): AgentStep | undefined {
  const { run } = step;
  if (!run?.text || !/claude|gemini|qwen|codex|opencode|cursor-agent|copilot|aider/.test(run.text)) return undefined;
  const all = run.written === undefined ? readCommands(run.text, run.span) : readCommands(run.written, run.span.start);
  const runs = (command: Command | undefined): boolean => {
    const program = command && programOf(command);
    const flag = program && Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
    return Boolean(flag && command?.words.some(({ text }) => flag.test(text)));
  };
  const started = all.filter(runs);
  const [first] = started;
  if (!first) return undefined;
  const commands = all.filter((command) => runs(command) || runs(command.pipesTo));
  return { job, step, name: programOf(first), prompts: [], commands, acts: true, checksSender: () => false };
}

/** `npx @google/gemini-cli@1.2` starts `gemini`. */
function programOf({ program, words }: Command): string {
  if (!/^(?:npx|bunx|pnpx)$/.test(program)) return program;
  const named = words.slice(1).find(({ text }) => !text.startsWith('-'))?.text ?? '';
  return (
    /^(?:@[\w-]+\/)?(?:(claude)-code|(gemini)-cli|(qwen)-code|(codex)|(opencode)-ai|(copilot))(?:@|$)/
      .exec(named)
      ?.slice(1)
      .find(Boolean) ?? program
  );
}

/** Text of an event that is not written by people of the project alone. */
const FOREIGN =
  /\bgithub\.(?:event\.(issue|pull_request|discussion|comment)\.(?:title|body)\b|event\.(pull_request)\.head\.(?:ref|label)\b|(head_ref)\b|event\.(workflow_run)\.(?:head_branch|display_title|head_commit\.message)\b)|\btoJSON\(\s{0,20}github\.event(?:\.(issue|pull_request|discussion|comment|workflow_run))?\s{0,20}\)/i;

/** Which events carry which text; a called workflow has the event of its caller. */
const CARRIED_BY: Readonly<Record<string, readonly string[]>> = {
  issue: ['issues', 'issue_comment', 'workflow_call'],
  pull_request: ['pull_request_target', 'workflow_call'],
  head_ref: ['pull_request_target', 'workflow_call'],
  comment: ['issue_comment', 'discussion_comment', 'workflow_call'],
  discussion: ['discussion', 'discussion_comment', 'workflow_call'],
  workflow_run: ['workflow_run'],
  event: [
    'issues',
    'issue_comment',
    'pull_request_target',
    'discussion',
    'discussion_comment',
    'workflow_run',
    'workflow_call',
  ],
};

/** What strangers write: `issue`, `comment` …; undefined for an expression that holds none, or only compares it. */
export function foreignTextIn(expression: string): { readonly of: string; readonly shown: string } | undefined {
  const value = expression
    .replace(/\b(?:contains|startsWith|endsWith)\([^()]{0,300}\)/gi, '')
    .replace(/[\w.-]{1,200}\s{0,20}[!=]=\s{0,20}(?:'[^']{0,200}'|[\w.-]{1,200})/g, '');
  const match = FOREIGN.exec(value);
  if (!match) return undefined;
  return { of: match.slice(1).find(Boolean)?.toLowerCase() ?? 'event', shown: match[0] };
}

/** The triggers with which everybody can start a workflow that has the project's secrets. */
export function openTriggers(triggers: readonly Trigger[]): readonly Trigger[] {
  return triggers.filter(({ event }) => CARRIED_BY.event?.includes(event));
}

export function carries({ event }: Trigger, entity: string): boolean {
  return CARRIED_BY[entity]?.includes(event) ?? false;
}

/** Whether the one who starts the workflow is the one who wrote the text. */
export function authorStarts({ event, types }: Trigger, entity: string): boolean {
  if (byHand({ event, types })) return false;
  if (event === 'issue_comment' || event === 'discussion_comment') return entity === 'comment';
  return event !== 'workflow_call';
}

/** Activities that only people of the project can do. */
export function byHand({ types }: Trigger): boolean {
  return (
    types.length > 0 && types.every((type) => /^(?:labeled|unlabeled|assigned|milestoned|pinned|answered)$/.test(type))
  );
}

const ASKS_WHO =
  /author_association|github\.(?:triggering_)?actor\s*==|(?:sender|user)\.login\s*==|contains\(\s*(?:fromJSON|vars\.|env\.|'\[?")[^)]*(?:actor|login)|needs\.[\w-]+\.outputs|steps\.[\w-]*(?:auth|perm|member|check|gate|trust|allow)[\w-]*\.outputs|head\.repo\.(?:full_name\s*==|fork)/i;
/** A label is set by people of the project, unless opening an issue does as well. */
const ASKS_FOR_LABEL = /event\.label\.name/;
const ASKS_BEFORE =
  /collaborators\/|check-user-permission|author_association|getCollaboratorPermissionLevel|get-user-teams-membership/;

/** Whether a condition, an approval or an earlier step of the job decides who may start the step. */
export function asksWho({ job, step }: AgentStep): boolean {
  for (const condition of [job.condition, step.condition]) {
    if (ASKS_WHO.test(condition)) return true;
    if (ASKS_FOR_LABEL.test(condition) && !/'opened'/.test(condition)) return true;
  }
  if (job.environment) return true;
  const before = job.steps.slice(0, job.steps.indexOf(step));
  return before.some(
    ({ run, uses, inputs }) =>
      ASKS_BEFORE.test(run?.text ?? '') ||
      ASKS_BEFORE.test(uses?.text ?? '') ||
      ASKS_BEFORE.test(inputs.get('script')?.text ?? ''),
  );
}

/**
 * The trigger with which everybody can start a step; undefined where the action, a condition or the trigger itself leaves that
 * to people of the project, or where another workflow decides it.
 */
export function openTo(agent: AgentStep, triggers: readonly Trigger[]): Trigger | undefined {
  if (asksWho(agent)) return undefined;
  return openTriggers(triggers).find(
    (trigger) => !/^workflow_/.test(trigger.event) && !byHand(trigger) && !agent.checksSender(trigger.event),
  );
}

/** A place in a node's text, where the file shows it as it is read; else the whole node. */
export function placeIn({ text, span, written }: TreeNode, needle: string): Span {
  const at = written === undefined ? -1 : written.indexOf(needle);
  return at === -1 || text === '' ? span : { start: span.start + at, end: span.start + at + needle.length };
}
