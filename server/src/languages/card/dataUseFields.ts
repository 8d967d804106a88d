import { type FieldSpec, whole } from './fieldSpec.ts';

/** What the data is for, and what has to be known before. */
export const DATA_USE_FIELDS = [
  {
    id: 'intended-use',
    title: 'the intended use',
    headings: whole(
      'intended (?:uses?|dataset|use cases?)\\b.*',
      '(?:direct |dataset )?uses?(?:\\(s\\))?',
      'supported tasks\\b.*',
      '(?:suitable |primary )?use[- ]?cases?\\b.*',
      'purpose',
      'scope',
      'motivations?\\b.*',
      'permitted use',
      '.*\\btasks?',
    ),
    labels: whole(
      'intended uses?\\b.*',
      '(?:suitable )?use cases?\\b.*',
      'purpose',
      'for what purpose was\\b.*',
      'has the dataset been used\\b.*',
      'what \\(other\\) tasks\\b.*',
      'scope',
    ),
    says: /(?<!\bnot )\bintended (?:primarily |mainly |only )?(?:use|for|as|to be)\b|\b(?<!not )(?:can|may) be used (?:as|for|to)\b|\bused (?:solely|only|primarily) (?:for|to)\b|\b(?:data|data ?set|corpus|benchmark|collection|it)\b[^.\n]{0,60}\b(?:designed|built|created|meant) (?:\w+ )?(?:for|to (?:help|train|evaluat\w+|test|measure|assess))\b|\b(?:an?|open-source) tool (?:for|to)\b|\b(?:corpus|data ?set|data|benchmark|collection)\s+(?:intended )?for (?:\w+ )?(?:training|evaluat\w+|benchmarking|fine-?tuning|testing|research)\b/i,
    heading: 'Intended use',
    ask: 'what the data may be used for, by whom',
    group: 'uses',
  },
  {
    id: 'out-of-scope',
    title: 'what the data must not be used for',
    headings: whole(
      '.*\\bout[- ]of[- ]scope\\b.*',
      '(?:misuse|prohibited|unintended|unsuitable|non-intended|inappropriate)\\b.*',
      'not (?:intended|suitable|recommended)\\b.*',
      '(?:usage |use )?restrictions',
      'acceptable use\\b.*',
    ),
    labels: whole(
      'out[- ]of[- ]scope\\b.*',
      '(?:prohibited|misuse|unintended|unsuitable|inappropriate)\\b.*',
      'not (?:intended|suitable|recommended)\\b.*',
      'are there tasks for which the dataset should not be used\\b.*',
    ),
    says: /\bout[- ]of[- ]scope\b|\bnot (?:be )?(?:intended|suitable|designed|meant|recommended) (?:for|to|as)\b|\b(?:should|must) not be used\b|\bdo not use (?:it|this|the)\b|\bnot a substitute for\b/i,
    heading: 'Out-of-scope use',
    ask: 'uses that must not be made of the data, and why',
    group: 'uses',
  },
] as const satisfies readonly FieldSpec[];
