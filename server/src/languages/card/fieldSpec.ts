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
  /** The title may say it, too: "Model Card: a graph transformer". */
  readonly saysInTitle?: true;
  /** The title of the card states it, besides the words "model card". */
  readonly fromTitle?: true;
  /** The paragraph under the title states it. */
  readonly fromLead?: true;
  /** "none" and "N/A" are answers here. */
  readonly noneIsAnswer?: boolean;
  /** Title of the section a fix inserts, and what its placeholder asks the author for. */
  readonly heading: string;
  readonly ask: string;
  /** Fields of one group stand under one section in the common templates. */
  readonly group: string;
}

/** One pattern that matches a whole text; `.*` at an end is left out together with its anchor, which spares the search. */
export const whole = (...alternatives: string[]) => {
  const anchored = alternatives.map(
    (part) =>
      `${part.startsWith('.*') ? '' : '^'}(?:${part.replace(/^\.\*|\.\*$/g, '')})${part.endsWith('.*') ? '' : '$'}`,
  );
  return new RegExp(anchored.join('|'), 'i');
};
export const LICENSE_HEADINGS = [
  '.*\\blicen[sc](?:e|es|ing)\\b.*',
  'legal information',
  'terms of use',
  'permitted use',
];
export const LICENSE_SAYS =
  /\b(?:licen[sc]ed under|(?:released|available|distributed|published) under\b.{0,60}\blicen[sc]e|licen[sc]e:|public domain|CC0|CC[- ]BY\b)/i;
export const INTEGRITY_HEADINGS = [
  '.*\\b(?:checksums?|hash(?:es)?|sha-?256|integrity|signatures?|attestation|verification)\\b.*',
];
export const INTEGRITY_LABELS = ['.*\\b(?:sha-?(?:1|256|384|512)|checksums?|md5|hash(?:es)?|signature)\\b.*'];
export const INTEGRITY_SAYS =
  /\b(?:sha-?(?:256|384|512)|SHA256SUMS|checksums?|sigstore|cosign|\.sig\b|signed (?:with|by|using))/i;
export const RETENTION_SAYS =
  /\b(?:retention|retained for|kept for|stored for|(?:deleted|removed|wiped) (?:after|within|once|when))\b/i;
export const REVIEW_HEADINGS = [
  '.*\\b(?:review(?: (?:frequency|schedule|date|cycle|plan))?|next review|last reviewed|update (?:frequency|schedule))',
  'refresh(?: and monitoring)?',
];
export const REVIEW_LABELS = [
  '(?:next|last) (?:review|update)(?:ed|d)?\\b.*',
  'review (?:frequency|cycle|date|schedule|due)\\b.*',
  'reviewed\\b.*',
  'update frequency',
];
export const REVIEW_SAYS =
  /\b(?:next review|last reviewed|reviewed (?:every|each|annually|quarterly|monthly|yearly)|review(?:ed)? (?:is )?due)\b/i;
export const CONTACT_SAYS =
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|\/issues\b|\bSECURITY\.md\b|\bsecurity\.txt\b|\b(?:issue tracker|open an issue|contact (?:us|me|the))\b/i;
export const VERSION_HEADINGS = [
  '(?:model |dataset |data )?versions?(?:\\(s\\))?(?: (?:history|details|and maintenance))?',
  'changelog',
];
export const VERSION_LABELS = ['(?:current |model |dataset |data )?version(?:\\(s\\))?(?: (?:number|date))?'];
export const DATE_HEADINGS = [
  'release dates?',
  '(?:model|publication) dates?',
  'release (?:and|&) update',
  'last updated?',
];
export const DATE_LABELS = [
  '(?:initial )?release(?:d| dates?)?(?: on)?',
  '(?:model )?(?:release )?dates?',
  '(?:date )?published(?: on)?',
  'publication date',
  '(?:last )?updated?(?: on)?',
];
export const DATE_SAYS =
  /\b(?:released|published|last updated|updated) (?:on |in )?(?:the )?(?:\d{4}-\d\d|\d{1,2}\b.{0,12}\b20\d\d|[a-z]{3,9}\.? (?:\d{1,2}, ?)?20\d\d|20\d\d\b)/i;
export const CITATION_HEADINGS = [
  '(?:.* )?(?:citations?|bibtex|references?|publications?)\\b.*',
  'cit(?:e|ing)\\b.*',
  '(?:related )?(?:papers?|links|resources)(?:\\(s\\))?\\b.*',
  '(?:model|dataset) sources?',
];
export const CITATION_LABELS = [
  '(?:related )?papers?(?:\\(s\\))?\\b.*',
  '(?:code )?repository\\b.*',
  'github\\b.*',
  'code',
  'citations?\\b.*',
  'references?\\b.*',
  'bibtex',
  'doi',
];
export const CITATION_SAYS =
  /arxiv\.org\/|doi\.org\/|github\.com\/|@(?:article|misc|inproceedings|techreport|software)\{/i;
export const LANGUAGE_SAYS =
  /\b(?:English|German|French|Spanish|Italian|Portuguese|Dutch|Polish|Czech|Swedish|Danish|Norwegian|Finnish|Greek|Turkish|Russian|Ukrainian|Arabic|Hebrew|Persian|Hindi|Bengali|Urdu|Tamil|Chinese|Mandarin|Japanese|Korean|Vietnamese|Thai|Indonesian|Swahili|Latin)\b|\bmultilingual\b/;
