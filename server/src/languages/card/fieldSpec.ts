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
  /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|\/issues\b|\bSECURITY\.md\b|\bsecurity\.txt\b|\b(?:issue tracker|open an issue|contact (?:us|me|the))\b/i;
