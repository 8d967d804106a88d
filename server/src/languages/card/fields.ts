/** The two kinds of card; a field belongs to one of them. */
export type CardType = 'model' | 'data';

/**
 * One piece of documentation that guidelines ask a card for, and where authors put it. Heading and label synonyms, keys
 * and their precision were measured on about 2,000 public cards; each pattern is matched against the whole heading or
 * label, in lower case.
 */
export interface FieldSpec {
  readonly id: string;
  /** As it is called in a sentence: "the intended use". */
  readonly title: string;
  /** Front-matter keys that state it; `ignore` names values that state nothing. */
  readonly keys?: readonly string[];
  readonly ignore?: readonly string[];
  readonly headings: RegExp;
  readonly labels: RegExp;
  /** Title of a table column that states it. */
  readonly column?: RegExp;
  /** A sentence that states it anywhere in the text. */
  readonly says?: RegExp;
  /** "none" and "N/A" are answers here. */
  readonly noneIsAnswer?: boolean;
  /** Title of the section a fix inserts, and what its placeholder asks the author for. */
  readonly heading: string;
  readonly ask: string;
  /** Fields of one group stand under one section in the common templates. */
  readonly group: string;
}

/** One pattern that matches a whole text; `.*` at an end is left out together with its anchor, which spares the search. */
const whole = (...alternatives: string[]) => {
  const anchored = alternatives.map(
    (part) =>
      `${part.startsWith('.*') ? '' : '^'}(?:${part.replace(/^\.\*|\.\*$/g, '')})${part.endsWith('.*') ? '' : '$'}`,
  );
  return new RegExp(anchored.join('|'), 'i');
};
const LICENSE_HEADINGS = ['.*\\blicen[sc](?:e|es|ing)\\b.*', 'legal information', 'terms of use', 'permitted use'];
const LICENSE_SAYS =
  /\b(?:licen[sc]ed under|(?:released|available|distributed|published) under\b.{0,60}\blicen[sc]e|licen[sc]e:|public domain|CC0|CC[- ]BY\b)/i;
const INTEGRITY_HEADINGS = [
  '.*\\b(?:checksums?|hash(?:es)?|sha-?256|integrity|signatures?|attestation|verification)\\b.*',
];
const INTEGRITY_LABELS = ['.*\\b(?:sha-?(?:1|256|384|512)|checksums?|md5|hash(?:es)?|signature)\\b.*'];
const INTEGRITY_SAYS =
  /\b(?:sha-?(?:256|384|512)|SHA256SUMS|checksums?|sigstore|cosign|\.sig\b|signed (?:with|by|using))/i;
const RETENTION_SAYS =
  /\b(?:retention|retained for|kept for|stored for|(?:deleted|removed|wiped) (?:after|within|once|when))\b/i;
const REVIEW_HEADINGS = [
  '.*\\b(?:review(?: (?:frequency|schedule|date|cycle|plan))?|next review|last reviewed|update (?:frequency|schedule))',
  'refresh(?: and monitoring)?',
];
const REVIEW_LABELS = [
  '(?:next|last) (?:review|update)(?:ed|d)?\\b.*',
  'review (?:frequency|cycle|date|schedule|due)\\b.*',
  'reviewed\\b.*',
  'update frequency',
];
const REVIEW_SAYS =
  /\b(?:next review|last reviewed|reviewed (?:every|each|annually|quarterly|monthly|yearly)|review(?:ed)? (?:is )?due)\b/i;
const CONTACT_SAYS =
  /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|\/issues\b|\bSECURITY\.md\b|\bsecurity\.txt\b|\b(?:issue tracker|open an issue|contact (?:us|me|the))\b/i;

/** Fields of a model card, in the order of the common templates. */
export const MODEL_FIELDS = [
  {
    id: 'license',
    title: 'the licence',
    keys: ['license', 'license_name', 'license_link'],
    headings: whole(...LICENSE_HEADINGS),
    labels: whole('(?:model |weights |code )?licen[sc]e[sd]?\\b.*', 'terms of use'),
    says: LICENSE_SAYS,
    heading: 'License',
    ask: 'the licence of the weights, as an SPDX or Hub id such as apache-2.0',
    group: 'details',
  },
  {
    id: 'owner',
    title: 'the developer',
    keys: ['authors', 'author', 'model_creator', 'developers'],
    headings: whole(
      '(?:model )?developers?',
      '(?:model (?:card )?)?authors?',
      'owners?',
      '(?:developed|created|made) by',
      'team(?: members)?',
      'contributors',
      'credits?\\b.*',
    ),
    labels: whole(
      'developed by',
      '(?:model )?developers?(?:/owner)?',
      '(?:model )?authors?',
      'provider',
      'shared by\\b.*',
      'owner\\w*',
      'created by',
      'organi[sz]ation',
      '(?:model )?creators?',
      'maintainers?',
    ),
    heading: 'Developed by',
    ask: 'the organisation or team that answers for the model',
    group: 'details',
  },
  {
    id: 'base-model',
    title: 'the base model',
    keys: ['base_model'],
    headings: whole(
      'base models?',
      'models? merged',
      'fine-?tuned from\\b.*',
      'parent models?',
      'original model',
      'merge details',
    ),
    labels: whole(
      'fine-?tuned from\\b.*',
      'base models?',
      'parent models?',
      'derived from',
      'original model',
      'quantized from',
      'backbone',
    ),
    noneIsAnswer: true,
    heading: 'Base model',
    ask: 'the model this one is derived from, with its revision (a 40-digit commit), or none',
    group: 'details',
  },
  {
    id: 'intended-use',
    title: 'the intended use',
    headings: whole(
      '(?:primary |secondary |suggested )?intended (?:use|uses|usage|users?)\\b.*',
      '(?:direct|downstream|model|evaluated|primary|secondary) uses?\\b.*',
      'uses?(?: cases?)?(?: and .*)?',
      'use[- ]cases?\\b.*',
      'usage and applications',
      '(?:potential |possible )?applications?',
      'purpose',
      'scope',
      'intended users?',
      'where to use\\b.*',
      'what (?:it|this model) is for',
    ),
    labels: whole(
      '(?:primary )?intended (?:use|usage|users?|purpose)s?\\b.*',
      '(?:primary |direct )?use(?: cases?|s)?',
      'purpose',
      'primary (?:intended )?(?:uses?|users?)\\b.*',
      'for what purpose was\\b.*',
    ),
    says: /(?<!\bnot )(?<!\bnever )\bintended (?:primarily |mainly |only |solely )?(?:use|for|as|to be)\b/i,
    heading: 'Intended use',
    ask: 'who may use the model, for which decisions, in which setting',
    group: 'uses',
  },
  {
    id: 'out-of-scope',
    title: 'out-of-scope use',
    headings: whole(
      '.*\\bout[- ]of[- ]scope\\b.*',
      '(?:misuse|prohibited|unintended|unsuitable|non-intended)\\b.*',
      'not (?:intended|suitable|recommended)\\b.*',
      '(?:usage |use )?restrictions',
      'what (?:this|it) is not\\b.*',
      'licen[cs]e (?:and )?usage restrictions',
      'acceptable use\\b.*',
    ),
    labels: whole(
      'out[- ]of[- ]scope\\b.*',
      'prohibited\\b.*',
      'not (?:intended|suitable|recommended)\\b.*',
      '(?:misuse|unintended)\\b.*',
    ),
    says: /\bout[- ]of[- ]scope\b|\bnot (?:be )?(?:intended|suitable|designed|meant|recommended) (?:for|to|as)\b|\b(?:should|must) not be (?:used|deployed)\b/i,
    heading: 'Out-of-scope use',
    ask: 'uses that must not be made of the model, and why',
    group: 'uses',
  },
  {
    id: 'limitations',
    title: 'known limitations',
    headings: whole(
      '.*\\blimit(?:s|ations?)\\b.*',
      'caveats?\\b.*',
      '.*\\bcaveats(?: and recommendations)?',
      'known (?:issues|caveats|failure modes|problems|weaknesses)',
      'weakness(?:es)?',
      'shortcomings',
    ),
    labels: whole(
      '(?:known |important )?limit(?:s|ations?)\\b.*',
      '.*\\blimitations',
      'caveats?\\b.*',
      'known issues\\b.*',
    ),
    says: /\blimitations?\b|\bhallucinat|\bmay (?:produce|generate|output|return|give|fail|hallucinate)\b|\bperforms? (?:poorly|worse)\b|\b(?:honest|important|main) caveat/i,
    heading: 'Limitations',
    ask: 'input types, languages, groups or conditions where the model fails or was not tested',
    group: 'risks',
  },
  {
    id: 'failure-modes',
    title: 'failure modes',
    headings: whole(
      '.*\\brisks?\\b.*',
      '.*\\bfailure (?:modes?|cases?)\\b.*',
      '(?:potential )?harms?\\b.*',
      'safety\\b.*',
      '.*\\bsafety',
      'broader impl?(?:ications|acts?)\\b.*',
      'ethical considerations\\b.*',
      'error analysis',
      'known (?:issues|failures)',
    ),
    labels: whole(
      '(?:critical |potential |known )?risks?\\b.*',
      'failure (?:modes?|cases?)\\b.*',
      '(?:potential )?harms?\\b.*',
      'typical errors?\\b.*',
    ),
    says: /\bfailure modes?\b|\brisks? (?:of|from|that|include)\b|\b(?:misuse|misused)\b|\bfalse (?:positives?|negatives?|alarms?)\b|\bharm(?:s|ful)\b/i,
    heading: 'Failure modes',
    ask: 'how the model can fail, also under attack; what triggers it, the effect, and how it is noticed',
    group: 'risks',
  },
  {
    id: 'guardrails',
    title: 'guardrails',
    headings: whole(
      '(?:.* )?(?:safeguards?|guardrails?|mitigations?)\\b.*',
      'safety (?:module|flow|measures|boundary|controls?)\\b.*',
      'responsible (?:deployment|use|release|ai)\\b.*',
      '(?:.* )?(?:controls|protections)',
      '(?:caveats and )?recommendations\\b.*',
      'content (?:moderation|filtering)',
      'shipping gate',
      'human (?:oversight|review)\\b.*',
    ),
    labels: whole(
      'safeguards?',
      'guardrails?',
      'mitigations?\\b.*',
      'safety (?:filter|measures)\\b.*',
      'recommendations?',
      'human (?:oversight|review)\\b.*',
    ),
    says: /\b(?:safeguards?|guardrails?|mitigat\w+|content filter|moderation|human[- ]in[- ]the[- ]loop|human (?:oversight|review))\b|\b(?:input|output)s? (?:is|are|must be|should be) (?:filtered|validated|reviewed|checked)\b/i,
    heading: 'Guardrails',
    ask: 'input and output filters, rate limits, human review, how the model is switched off',
    group: 'risks',
  },
  {
    id: 'training-data',
    title: 'the training data',
    keys: ['datasets'],
    headings: whole(
      '.*\\b(?:pre-?)?train(?:ing|ed)?\\b.*\\b(?:data|datasets?|corpus|corpora)\\b.*',
      '(?:fine-?tuning) (?:data|datasets?)',
      'data(?:sets?)?(?: used| overview| sources?| collection details)?',
      'dataset (?:description|details)',
      '.*\\bdata ?sources?\\b.*',
    ),
    labels: whole(
      '(?:pre-?)?train(?:ing|ed)? (?:on|data|datasets?|set|corpus)\\b.*',
      'data(?:sets?)?(?: sources?| used)?',
      'trained on\\b.*',
      'source of trained weights',
    ),
    says: /\b(?:pre-?trained|trained) (?:\w+ ){0,4}(?:on|with|using|from)\b|\b(?:fine-?tuned|finetuned) (?:\w+ ){0,4}(?:on|with|using)\b|\btraining (?:data|set|corpus|dataset)\b/i,
    heading: 'Training data',
    ask: 'each source with its id or URL, revision, licence and the date it was acquired',
    group: 'training',
  },
  {
    id: 'tuning-data',
    title: 'fine-tuning and feedback data',
    headings: whole(
      '.*\\b(?:fine-?tuning|instruction[- ]tuning|rlhf|dpo|sft|preference|alignment|post-?training|feedback)\\b.*\\b(?:data|datasets?|corpus)\\b.*',
      '.*\\b(?:rlhf|human feedback)\\b.*',
    ),
    labels: whole('(?:fine-?tuning|instruction|preference|feedback|rlhf) (?:data|datasets?)\\b.*'),
    says: /\b(?:fine-?tun(?:ed|ing)|finetuned) (?:\w+ ){0,3}(?:on|with|data)\b/i,
    noneIsAnswer: true,
    heading: 'Fine-tuning and feedback data',
    ask: 'source, consent, how operational feedback is filtered, or none',
    group: 'training',
  },
  {
    id: 'evaluation',
    title: 'evaluation results',
    keys: ['model-index', 'metrics', 'eval_results'],
    headings: whole(
      '(?:.* )?(?:evaluations?|eval|results|metrics|performance|benchmarks?|accuracy)\\b.*',
      'evals',
      'validation\\b.*',
    ),
    labels: whole('(?:evaluation )?metrics?', 'accuracy', 'f1\\b.*', '(?:benchmark|evaluation) results?'),
    heading: 'Evaluation',
    ask: 'metric, data set with split and revision, value, date',
    group: 'evaluation',
  },
  {
    id: 'integrity',
    title: 'digests or signatures of the released files',
    headings: whole(...INTEGRITY_HEADINGS),
    labels: whole(...INTEGRITY_LABELS),
    column: whole(...INTEGRITY_LABELS),
    says: INTEGRITY_SAYS,
    heading: 'Integrity',
    ask: 'the sha256 of every released weight file, or where its signature is found',
    group: 'governance',
  },
  {
    id: 'retention',
    title: 'the retention time',
    headings: whole('.*\\b(?:retention|data storage)\\b.*'),
    labels: whole('.*\\bretention\\b.*'),
    says: RETENTION_SAYS,
    heading: 'Retention',
    ask: 'how long model versions, training data and inference logs are kept',
    group: 'governance',
  },
  {
    id: 'review',
    title: 'a review date',
    keys: ['last_reviewed', 'next_review', 'review_date', 'reviewed'],
    headings: whole(...REVIEW_HEADINGS),
    labels: whole(...REVIEW_LABELS),
    says: REVIEW_SAYS,
    heading: 'Review',
    ask: 'when the card was last reviewed, and when it is next',
    group: 'governance',
  },
  {
    id: 'contact',
    title: 'a contact for security reports',
    keys: ['contact'],
    headings: whole(
      '(?:model card )?contacts?\\b.*',
      'feedback',
      'support\\b.*',
      'questions\\b.*',
      '(?:reporting|report)\\b.*',
      'where to send questions\\b.*',
      'security(?: policy)?',
    ),
    labels: whole(
      'contacts?\\b.*',
      '(?:model card |security |point of )?contact',
      'e-?mail',
      'where to send questions\\b.*',
      'feedback',
      'support',
      'report\\b.*',
    ),
    says: CONTACT_SAYS,
    heading: 'Contact',
    ask: 'where to report a vulnerability or poisoned data, and how soon an answer comes',
    group: 'governance',
  },
] as const satisfies readonly FieldSpec[];

/** Fields of a data card, in the order of the common templates. */
export const DATA_FIELDS = [
  {
    id: 'license',
    title: 'the licence',
    keys: ['license', 'license_name', 'license_link', 'license_details', 'licenses'],
    headings: whole(...LICENSE_HEADINGS, 'redistribution', '(?:source and )?licensing'),
    labels: whole(
      '(?:data |dataset )?licen[sc]e[sd]?\\b.*',
      'terms(?: of use)?',
      '.*\\b(?:copyright|other )?\\(?(?:ip|intellectual property)\\)? licen[sc]e.*',
    ),
    says: LICENSE_SAYS,
    heading: 'License',
    ask: 'the licence of the data, as an SPDX or Hub id such as cc-by-4.0',
    group: 'details',
  },
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
    says: /(?<!\bnot )\bintended (?:primarily |mainly |only )?(?:use|for|as|to be)\b/i,
    heading: 'Intended use',
    ask: 'what the data may be used for, by whom',
    group: 'uses',
  },
  {
    id: 'sources',
    title: 'the sources of the data',
    keys: ['source_datasets', 'homepage', 'repository', 'source'],
    ignore: ['original', 'extended', 'none'],
    headings: whole(
      '.*\\b(?:sources?|provenance|origin|lineage)\\b.*',
      'initial data collection\\b.*',
      '(?:data )?collection\\b.*',
      'data collection\\b.*',
      'curation rationale',
      '(?:external|included|raw) data',
    ),
    labels: whole(
      '(?:original |raw |primary )?(?:data )?sources?\\b.*',
      'homepage',
      'repository',
      'download(?: url)?',
      'original (?:data|dataset)',
      'provenance',
      'derived from',
      'how was the data (?:associated with each instance )?(?:acquired|collected|obtained)\\b.*',
      'did you collect the data\\b.*',
      'is the dataset self-contained\\b.*',
      'paper',
    ),
    says: /\b(?:collected|crawled|scraped|downloaded|sourced|extracted|derived|obtained|compiled|generated|taken|gathered|drawn) (?:\w+ ){0,3}(?:from|by|via|using|with)\b|\bsynthetic(?:ally)?\b|\bprocedurally generated\b|\b(?:mirrors?|copy|subset|split) (?:\w+ ){0,4}(?:of|from)\b/i,
    column: whole('(?:data )?sources?(?: url)?', 'origin', 'url', 'provenance'),
    heading: 'Sources',
    ask: 'each source with its URL, licence and the date it was acquired',
    group: 'collection',
  },
  {
    id: 'acquired',
    title: 'when the data was acquired',
    keys: ['date_collected', 'acquired', 'collection_date', 'temporal_coverage'],
    headings: whole(
      '(?:acquisition|collection|retrieval|download) (?:date|period|time ?frame|dates)',
      '(?:data )?acquisition',
      'temporal coverage',
      'collection cadence',
      'time ?frame',
    ),
    labels: whole(
      '(?:date )?(?:acquired|accessed|retrieved|downloaded|collected)(?: on| at)?',
      '(?:acquisition|collection|access|retrieval|snapshot|download) (?:date|period|time ?frame)\\b.*',
      'temporal coverage',
      'date range',
      'over what time ?frame\\b.*',
    ),
    says: /\b(?:collect|crawl|scrap|download|retriev|access|acquir|obtain|gather|record|snapshot|dump|captur|extract|compil)\w*\b[^.]{0,160}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^.]{0,160}\b(?:collect|crawl|scrap|download|retriev|access|acquir|obtain|gather|record|snapshot|dump|captur|compil)\w*\b/i,
    column: whole(
      '(?:date )?(?:acquired|accessed|retrieved|downloaded|collected)(?: on)?',
      '(?:acquisition|access|download|retrieval|collection) date',
    ),
    heading: 'Acquisition',
    ask: 'when each source was acquired, as an ISO date or range such as 2025-06-01/2025-09-30',
    group: 'collection',
  },
  {
    id: 'personal-data',
    title: 'whether the data is personal',
    headings: whole(
      '.*\\b(?:personal|sensitive|sensitivity|privacy|pii|anonymi[sz]ation|de-?identification|gdpr|data protection)\\b.*',
    ),
    labels: whole(
      '(?:contains )?(?:pii|personal|sensitive)\\b.*',
      'privacy\\b.*',
      'does the dataset (?:relate to people|contain data that might be considered)\\b.*',
      '.*\\b(?:confidential|sensitive|personal) (?:data|information)\\b.*',
    ),
    says: /\bpersonal(?:ly)?[- ](?:data|information|identifiable|identifying)\b|\b(?:patient|human[- ]subjects?|user) (?:data|information|records?|or personal)\b|\bprotected health information\b|\b(?:PII|PHI|GDPR|anonymi[sz]\w+|de-?identif\w+|pseudonymi[sz]\w+|HIPAA)\b|\bsynthetic(?:ally)? (?:\w+ ){0,2}(?:data|generated|records?|corpus|examples|cases)\b/i,
    noneIsAnswer: true,
    heading: 'Personal data',
    ask: 'none, or what personal data there is, on what basis, and how it was reduced',
    group: 'risks',
  },
  {
    id: 'limitations',
    title: 'known limitations',
    headings: whole(
      '.*\\blimit(?:s|ations?)\\b.*',
      '(?:known )?(?:issues|caveats|risks|data quality failure modes)\\b.*',
      'considerations (?:for|when|before)\\b.*',
      '.*\\b(?:failure modes|caveats)',
      '.*\\bbias(?:es)?\\b.*',
    ),
    labels: whole(
      '(?:known )?limitations?\\b.*',
      'caveats?\\b.*',
      'are there any errors, sources of noise\\b.*',
      'is there anything about the composition\\b.*',
      'known (?:issues|risks)\\b.*',
    ),
    says: /\blimitations?\b|\bcaveats?\b|\b(?:may|might|can) (?:contain|include) (?:\w+ ){0,3}(?:errors?|noise|bias(?:es)?|duplicates|mistakes)\b|\bnot representative\b/i,
    heading: 'Limitations',
    ask: 'gaps, biases, errors and groups the data does not cover',
    group: 'risks',
  },
  {
    id: 'integrity',
    title: 'digests of the data files',
    headings: whole(...INTEGRITY_HEADINGS),
    labels: whole(...INTEGRITY_LABELS),
    column: whole(...INTEGRITY_LABELS),
    says: INTEGRITY_SAYS,
    heading: 'Integrity',
    ask: 'the sha256 of every data file, or the pinned revision it comes from',
    group: 'governance',
  },
  {
    id: 'retention',
    title: 'the retention time',
    headings: whole('.*\\b(?:retention|rentention|wipeout|data removal|takedown)\\b.*'),
    labels: whole('.*\\b(?:retention|wipeout)\\b.*'),
    says: RETENTION_SAYS,
    heading: 'Retention',
    ask: 'how long raw and processed data are kept, and how deletion is asked for',
    group: 'governance',
  },
  {
    id: 'review',
    title: 'a review date',
    keys: ['last_reviewed', 'next_review', 'review_date', 'reviewed'],
    headings: whole(...REVIEW_HEADINGS, '(?:last and )?next (?:planned )?updates?\\b.*'),
    labels: whole(...REVIEW_LABELS, 'will the dataset be updated\\b.*'),
    says: REVIEW_SAYS,
    heading: 'Review',
    ask: 'when the card was last reviewed, and when it is next',
    group: 'governance',
  },
  {
    id: 'contact',
    title: 'a contact for security reports',
    keys: ['contact'],
    headings: whole(
      '(?:dataset card )?contacts?\\b.*',
      'point of contact',
      'dataset (?:curators?|owners?)',
      'maintainers?',
      'feedback',
    ),
    labels: whole(
      '(?:point of |security )?contacts?\\b.*',
      'e-?mail',
      'how can the (?:owner|curator)\\b.*',
      'curated by',
      'maintained by',
    ),
    says: CONTACT_SAYS,
    heading: 'Contact',
    ask: 'where to report poisoned or wrongly published data, and how soon an answer comes',
    group: 'governance',
  },
] as const satisfies readonly FieldSpec[];

export type ModelFieldId = (typeof MODEL_FIELDS)[number]['id'];
export type DataFieldId = (typeof DATA_FIELDS)[number]['id'];
export type FieldId = ModelFieldId | DataFieldId;

export function fieldsOf(type: CardType): readonly FieldSpec[] {
  return type === 'model' ? MODEL_FIELDS : DATA_FIELDS;
}
