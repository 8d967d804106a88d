// Facts: the Agent Skills specification, Claude Code's documentation on skills, and what VS Code 1.139 reads (2026).
import { type KeyHelp, YES_NO } from '../../keys.ts';
import { CLAUDE_TOOLS } from './tools.ts';

export const SKILL_KEYS: readonly KeyHelp[] = [
  {
    key: 'name',
    required: true,
    help: 'Name of the skill, equal to its folder: at most 64 lower-case letters, digits and hyphens.',
    native: true,
  },
  {
    key: 'description',
    required: true,
    help: 'What the skill does and when to use it, at most 1,024 characters. Every request carries it, and agents choose by it.',
    native: true,
  },
  { key: 'license', help: 'Licence of the skill, or the file that holds it.', native: true },
  {
    key: 'compatibility',
    help: 'What it needs: products, programs, network access. At most 500 characters.',
    native: true,
  },
  {
    key: 'metadata',
    type: 'map',
    help: 'Your own keys, with texts as values: the place for owner, version and review.',
    native: true,
    keys: [
      { key: 'author', help: 'Who answers for the skill.' },
      { key: 'version', help: 'Version of the skill; raise it with every change.' },
      { key: 'last_reviewed', help: 'ISO date of the last review.' },
    ],
  },
  {
    key: 'allowed-tools',
    type: ['string', 'list'],
    help: 'Tools that run **without asking** while the skill is used (in Claude Code); it forbids no other. Give `Bash` a pattern, such as `Bash(git diff:*)`.',
    values: CLAUDE_TOOLS,
  },
  {
    key: 'disable-model-invocation',
    type: 'boolean',
    help: '`true` leaves it to people to start the skill: right for all that deploys, sends or deletes.',
    values: YES_NO,
    native: true,
  },
  {
    key: 'user-invocable',
    type: 'boolean',
    help: '`false` takes it out of the menu; agents still use it.',
    values: YES_NO,
    native: true,
  },
  { key: 'argument-hint', help: 'What to type behind the name.', native: true },
  {
    key: 'context',
    help: 'Where it runs.',
    values: [{ value: 'fork', help: 'in a subagent of its own' }],
    native: true,
  },
  { key: 'agent', help: 'With `context: fork`: the subagent that runs it, with that agent’s tools.' },
  { key: 'model', help: 'Model for the turns in which the skill is used.' },
  { key: 'hooks', type: 'map', help: 'Commands that run while the skill is used, without asking.' },
];
