import { fieldsOf } from '../../server/src/languages/card/fields.ts';
import { placeholderFor } from '../../server/src/languages/card/insertion.ts';

// What an author would write where a template asks. Judged on the day of `TODAY`.

const DIGEST = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';

const MODEL: Readonly<Record<string, string>> = {
  name: 'toxi-base',
  version: '1.2.0',
  'release-date': '2026-03-01',
  owner: 'Forum team, Example Ltd',
  license: 'apache-2.0',
  'base-model': 'our-org/encoder at 4f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d',
  language: 'en, de',
  architecture: 'A transformer encoder with 110 million parameters and 512 tokens of context.',
  io: 'One comment of at most 512 tokens goes in, a score between 0 and 1 comes out.',
  'intended-use': 'Moderators of our forum sort reported comments with it.',
  'out-of-scope': 'It must not decide on its own about bans, because irony is often taken for abuse.',
  limitations: 'It was tested in English and German only, and misses insults in dialect.',
  bias: 'Comments in African American English are flagged 1.4 times as often; measured on 4,000 comments.',
  'failure-modes': 'Letters replaced by digits hide an insult; moderators notice when reports rise.',
  guardrails: 'A score only sorts: moderators decide, input is cut at 512 tokens, and a flag switches it off.',
  oversight: 'The moderation lead reviews 50 decisions a week and can switch the model off.',
  'training-data': 'our-org/forum at 4f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d, CC BY 4.0, acquired 2025-06-01.',
  'data-dates': '2024-01-01/2025-05-31',
  'tuning-data': 'Reports of moderators, with their consent; duplicates and brigades are filtered out.',
  preprocessing: 'Markup was removed, duplicates dropped, and labels with one vote checked by hand.',
  privacy: 'Names of users were replaced by tokens before training.',
  'training-procedure': 'Supervised training with cross entropy over three epochs.',
  compute: '8 hours on one A100, about 3 kWh.',
  software: 'transformers 4.57.1 and torch 2.9.1',
  evaluation: 'F1 0.91 on our-org/forum, split test at 4f2c1e0d, measured on 2026-02-11.',
  'evaluation-data': 'our-org/forum, split test at revision 4f2c1e0d.',
  'security-evaluation': 'Evasion with 1,200 perturbed comments on 2026-02-12: 7 percent passed.',
  files: 'model.safetensors and config.json',
  integrity: `The sha256 of model.safetensors is ${DIGEST}.`,
  retention: 'Versions are kept for 3 years, training data for 1 year, logs for 30 days.',
  review: 'Last reviewed on 2026-06-01, next review on 2027-06-01.',
  lifecycle: 'Scores are watched daily, and support ends in December 2028.',
  contact: 'https://github.com/our-org/toxi/security/advisories; an answer comes within 3 working days.',
  'vulnerability-reporting':
    'https://github.com/our-org/toxi/security/advisories; an answer comes within 3 working days.',
  citation: 'https://example.org/papers/toxi',
};

const DATA: Readonly<Record<string, string>> = {
  name: 'forum-archive',
  version: '1.0.0',
  'release-date': '2026-03-01',
  owner: 'Forum team, Example Ltd',
  license: 'cc-by-4.0',
  description: 'Comments of our forum with the decisions of moderators, made to train a classifier.',
  language: 'en, de',
  'intended-use': 'Training and testing classifiers of comments, by teams of Example Ltd.',
  'out-of-scope': 'It must not be used to identify authors, which the terms of the forum rule out.',
  schema: 'text is the comment, label is 1 for abuse, source is the thread.',
  size: '120,000 comments, 48 MB',
  splits: 'Train, validation and test, drawn by thread: 80, 10 and 10 percent.',
  sources: 'https://forum.example.com, under its terms of use, acquired on 2025-06-01.',
  acquired: '2025-06-01/2025-09-30',
  collection: 'Exported from the database of the forum by its administrators.',
  lineage: 'Made from our-org/forum-raw at 4f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d.',
  preprocessing: 'Markup was removed, duplicates dropped, and white space normalised.',
  synthetic: 'None of the comments is synthetic.',
  annotation: 'Three moderators labelled each comment, and a fourth settled ties.',
  annotators: 'Moderators of the forum, trained for a day and paid by the hour.',
  quality: 'Duplicates, outliers and label noise were searched for; 340 records were removed.',
  'personal-data': 'Names of users were replaced by tokens; the basis is the consent given at registration.',
  consent: 'Consent at registration, reviewed by the data protection officer on 2025-05-20.',
  bias: 'Comments written at night are over-represented, measured against all of 2024.',
  limitations: 'No posts before 2019, and none in languages other than English and German.',
  access: 'Teams of Example Ltd ask the forum team for access.',
  integrity: `The sha256 of forum.parquet is ${DIGEST}.`,
  retention: 'Raw data is kept for 1 year, processed data for 3 years; write to us for deletion.',
  maintenance: 'The forum team adds comments each quarter until December 2028.',
  review: 'Last reviewed on 2026-06-01, next review on 2027-06-01.',
  contact: 'https://github.com/our-org/toxi/security/advisories; an answer comes within 3 working days.',
  citation: 'https://example.org/papers/forum',
};

const OTHER: Readonly<Record<string, string>> = {
  '[TODO: model name]': 'toxi-base',
  '[TODO: name of the data set]': 'forum-archive',
  '[TODO: name of the system]': 'moderation desk',
  '[TODO: what goes where: prompts, documents, logs, other companies]':
    'Comments stay on our servers; scores and decisions are logged there.',
  '[TODO: what the system can do by itself, with whose rights, and what a person confirms]':
    'It can sort the queue of reports; everything else is confirmed by a moderator.',
};

const HEAD: Readonly<Record<string, string>> = {
  base_model: 'our-org/encoder',
  datasets: 'our-org/forum',
  last_reviewed: '2026-06-01',
  next_review: '2027-06-01',
  pretty_name: 'Forum archive',
  source_datasets: 'original',
};

const answers = new Map<string, string>(Object.entries(OTHER));
for (const [type, table] of [
  ['model', MODEL],
  ['data', DATA],
] as const) {
  for (const spec of fieldsOf(type)) {
    const answer = table[spec.id];
    if (answer) answers.set(`${type} ${placeholderFor(spec)}`, answer);
  }
}

/** A text of a card with every placeholder answered. @throws Error naming a placeholder that has no answer. */
export function fillCard(type: 'model' | 'data', text: string): string {
  let key = '';
  const head = text
    .split('\n')
    .map((line) => {
      key = /^([\w-]+):/.exec(line)?.[1] ?? key;
      return line.replace(/\bTODO # .*?(?:for example (.*))?$/, (_, example?: string) => answerIn(key, example));
    })
    .join('\n');
  return head.replace(/\[TODO: [^\]\n]*\]/g, (mark) => {
    const answer = answers.get(`${type} ${mark}`) ?? answers.get(mark);
    if (!answer) throw new Error(`no answer to ${mark}`);
    return answer;
  });
}

function answerIn(key: string, example: string | undefined): string {
  const answer = example ?? HEAD[key];
  if (!answer) throw new Error(`no answer for ${key}`);
  return answer;
}

/** A text of a prompt file with every placeholder answered: with its own example, where it names one. */
export function fillPrompt(text: string): string {
  return text.replace(/\[TODO: ([^\]\n]*)\]/g, (_, ask: string) => {
    return /such as (.*)$/.exec(ask)?.[1] ?? `Answers to what customers ask the desk about ${ask.length} products`;
  });
}
