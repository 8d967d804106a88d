import { distance } from 'fastest-levenshtein';
import parseExpression from 'spdx-expression-parse';
import deprecatedIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import currentIds from 'spdx-license-ids/index.json' with { type: 'json' };

/** Ids the Hugging Face Hub takes in `license` (its documentation of repository licences, November 2026). */
export const HUB_LICENSES: readonly string[] = (
  'apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m afl-3.0 ' +
  'artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 ' +
  'cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 ' +
  'cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 ' +
  'epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research ' +
  'intel-research lppl-1.3c ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0 openmdw-1.1 openrail++ osl-3.0 ' +
  'postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 ' +
  'llama3.1 llama3.2 llama3.3 llama4 grok2-community gemma unknown other'
).split(' ');

/** The licence was found, or what it was probably meant to be. */
export type LicenseReading =
  | { readonly known: true }
  | {
      readonly known: false;
      /** The one id that is near; absent when none or several are. */
      readonly guess?: string;
      /** True when only capitals, blanks or separators differ. */
      readonly spelling?: boolean;
    };

const SPDX: readonly string[] = [...currentIds, ...deprecatedIds];
const CANONICAL = new Map(SPDX.map((id) => [id.toLowerCase(), id]));
const OPERATORS = new Set(['and', 'or', 'with']);
const MAX_LENGTH = 200;

/** The id as SPDX spells it (`Apache-2.0` for `apache-2.0`); undefined for ids that are not SPDX's. */
export function spdxId(id: string): string | undefined {
  return CANONICAL.get(id.toLowerCase());
}

/** Reads a `license` value: an id of the Hub or of SPDX, or an SPDX expression; capitals do not matter. */
export function readLicense(written: string): LicenseReading {
  const value = written.trim();
  const lower = value.toLowerCase();
  if (HUB_LICENSES.includes(lower) || CANONICAL.has(lower) || isExpression(value)) return { known: true };
  if (value.length > MAX_LENGTH) return { known: false };
  const bare = squeeze(value);
  const same = [...HUB_LICENSES, ...SPDX].find((id) => squeeze(id) === bare);
  if (same) return { known: false, guess: same, spelling: true };
  const named = withoutWords(value);
  // A name or number too short says nothing: `v2` or `cc` would be near to many.
  if (named.length < 3) return { known: false };
  const guess = only(HUB_LICENSES, named) ?? only(SPDX, named);
  return guess ? { known: false, guess } : { known: false };
}

/** A licence id as SPDX writes it, where it is one of SPDX's. */
export function canonicalLicense(id: string): string {
  return CANONICAL.get(id.toLowerCase()) ?? id;
}

/** The one id that is equal without filler words, continues with a version, or has one letter wrong. */
function only(ids: readonly string[], named: string): string | undefined {
  const bare = ids.map((id) => [id, withoutWords(id)] as const);
  const tests: readonly ((candidate: string) => boolean)[] = [
    (candidate) => candidate === named,
    (candidate) => candidate.startsWith(named) && /^\d+$/.test(candidate.slice(named.length)),
    (candidate) =>
      named.length > 4 &&
      /[a-z]{3}/.test(named) &&
      numbers(candidate) === numbers(named) &&
      distance(candidate, named) === 1,
  ];
  for (const test of tests) {
    const near = bare.filter(([, candidate]) => test(candidate));
    if (near.length > 0) return near.length === 1 ? near[0]?.[0] : undefined;
  }
  return undefined;
}

function numbers(id: string): string {
  return id.replace(/\D/g, '');
}

function squeeze(value: string): string {
  return value.toLowerCase().replace(/[\s._-]+/g, '');
}

/** `The Apache License, Version 2.0` and `apache-2.0` come to the same. */
function withoutWords(value: string): string {
  return value
    .toLowerCase()
    .replace(/\b(?:the|licen[sc]e|licen[sc]ed|version|public|community)\b/g, ' ')
    .replace(/(?<=[a-z\s])v(?:er)?(?=\.?\s?\d)/g, '')
    .replace(/[^a-z0-9+]+/g, '');
}

function isExpression(value: string): boolean {
  if (value.length > MAX_LENGTH) return false;
  const canonical = value.replace(/[A-Za-z0-9.:-]+/g, (word) => {
    const lower = word.toLowerCase();
    return OPERATORS.has(lower) ? lower.toUpperCase() : (CANONICAL.get(lower) ?? word);
  });
  try {
    parseExpression(canonical);
    return true;
  } catch {
    return false;
  }
}
