import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { statedDigests } from '../languages/card/digests.ts';
import { comparableLicense, licenseOfText } from '../languages/card/licenseText.ts';
import { hubIdIn } from '../languages/hubId.ts';
import { besides } from '../languages/path.ts';
import { allNodes, listOf, type TreeNode, under } from '../languages/tree.ts';
import type { Inventory } from './inventory.ts';

/** `dataset`: what a model was trained or tested on. */
export type Topic = 'license' | 'base-model' | 'dataset' | 'digest';

/** One thing that one document says about the system, so that documents can be held against each other. */
export interface Statement {
  readonly topic: Topic;
  /** In a form that can be compared: a licence id in lower case, an id on a hub or a name, hex digits in lower case. */
  readonly value: string;
  /** Where it stands in `file`. */
  readonly span: Span;
  readonly file: SourceFile;
  /** Of a digest: path of the file it is said to be of, relative to the workspace folder. */
  readonly subject?: string;
  readonly subjectSpan?: Span;
}

export type DocumentType = 'card' | 'bom' | 'spdx' | 'croissant' | 'adapter' | 'licence' | 'readme';

/** Files without a kind that may state something, by name; the content decides. */
const NEIGHBOUR =
  /(?:^|\/)(?:(?:LICEN[CS]E|COPYING)(?:[-.][\w-]+)?(?:\.(?:md|txt))?|adapter_config\.json|[^/]*(?:bom|cdx|cyclonedx|croissant|metadata)[^/]*\.json(?:ld)?)$/i;
const README = /(?:^|\/)README\.(?:md|markdown)$/i;
const LICENCE = /(?:^|\/)(?:LICEN[CS]E|COPYING)[^/]*$/i;
const IS_BOM = /"bomFormat"\s{0,20}:\s{0,20}"CycloneDX"/;
const IS_SPDX = /spdx\.org\/rdf\/3/;
const IS_CROISSANT = /mlcommons\.org\/croissant/;
/** More statements of one document than anybody writes by hand. */
const MAX_STATEMENTS = 5_000;
/** Components hold components. */
const MAX_DEPTH = 20;

/** Whether a file of this name may state something about a model although no rule looks at it by itself. */
export function mayBeNeighbour(path: string): boolean {
  return NEIGHBOUR.test(path);
}

/** Whether a file is a page about the folder, which is of interest where weights stand in it. */
export function isReadme(path: string): boolean {
  return README.test(path);
}

/** What sort of document a file is for a comparison; undefined for code, prompts and all that states nothing here. */
export function documentType({ kind, path, text }: SourceFile): DocumentType | undefined {
  if (LICENCE.test(path)) return 'licence';
  if (/\.json(?:ld)?$/i.test(path)) {
    if (/(?:^|\/)adapter_config\.json$/.test(path)) return 'adapter';
    if (IS_BOM.test(text)) return 'bom';
    if (IS_SPDX.test(text)) return 'spdx';
    return IS_CROISSANT.test(text) ? 'croissant' : undefined;
  }
  if (kind === 'other' && README.test(path)) return describesModel(text) ? 'readme' : undefined;
  return (kind === 'model-card' || kind === 'data-card') && /\.(?:md|markdown)$/i.test(path) ? 'card' : undefined;
}

/** Headings under which pages about a model say what cards say, by what they are about. */
const ABOUT_MODEL: readonly RegExp[] = [
  /^#{1,4}[ \t][^\n]{0,40}\b(?:model (?:details?|description|information|overview|architecture)|base model|architecture)\b/im,
  /^#{1,4}[ \t][^\n]{0,40}\b(?:intended|direct|out-of-scope) uses?\b/im,
  /^#{1,4}[ \t][^\n]{0,40}\b(?:bias|risks?|limitations?|ethical)\b/im,
  /^#{1,4}[ \t][^\n]{0,40}\bdata ?sets?\b|^#{1,4}[ \t][^\n]{0,40}\b(?:training|evaluation) data\b/im,
  /^#{1,4}[ \t][^\n]{0,40}\b(?:evaluation|performance|metrics|benchmarks?|results|accuracy)\b/im,
  /^#{1,4}[ \t][^\n]{0,40}\b(?:training|fine-?tuning)\b/im,
];
/** How far a page is looked at, in UTF-16 code units. */
const MAX_PAGE = 50_000;

/** A page with two such headings; one in another script cannot be judged and gets the benefit of the doubt. */
function describesModel(text: string): boolean {
  const page = text.slice(0, MAX_PAGE);
  if (ABOUT_MODEL.filter((heading) => heading.test(page)).length >= 2) return true;
  const letters = page.match(/\p{L}/gu)?.length ?? 0;
  const latin = page.match(/[A-Za-z]/g)?.length ?? 0;
  return letters - latin > letters / 5;
}

const memo = new WeakMap<SourceFile, readonly Statement[]>();

/** Everything that one document states, in the order of the text; empty for what is no such document. Never throws. */
export function statementsOf(file: SourceFile): readonly Statement[] {
  let known = memo.get(file);
  if (!known) {
    const type = documentType(file);
    known = type ? READERS[type](file).slice(0, MAX_STATEMENTS) : [];
    memo.set(file, known);
  }
  return known;
}

/** All documents of the system that state something, by path. */
export function documentsOf({ files, neighbours }: Inventory): SourceFile[] {
  const all = new Map([...neighbours, ...files]);
  return [...all.values()]
    .filter((file) => documentType(file) !== undefined)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** How a message calls a file. */
export function nameOfDocument(file: { readonly path: string }): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

const READERS: Readonly<Record<DocumentType, (file: SourceFile) => Statement[]>> = {
  card: ofCard,
  bom: ofBom,
  spdx: ofSpdx,
  croissant: ofCroissant,
  adapter: ofAdapter,
  licence: ofLicence,
  // What it says is prose.
  readme: () => [],
};

const DIGITS = 64;
const IS_HEX = Uint8Array.from({ length: 128 }, (_, code) => (/[0-9a-f]/i.test(String.fromCharCode(code)) ? 1 : 0));

/** Whether a text has a run of hex digits as long as a SHA-256: from one such place to the next, so most are passed over. */
export function mayStateDigest(text: string): boolean {
  for (let end = DIGITS - 1; end < text.length; ) {
    let at = end;
    while (at > end - DIGITS && IS_HEX[text.charCodeAt(at)] === 1) at--;
    if (at === end - DIGITS) return true;
    end = at + DIGITS;
  }
  return false;
}

function ofCard(file: SourceFile): Statement[] {
  const { frontMatter, path } = file;
  const head = (key: string, topic: Topic, value: (text: string) => string | undefined) =>
    frontMatter.items(key).flatMap(({ text, span }) => {
      const said = text && value(text);
      return said ? [{ topic, value: said, span, file }] : [];
    });
  const digests = mayStateDigest(file.text) ? statedDigests(file.card) : [];
  return [
    ...head('license', 'license', comparableLicense),
    ...head('base_model', 'base-model', hubIdIn),
    ...(file.kind === 'model-card' ? head('datasets', 'dataset', hubIdIn) : []),
    ...digests.flatMap(({ algorithm, hex, span, file: name, fileSpan }) =>
      algorithm === 'sha256' && name ? [digest(file, hex, span, besides(path, name), fileSpan)] : [],
    ),
  ];
}

function ofLicence(file: SourceFile): Statement[] {
  const value = licenseOfText(file.text);
  return value ? [{ topic: 'license', value, span: { start: 0, end: 0 }, file }] : [];
}

function ofAdapter(file: SourceFile): Statement[] {
  const base = under(rootOf(file), 'base_model_name_or_path');
  return base?.text ? [{ topic: 'base-model', value: hubIdIn(base.text), span: base.span, file }] : [];
}

function ofBom(file: SourceFile): Statement[] {
  const root = rootOf(file);
  const main = under(root, 'metadata', 'component');
  const found = [...(main ? ofComponent(file, main, 0) : []), ...componentsIn(file, root, 0)];
  // Of several models nobody can tell which one the card beside is about.
  const [model, other] = [...(main ? modelsIn(main, 0) : []), ...(root ? modelsIn(root, 0) : [])];
  return model && !other ? [...found, ...datasetsIn(file, root, model)] : found;
}

/** Models that a BOM lists; not those that another one was made from. */
function modelsIn(node: TreeNode, depth: number): TreeNode[] {
  if (depth > MAX_DEPTH) return [];
  const inside = listOf(under(node, 'components')).flatMap((each) => modelsIn(each, depth + 1));
  return under(node, 'type')?.text === 'machine-learning-model' ? [node, ...inside] : inside;
}

/** CycloneDX 1.5 to 1.7: `modelCard.modelParameters.datasets`, in place or by the reference of a component. */
function datasetsIn(file: SourceFile, root: TreeNode | undefined, model: TreeNode): Statement[] {
  const written = listOf(under(model, 'modelCard', 'modelParameters', 'datasets'));
  if (written.length === 0 || !root) return [];
  const byRef = new Map([...allNodes(root)].map((node) => [under(node, 'bom-ref')?.text ?? '', node]));
  return written.flatMap((each) => {
    const ref = under(each, 'ref');
    const node = (ref?.text && byRef.get(ref.text)) || each;
    const id = datasetId(node) ?? ref;
    return id ? [{ topic: 'dataset', value: hubIdIn(id.text), span: (ref ?? id).span, file }] : [];
  });
}

/** The text that says most surely which dataset is meant: an address on the Hub before a name. */
function datasetId(node: TreeNode): TreeNode | undefined {
  const addresses = [
    under(node, 'purl'),
    under(node, 'contents', 'url'),
    ...listOf(under(node, 'externalReferences')).map((each) => under(each, 'url')),
  ];
  const onHub = addresses.find((each) => each?.text && hubIdIn(each.text) !== each.text);
  const name = under(node, 'name');
  return onHub ?? (name?.text ? name : undefined);
}

/** SPDX 3: what the one AI package of the document is related to as `trainedOn` and `testedOn`. */
function ofSpdx(file: SourceFile): Statement[] {
  const root = rootOf(file);
  const graph = listOf(under(root, '@graph')).slice(0, MAX_STATEMENTS);
  const idOf = (node: TreeNode) => under(node, 'spdxId')?.text || under(node, '@id')?.text || '';
  const models = graph.filter((node) => under(node, 'type')?.text === 'ai_AIPackage');
  const [model, other] = models;
  if (!model || other) return [];
  const byId = new Map(graph.map((node) => [idOf(node), node]));
  return graph.flatMap((node) => {
    const isAbout = /^(?:trained|tested)On$/.test(under(node, 'relationshipType')?.text ?? '');
    if (!isAbout || under(node, 'from')?.text !== idOf(model)) return [];
    return listOf(under(node, 'to')).flatMap((target): Statement[] => {
      const dataset = byId.get(target.text);
      const address = dataset && under(dataset, 'software_downloadLocation');
      const onHub = address?.text && hubIdIn(address.text) !== address.text ? address : undefined;
      const id = onHub ?? (dataset && under(dataset, 'name')) ?? target;
      return [{ topic: 'dataset', value: hubIdIn(id.text), span: target.span, file }];
    });
  });
}

function componentsIn(file: SourceFile, node: TreeNode | undefined, depth: number): Statement[] {
  if (depth > MAX_DEPTH) return [];
  return listOf(under(node, 'components')).flatMap((component) => ofComponent(file, component, depth));
}

/** CycloneDX 1.5 to 1.7: `component`. Licences and ancestors count of models only: a BOM lists libraries too. */
function ofComponent(file: SourceFile, node: TreeNode, depth: number): Statement[] {
  const found: Statement[] = [];
  const name = under(node, 'name');
  if (name?.text) found.push(...digestsAt(file, under(node, 'hashes'), name));
  for (const reference of listOf(under(node, 'externalReferences'))) {
    const url = under(reference, 'url');
    if (url?.text && !/^[a-z][\w+.-]*:/i.test(url.text))
      found.push(...digestsAt(file, under(reference, 'hashes'), url));
  }
  if (under(node, 'type')?.text === 'machine-learning-model') {
    for (const choice of listOf(under(node, 'licenses'))) {
      const id = under(choice, 'license', 'id') ?? under(choice, 'expression');
      const value = id && comparableLicense(id.text);
      if (value) found.push({ topic: 'license', value, span: id.span, file });
    }
    for (const ancestor of listOf(under(node, 'pedigree', 'ancestors'))) {
      const base = ancestorOf(ancestor);
      if (base) found.push({ topic: 'base-model', ...base, file });
    }
  }
  return [...found, ...componentsIn(file, node, depth + 1)];
}

/** Of the model that another one was made from: its package URL, else group and name. */
function ancestorOf(component: TreeNode): { value: string; span: Span } | undefined {
  const purl = under(component, 'purl');
  if (purl?.text.startsWith('pkg:huggingface/')) return { value: hubIdIn(purl.text), span: purl.span };
  const name = under(component, 'name');
  const group = under(component, 'group')?.text;
  return name?.text ? { value: group ? `${group}/${name.text}` : name.text, span: name.span } : undefined;
}

function digestsAt(file: SourceFile, hashes: TreeNode | undefined, subject: TreeNode): Statement[] {
  if (!isFileName(subject.text)) return [];
  return listOf(hashes).flatMap((hash) => {
    const content = under(hash, 'content');
    if (under(hash, 'alg')?.text !== 'SHA-256' || !content || !/^[0-9a-f]{64}$/i.test(content.text)) return [];
    return [digest(file, content.text, content.span, besides(file.path, subject.text), subject.span)];
  });
}

/** Croissant 1.0 and 1.1: `distribution[]` with `contentUrl` and `sha256`; what is contained in an archive has no file. */
function ofCroissant(file: SourceFile): Statement[] {
  const root = rootOf(file);
  const found: Statement[] = [];
  for (const item of listOf(under(root, 'license'))) {
    const value = comparableLicense(item.text);
    if (value) found.push({ topic: 'license', value, span: item.span, file });
  }
  for (const object of listOf(under(root, 'distribution'))) {
    const url = under(object, 'contentUrl');
    const sha256 = under(object, 'sha256');
    if (!url || !sha256 || under(object, 'containedIn') || !isFileName(url.text)) continue;
    if (!/^[0-9a-f]{64}$/i.test(sha256.text)) continue;
    found.push(digest(file, sha256.text, sha256.span, besides(file.path, url.text), url.span));
  }
  return found;
}

function digest(file: SourceFile, hex: string, span: Span, subject: string, subjectSpan?: Span): Statement {
  return { topic: 'digest', value: hex.toLowerCase(), span, file, subject, ...(subjectSpan && { subjectSpan }) };
}

/** A relative path of a file, and no address or name of a package. */
function isFileName(text: string): boolean {
  return /^(?!\/|[A-Za-z]:|[a-z][\w+.-]*:\/\/)[^\n]{0,300}\.[A-Za-z]\w{0,12}$/.test(text);
}

function rootOf({ tree }: SourceFile): TreeNode | undefined {
  return tree[0];
}
