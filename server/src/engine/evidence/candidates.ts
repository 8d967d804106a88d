import { type GuidelineId, localId } from '../../guidelines/catalogue.ts';
import type { Edit } from '../span.ts';
import type { Register, RegisterProblem } from './register.ts';
import { evidenceCandidate } from './rules.ts';

interface Sort {
  /** What such a file is, for people. */
  readonly what: string;
  /** Of the path below the project. */
  readonly pattern: RegExp;
  readonly items: readonly GuidelineId[];
}

/**
 * Files that often show what a guideline asks for, by what people call them. Whether one does is for a person to say.
 * Sources: GitHub's names of community health files (SECURITY, CODEOWNERS, LICENSE); SPDX and CycloneDX, recommended file
 * names; lock files with hashes: pip (PEP 751, pip-compile, pipenv, poetry, uv, pdm), npm, pnpm, yarn, cargo.
 */
const SORTS: readonly Sort[] = [
  {
    what: 'security policy',
    pattern: /^(?:\.github\/|docs?\/)?SECURITY\.(?:md|rst|txt|adoc)$/i,
    items: ['etsi-en-304-223:5.2.2-4', 'cra:AnnexI.II.5', 'cra:AnnexI.II.6'],
  },
  {
    what: 'threat model',
    pattern:
      /(?:^|\/)[^/]*threat[-_ ]?(?:model|analysis|assessment)[^/]*\.(?:md|rst|txt|adoc|pdf|docx?|tm7|ya?ml|json)$/i,
    items: ['ncsc-cisa-2023:ncsc-1.2', 'etsi-en-304-223:5.1.3-1'],
  },
  {
    what: 'incident plan',
    pattern:
      /(?:^|\/)[^/]*incident[-_ ]?(?:response|plan|management|handling|runbook)[^/]*\.(?:md|rst|txt|adoc|pdf|docx?)$/i,
    items: ['ncsc-cisa-2023:ncsc-3.3', 'etsi-en-304-223:5.2.2-5'],
  },
  {
    what: 'recovery plan',
    pattern:
      /(?:^|\/)[^/]*(?:disaster[-_ ]?recovery|recovery[-_ ]?plan|business[-_ ]?continuity)[^/]*\.(?:md|rst|txt|adoc|pdf|docx?)$/i,
    items: ['etsi-en-304-223:5.2.1-3'],
  },
  {
    what: 'bill of materials',
    pattern:
      /(?:^|\/)(?:(?:[^/]*[-_.])?(?:sbom|ai-?bom|ml-?bom|bom)(?:[-_.][^/]*)?|[^/]*\.(?:cdx|spdx))\.(?:json|xml|ya?ml|rdf)$|\.spdx$/i,
    items: ['cra:AnnexI.II.1', 'etsi-en-304-223:5.2.1-1'],
  },
  {
    what: 'code owners',
    pattern: /^(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/,
    items: ['ncsc-cisa-2023:ncsc-2.2'],
  },
  {
    what: 'model card',
    pattern: /(?:^|\/)(?:[^/]*[-_.])?(?:model|system)[-_ ]?card(?!s)[^/]*\.md$/i,
    items: ['etsi-en-304-223:5.2.4-1.1', 'eu-ai-act:53.1.a'],
  },
  {
    what: 'data card',
    pattern: /(?:^|\/)(?:[^/]*[-_.])?(?:data(?:set)?[-_ ]?card|datasheet)(?!s)[^/]*\.md$/i,
    items: ['etsi-en-304-223:5.2.4-2'],
  },
  {
    what: 'lock file with hashes',
    pattern:
      /(?:^|\/)(?:Pipfile\.lock|poetry\.lock|uv\.lock|pdm\.lock|pylock(?:\.[\w-]+)?\.toml|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|Cargo\.lock)$/,
    items: ['etsi-en-304-223:5.2.3-1', 'ncsc-cisa-2023:ncsc-2.1'],
  },
  {
    what: 'evaluation report',
    pattern:
      /(?:^|\/)[^/]*(?:eval(?:uation)?[-_ ]?(?:report|results?)|red[-_ ]?team(?:ing)?[-_ ]?(?:report|results?)|pen(?:etration)?[-_ ]?test[-_ ]?(?:report|results?))[^/]*\.(?:md|rst|txt|pdf|docx?|json|html)$/i,
    items: ['ncsc-cisa-2023:ncsc-3.4.1', 'etsi-en-304-223:5.2.5-1', 'etsi-en-304-223:5.2.5-2'],
  },
  {
    what: 'licence',
    pattern: /^(?:LICEN[CS]E|COPYING)(?:[-.][\w.-]+)?$/i,
    items: ['eu-ai-act:AnnexXI.S1.1'],
  },
];

/** What is there for others to fill in, for tests, or for an assistant to follow. Measured on 75 repositories. */
const NOT_OURS =
  /(?:^|\/)(?:tests?|fixtures|templates?|skeletons?|skills|agents|prompts|commands)\/|template|skeleton|\.(?:agent|prompt|instructions|chatmode)\.md$/i;

/** A file, or several of one sort, that may be evidence. */
export interface Candidate {
  readonly what: string;
  /** In path order. */
  readonly files: readonly string[];
  readonly items: readonly GuidelineId[];
}

/** Files of a project that may be evidence, by sort. Paths are relative to the folder that holds `.guidelint`. */
export function findCandidates(paths: readonly string[]): Candidate[] {
  return SORTS.flatMap(({ what, pattern, items }) => {
    // Nobody's paths are that long; the patterns need not read them.
    const files = paths.filter((path) => path.length < 500 && pattern.test(path) && !NOT_OURS.test(path)).sort();
    return files.length > 0 ? [{ what, files, items }] : [];
  });
}

/** Candidates that the register does not speak of: neither one of their files nor every one of their items. */
export function openCandidates(register: Register, paths: readonly string[]): Candidate[] {
  const declared = new Set(register.entries.flatMap(({ files }) => files.map(({ path }) => path)));
  const answered = new Set(register.entries.flatMap(({ items }) => items.map(({ id }) => id)));
  return findCandidates(paths).flatMap((candidate) => {
    if (candidate.files.some((path) => declared.has(path))) return [];
    const items = candidate.items.filter((id) => !answered.has(id));
    return items.length > 0 ? [{ ...candidate, items }] : [];
  });
}

/** The entry of a candidate, with a placeholder wherever only a person knows the answer. */
export function candidateEntry({ what, files, items }: Candidate): string {
  const [first = ''] = files;
  return [
    items.length === 1 ? `  - item: ${items[0]}` : `  - item:\n${items.map((id) => `      - ${id}`).join('\n')}`,
    '    decision: TODO',
    `    statement: "TODO: what the ${what} shows"`,
    `    files: [${yamlText(first)}]`,
    '    owner: TODO',
    '    date: TODO',
    '    review-by: TODO',
    '',
  ].join('\n');
}

/** The entry of an item, with a placeholder for everything that only a person knows. */
export function itemEntry(item: GuidelineId): string {
  return [
    `  - item: ${item}`,
    '    decision: TODO',
    '    statement: "TODO: what is done, and how the files show it"',
    '    files: [TODO]',
    '    owner: TODO',
    '    date: TODO',
    '    review-by: TODO',
    '',
  ].join('\n');
}

/** The register of a project that has none yet. */
export const NEW_REGISTER = `# What people answer for, by guideline item. Nothing here counts until every TODO is replaced.
# The roles of ETSI EN 304 223 that this project has; items of the others are set aside.
# roles: [Developers, System Operators, Data Custodians]
evidence:
`;

/** The edit that adds an entry at the end; undefined where `evidence` is not the last key in block style. */
export function appendEntry(text: string, entry: string): Edit | undefined {
  const end = text.length;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = end === 0 || text.endsWith('\n') ? '' : newline;
  const written = (body: string): Edit => ({ start: end, end, text: lead + body.replaceAll('\n', newline) });
  const top = [...text.matchAll(/^([A-Za-z]\w*)[ \t]*:(.*)$/gm)].at(-1);
  if (!top || !/^evidence$/.test(top[1] ?? '')) {
    return /^evidence[ \t]*:/m.test(text) ? undefined : written(`evidence:\n${entry}`);
  }
  if (!/^\s*(?:#.*)?$/.test(top[2] ?? '')) return undefined;
  // The list's own indentation, which YAML allows to be none.
  const indent = /^([ ]*)-[ \t]/m.exec(text.slice(top.index))?.[1] ?? '  ';
  return written(entry.replace(/^ {2}/gm, indent));
}

/** One hint per sort of file, at the key of the list. */
export function* candidateProblems(
  register: Register,
  text: string,
  paths: readonly string[],
): Iterable<RegisterProblem> {
  for (const candidate of openCandidates(register, paths)) {
    const { what, files, items } = candidate;
    const edit = appendEntry(text, candidateEntry(candidate));
    yield {
      rule: evidenceCandidate,
      span: register.listSpan,
      message: 'candidate',
      data: {
        file: files[0],
        more: files.length > 1 ? ` (and ${files.length - 1} more)` : '',
        what,
        items: items.map(localId).join(', '),
      },
      fixes: edit ? [{ title: `Add an entry for ${files[0]} to confirm`, kind: 'suggestion', edits: [edit] }] : [],
    };
  }
}

/** A path as a YAML value: quoted where it could be read as something else. */
export function yamlText(text: string): string {
  return /^[\w./][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
