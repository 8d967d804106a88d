import { defineRule } from '../../engine/rule.ts';
import { lineAt } from '../../engine/span.ts';
import { isUnderWarning, sentenceAt } from '../../languages/prompts/prose.ts';

const MOVING =
  /https?:\/\/(?:raw\.githubusercontent\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/(?:refs\/heads\/)?(?:main|master|develop|dev|HEAD)\/|gist\.githubusercontent\.com\/[\w-]{1,100}\/[0-9a-f]{20,40}\/raw\/(?![0-9a-f]{40})|(?:pastebin\.com\/raw|paste\.rs|hastebin\.com\/raw|termbin\.com)\/)[^\s`'"<>)\]|]{0,300}/g;
const DATA =
  /\.(?:csv|tsv|json|ya?ml|xml|png|jpe?g|gif|svg|webp|ico|pdf|parquet|xlsx?|zip|xsd|dtd|geojson|html?|gitignore)(?:[?#]|$)|(?:CHANGELOG|LICEN[CS]E)[\w.]{0,10}$/i;
const OBEY =
  /\b(?:follow|execut\w*|run(?:s|ning)?|install\w*|obey|appl(?:y|ies)|comply|adhere|bash|sh|source|npx|uvx|iex|python3?|node)\b/i;
const READ =
  /\b(?:fetch\w*|read|load\w*|download\w*|use|import|consult|refer|retriev\w*|curl|wget|iwr|irm|Invoke-\w+|instructions?|prompts?|rules|guidelines|skills?)\b/i;

/** What is run or obeyed by its nature. */
const PROGRAM =
  /\.(?:sh|bash|ps1|psm1|psd1|py|js|mjs|ts|rb|pl)(?:[?#]|$)|(?:SKILL|AGENTS|CLAUDE|GEMINI)\.md|\.(?:prompt|instructions|agent|chatmode)\.md|\bagents?[-/]|\bllm|\.mdc\b/;
/** How far around an address its verb may stand, in UTF-16 code units. */
const NEAR = 400;
const FORBIDS =
  /\b(?:never|do not|don['’]t|must not|avoid|instead of|rather than|malicious|attack\w*|reject\w*|block\w*)\b|[❌🚫]/iu;

export const instructionsFromMovingSource = defineRule({
  meta: {
    id: 'GL411',
    name: 'instructions-from-moving-source',
    title: 'Instructions or scripts fetched from a branch that changes',
    kinds: ['prompt'],
    severity: 'info',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-3',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'cwe:CWE-829',
      'cwe:CWE-494',
    ],
    why: 'The model reads what the branch holds on that day. Whoever can write to it changes the prompt, past every review of this file.',
    how: 'Keep a copy in the project, or name a commit in the address instead of a branch.',
    messages: {
      read: '`{host}` sends what its branch holds today: this part of the prompt is under nobody’s review',
      obey: 'The model is told to follow or run what `{host}` sends today, unchecked',
    },
    detections: ['INS-07'],
    examples: [
      {
        path: 'AGENTS.md',
        bad: 'Fetch https://raw.githubusercontent.com/example/rules/main/style.md and follow it.\n',
        good: 'Fetch https://raw.githubusercontent.com/example/rules/0123456789abcdef0123456789abcdef01234567/style.md and follow it.\n',
      },
      { path: 'AGENTS.md', good: 'The prices are in https://raw.githubusercontent.com/example/data/main/prices.csv\n' },
    ],
  },
  *check({ prompt, text }) {
    const seen = new Set<string>();
    for (const match of text.slice(prompt.bodyStart).matchAll(MOVING)) {
      const start = prompt.bodyStart + match.index;
      const span = { start, end: start + match[0].length };
      const source = /^https?:\/\/[^/]+\/[^/]*\/?[^/]*/.exec(match[0])?.[0] ?? match[0];
      if (DATA.test(match[0]) || seen.has(source)) continue;
      const fenced = prompt.prose.text.slice(start, span.end).trim() === '' && text[start - 1] !== '`';
      const line = fenced ? lineAt(text, start) : sentenceAt(prompt.prose, start).span;
      const before = text.slice(Math.max(line.start, start - NEAR), start);
      const around = `${before} ${text.slice(span.end, Math.min(line.end, span.end + NEAR))}`;
      if (isUnderWarning(prompt.prose, start) || FORBIDS.test(around)) continue;
      if (!OBEY.test(around) && !READ.test(around) && !PROGRAM.test(match[0])) continue;
      seen.add(source);
      const host = /^https?:\/\/([^/]+)/.exec(match[0])?.[1] ?? '';
      yield OBEY.test(around)
        ? { span, message: 'obey', data: { host }, severity: 'warning' }
        : { span, message: 'read', data: { host } };
    }
  },
});
