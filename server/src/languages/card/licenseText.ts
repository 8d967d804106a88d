/** What stands at the top of widely used licences, by the id of SPDX or the Hub in lower case. */
const TITLES: readonly (readonly [id: string, title: RegExp])[] = [
  ['apache-2.0', /^[ \t]*Apache License\s+Version 2\.0\b/m],
  ['mit', /Permission is hereby granted, free of charge, to any person obtaining a copy\s+of this software and/],
  ['isc', /Permission to use, copy, modify, and\/or distribute this software for any\s+purpose/],
  ['unlicense', /This is free and unencumbered software released into the public domain/],
  ['agpl-3.0', /^[ \t]*GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3\b/m],
  ['lgpl-3.0', /^[ \t]*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3\b/m],
  ['lgpl-2.1', /^[ \t]*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1\b/m],
  ['gpl-3.0', /^[ \t]*GNU GENERAL PUBLIC LICENSE\s+Version 3\b/m],
  ['gpl-2.0', /^[ \t]*GNU GENERAL PUBLIC LICENSE\s+Version 2\b/m],
  ['mpl-2.0', /^[ \t]*Mozilla Public License,? Version 2\.0\b/im],
  ['cc0-1.0', /\bCC0 1\.0 Universal\b/],
  ['cc-by-4.0', /\bAttribution 4\.0 International\b/],
  ['cc-by-sa-4.0', /\bAttribution-ShareAlike 4\.0 International\b/],
  ['cc-by-nc-4.0', /\bAttribution-NonCommercial 4\.0 International\b/],
  ['cc-by-nd-4.0', /\bAttribution-NoDerivatives 4\.0 International\b/],
  ['cc-by-nc-sa-4.0', /\bAttribution-NonCommercial-ShareAlike 4\.0 International\b/],
  ['cc-by-nc-nd-4.0', /\bAttribution-NonCommercial-NoDerivatives 4\.0 International\b/],
  ['llama2', /\bLLAMA 2 COMMUNITY LICENSE AGREEMENT\b/i],
  ['llama3', /\bLLAMA 3 COMMUNITY LICENSE AGREEMENT\b/i],
  ['llama3.1', /\bLLAMA 3\.1 COMMUNITY LICENSE AGREEMENT\b/i],
  ['llama3.2', /\bLLAMA 3\.2 COMMUNITY LICENSE AGREEMENT\b/i],
  ['llama3.3', /\bLLAMA 3\.3 COMMUNITY LICENSE AGREEMENT\b/i],
  ['llama4', /\bLLAMA 4 COMMUNITY LICENSE AGREEMENT\b/i],
  ['gemma', /^[ \t]*Gemma Terms of Use\b/im],
  ['creativeml-openrail-m', /\bCreativeML Open RAIL(?:\+\+)?-M\b/],
];
const BSD = /Redistribution and use in source and binary forms, with or without\s+modification/;
const BSD_3 = /\bNeither the names? of\b/;
/** Longer texts hold licences of others too. In UTF-16 code units. */
const MAX_TEXT = 60_000;
/** Addresses of licences. */
const ADDRESSES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /^https?:\/\/creativecommons\.org\/licenses\/([a-z-]+)\/(\d\.\d)\b/i,
    ([, kind, version]) => `cc-${kind}-${version}`,
  ],
  [/^https?:\/\/creativecommons\.org\/publicdomain\/zero\/1\.0\b/i, () => 'cc0-1.0'],
  [/^https?:\/\/(?:www\.)?apache\.org\/licenses\/LICENSE-2\.0\b/i, () => 'apache-2.0'],
  [/^https?:\/\/(?:www\.)?opensource\.org\/licen[cs]es?\/([\w.-]+?)(?:\.(?:php|html))?\/?$/i, ([, id]) => id ?? ''],
  [/^https?:\/\/(?:www\.)?spdx\.org\/licenses\/([\w.+-]+?)(?:\.html)?\/?$/i, ([, id]) => id ?? ''],
];

/** The one licence whose text this is, as an id in lower case; undefined for none, several and unknown ones. */
export function licenseOfText(text: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const found = TITLES.filter(([, title]) => title.test(text)).map(([id]) => id);
  if (BSD.test(text)) found.push(BSD_3.test(text) ? 'bsd-3-clause' : 'bsd-2-clause');
  return found.length === 1 ? found[0] : undefined;
}

/**
 * A licence as written somewhere, in a form that can be compared: lower case, addresses as ids, without `-only` and
 * `-or-later`. Undefined for expressions, names in words and values that say nothing.
 */
export function comparableLicense(written: string): string | undefined {
  const value = written.trim();
  const known = ADDRESSES.flatMap(([pattern, id]) => {
    const match = pattern.exec(value);
    return match ? [id(match)] : [];
  });
  const id = (known[0] ?? value).toLowerCase().replace(/-(?:only|or-later)$|\+$/, '');
  if (!/^[a-z][a-z0-9.+-]*$/.test(id) || /^(?:other|unknown|todo|tbd|none|proprietary|noassertion)$/.test(id))
    return undefined;
  return id;
}
