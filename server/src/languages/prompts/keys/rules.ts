// Facts: documentation of Cursor, Windsurf, Cline and Kiro on rules (2026). The heads of `.mdc` files are mostly no YAML:
// `globs: *.ts` is accepted there.
import { type KeyHelp, YES_NO } from '../../keys.ts';

export const CURSOR_KEYS: readonly KeyHelp[] = [
  {
    key: 'description',
    help: 'What the rule is about. Without globs the agent decides by it whether to read the rule.',
  },
  {
    key: 'globs',
    type: ['string', 'list'],
    help: 'Files that bring the rule along, with commas between the patterns and without quotes.',
  },
  {
    key: 'alwaysApply',
    type: 'boolean',
    help: '`true` puts the rule into every request, whatever the globs say.',
    values: YES_NO,
    closed: true,
  },
];

export const WINDSURF_KEYS: readonly KeyHelp[] = [
  {
    key: 'trigger',
    help: 'When the rule is read.',
    values: [
      { value: 'manual', help: 'when a person names it' },
      { value: 'model_decision', help: 'when the agent finds the description fitting' },
      { value: 'glob', help: 'with files that match `globs`' },
      { value: 'always_on', help: 'in every request' },
    ],
    closed: true,
  },
  { key: 'globs', help: 'Files that bring the rule along, with `trigger: glob`.' },
  { key: 'description', help: 'What the rule is about.' },
];

export const CLINE_KEYS: readonly KeyHelp[] = [
  { key: 'paths', type: 'list', help: 'Globs of the files the rule is for; all requests where it is left out.' },
];

export const KIRO_KEYS: readonly KeyHelp[] = [
  {
    key: 'inclusion',
    help: 'When the steering file is read.',
    values: [
      { value: 'manual', help: 'when a person names it' },
      { value: 'fileMatch', help: 'with files that match `fileMatchPattern`' },
      { value: 'auto', help: 'when the agent finds the description fitting' },
      { value: 'always', help: 'in every request' },
    ],
    closed: true,
  },
  {
    key: 'fileMatchPattern',
    type: ['string', 'list'],
    help: 'Files that bring it along, with `inclusion: fileMatch`.',
  },
  { key: 'description', help: 'What it is about, with `inclusion: auto`.' },
];
