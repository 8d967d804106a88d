/** What options can be set to. Apart from the commands, so that the help needs none of them. */
export const CHECK_FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab'] as const;
export const SUMMARY_FORMATS = ['markdown', 'md', 'html', 'json', 'csv', 'sarif', 'oscal'] as const;
/** Guideline levels, strictest first; `any` also takes items of publications without levels. */
export const SUMMARY_FAIL_ON = ['shall', 'should', 'can', 'any', 'never'] as const;
export const RULES_FORMATS = ['text', 'json'] as const;
/** What `guidelint card init` drafts. */
export const CARD_TYPES = ['model', 'data', 'croissant'] as const;
/** Templates it takes; each is of a model or of data. */
export const TEMPLATES = [
  'hub-model-card',
  'system-card',
  'hub-dataset-card',
  'data-card-playbook',
  'datasheet',
] as const;
export const CARD_FORMATS = ['text', 'json'] as const;
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;
