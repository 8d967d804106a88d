import type { Fix } from '../../engine/finding.ts';
import { pinAll, pinFix } from '../../engine/pinFix.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import type { Card } from '../../languages/card/card.ts';
import { valuesOf } from '../../languages/card/structuredCard.ts';

const CALL =
  /\b(?:from_pretrained|load_dataset|hf_hub_download|snapshot_download)[ \t]*\([ \t\r\n]*(?:(?:repo_id|path|pretrained_model_name_or_path)[ \t]*=[ \t]*)?(?:["']([^"'\n]{1,150})["']|([A-Za-z_]\w{0,60}))/g;
/** A repository of the Hub, and no folder: templates write `path/to/model`. */
const REPOSITORY = /^(?!\.)[\w-][\w.-]{0,90}\/[\w-][\w.-]{0,90}$/;
const FOLDER =
  /(?:^|[/_.-])(?:path|to|your|my|output|outputs|results?|checkpoints?|local|saved|models?|data|username|user|org)(?:\/|$)|checkpoint-\d|\.(?:pt|bin|json|csv)$/i;
/** How far the arguments of one call are read. In UTF-16 code units. */
const MAX_CALL = 1_500;
/** A file that is loaded, at the branch of a repository: what it is tomorrow is up to whoever can push. */
const LINK =
  /\bhttps:\/\/(?:huggingface\.co\/[\w./-]{1,150}\/resolve\/(?:main|master)|raw\.githubusercontent\.com\/[\w.-]{1,60}\/[\w.-]{1,100}\/(?:refs\/heads\/)?(?:main|master))\/[\w./%+-]{1,200}\.(?:safetensors|gguf|ggml|bin|pt|pth|ckpt|onnx|h5|keras|tflite|pkl|joblib|npz|parquet|jsonl|csv|tsv|arrow|zip|tar|gz|tgz)\b/g;

export const unpinnedCardSnippet = defineRule({
  meta: {
    id: 'GL808',
    name: 'unpinned-card-snippet',
    title: 'Code or link in a card that names no revision',
    kinds: ['model-card', 'data-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.1-2',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
    ],
    why: 'Readers copy the code of a card. Without a revision they get whatever stands in the repository on that day, also after somebody else has taken it over; with `trust_remote_code=True` they run it.',
    how: 'Add `revision="<commit>"`, or link the file at a commit. A digest beside the link does as well. Where a lock file or a cache of the Hub in the workspace names the commit, the fix fills it in.',
    messages: {
      call: '{count} of this card names no `revision`: readers load whatever is there on that day',
      code: 'This call runs code of `{repository}` and names no `revision`: readers run whatever is there on that day',
      link: '{count} of this card leads to a branch: readers load whatever is there on that day',
    },
    examples: [
      {
        path: 'README.md',
        bad: '---\nlibrary_name: transformers\n---\n# toxi\n\n```python\nmodel = AutoModel.from_pretrained("forum-team/toxi")\n```\n',
        good: '---\nlibrary_name: transformers\n---\n# toxi\n\n```python\nmodel = AutoModel.from_pretrained("forum-team/toxi", revision="4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a")\n```\n',
      },
      {
        title: 'with code of the repository',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n```python\nname = "forum-team/toxi"\nmodel = AutoModel.from_pretrained(name, trust_remote_code=True)\n```\n',
        good: '# Model Card for toxi\n\n```python\nmodel = AutoModel.from_pretrained("./toxi", trust_remote_code=True)\n```\n',
      },
      {
        title: 'a link',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\nDownload [the weights](https://huggingface.co/forum-team/toxi/resolve/main/toxi.safetensors).\n',
        good: '# Model Card for toxi\n\nDownload [the weights](https://huggingface.co/forum-team/toxi/resolve/4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a/toxi.safetensors).\n',
      },
      {
        title: 'a link with a digest',
        path: 'croissant.json',
        good: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "forum", "recordSet": [], "distribution": [{"contentUrl": "https://huggingface.co/datasets/forum-team/forum/resolve/main/forum.parquet", "sha256": "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592"}]}\n',
      },
    ],
  },
  *check(file) {
    const { card } = file;
    yield* inCode(file);
    if (!/\/(?:main|master)\//.test(card.text)) return;
    const links = card.places ? [...linksInData(card)] : [...linksIn(card.text, 0)];
    const [first] = links;
    const fixes = pinAll(links.flatMap((span) => pinnedLink(file, span)));
    if (first) yield { span: first, message: 'link', data: { count: counted(links.length, 'link') }, fixes };
  },
});

function* inCode(file: SourceFile): Iterable<Problem> {
  const { markdown, text } = file.card;
  const plain: Span[] = [];
  const pins: Fix[] = [];
  const running = new Set<string>();
  for (const { content } of markdown.code) {
    const code = text.slice(content.start, content.end);
    const named = new Map<string, string | undefined>();
    for (const match of code.matchAll(CALL)) {
      const name = match[2] ?? '';
      if (name && !named.has(name)) named.set(name, assigned(code, name));
      const repository = match[1] ?? named.get(name);
      if (!repository || !REPOSITORY.test(repository) || FOLDER.test(repository)) continue;
      const call = code.slice(match.index, match.index + lengthOfCall(code.slice(match.index, match.index + MAX_CALL)));
      if (/\b(?:revision|code_revision)[ \t]*=|\*\*\w/.test(call)) continue;
      const start = content.start + match.index;
      const span = { start, end: start + match[0].length };
      if (/\btrust_remote_code[ \t]*=[ \t]*True\b/.test(call)) {
        const fixes = pinnedCall(file, repository, call, start);
        if (!running.has(repository)) yield { span, message: 'code', severity: 'warning', data: { repository }, fixes };
        running.add(repository);
      } else {
        plain.push(span);
        pins.push(...pinnedCall(file, repository, call, start));
      }
    }
  }
  const [first] = plain;
  const count = counted(plain.length, 'call');
  if (first) yield { span: first, message: 'call', data: { count }, fixes: pinAll(pins) };
}

/** Names the commit that the workspace names, behind the last argument. */
function pinnedCall(file: SourceFile, id: string, call: string, start: number): Fix[] {
  // A comment may hide the end of the call.
  if (!call.endsWith(')') || call.includes('#')) return [];
  const type = /\brepo_type[ \t]*=[ \t]*["'](\w+)["']/.exec(call)?.[1] ?? 'model';
  const kind = call.startsWith('load_dataset') || type === 'dataset' ? 'dataset' : 'model';
  if (kind === 'model' && type !== 'model') return [];
  const body = call.slice(0, -1).trimEnd();
  const at = start + body.length;
  const comma = body.endsWith(',') ? ' ' : ', ';
  return pinFix(file, { kind, id }, (commit) => [{ start: at, end: at, text: `${comma}revision="${commit}"` }]);
}

/** A file of the Hub at the branch `main`, at its commit instead. */
function pinnedLink(file: SourceFile, span: Span): Fix[] {
  const link = file.card.text.slice(span.start, span.end);
  const match = /^https:\/\/huggingface\.co\/(datasets\/)?([\w.-]+\/[\w.-]+)\/resolve\/(main|master)\//.exec(link);
  const [all = '', isData, id, revision = ''] = match ?? [];
  const end = span.start + all.length - 1;
  return id
    ? pinFix(file, { kind: isData ? 'dataset' : 'model', id, revision }, (text) => [
        { start: end - revision.length, end, text },
      ])
    : [];
}

/** The text that a name stands for in a snippet. */
function assigned(code: string, name: string): string | undefined {
  return name
    ? new RegExp(`(?:^|\\n)[ \\t]*${name}[ \\t]*=[ \\t]*["']([^"'\\n]{1,150})["']`).exec(code)?.[1]
    : undefined;
}

/** Up to the parenthesis that closes the call; brackets in strings are rare in one. */
function lengthOfCall(code: string): number {
  let depth = 0;
  for (let index = 0; index < code.length; index++) {
    if (code[index] === '(') depth++;
    else if (code[index] === ')' && --depth === 0) return index + 1;
  }
  return code.length;
}

function* linksIn(text: string, offset: number): Iterable<Span> {
  for (const { index, 0: url } of text.matchAll(LINK))
    yield { start: offset + index, end: offset + index + url.length };
}

/** Links of a structured card that no digest stands beside. */
function* linksInData(card: Card): Iterable<Span> {
  for (const { span } of valuesOf(card, (map) =>
    map.some(({ key }) => /^(?:md5|sha\d+|hash|hashes|checksum)$/.test(key)),
  )) {
    yield* linksIn(card.text.slice(span.start, span.end), span.start);
  }
}

function counted(count: number, what: string): string {
  return count === 1 ? `A ${what}` : `One of ${count} ${what}s`;
}
