import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parser } from '@lezer/python';
import { URI } from 'vscode-uri';
import type { Finding } from '../server/src/engine/finding.ts';
import { nodeFiles } from '../server/src/hosts/nodeFiles.ts';
import { rules } from '../server/src/rules/index.ts';
import { type ScanResult, scan } from '../server/src/workspace/scan.ts';
import { TODAY } from './helpers/lintText.ts';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));
const TWINS = ['insecure', 'secure'] as const;

/** What shows in the insecure twin: rule ids by file, one per finding, in the order of the ids. */
const EXPECTED: Record<string, string> = {
  '.claude/agents/fixer.md': 'GL408 GL410 GL418',
  '.guidelint/evidence.yaml': 'GL907 GL908 GL909 GL910 GL911 GL912 GL913 GL914 GL915 GL915 GL916 GL916 GL916',
  '.claude/commands/release.md': 'GL403',
  '.claude/commands/ticket.md': 'GL409',
  '.claude/settings.json': 'GL504 GL505 GL506 GL507 GL508',
  '.codex/config.toml': 'GL509 GL510',
  '.claude/skills/handover/SKILL.md': 'GL411 GL412 GL413 GL414 GL415 GL419',
  '.github/agents/triage.agent.md': 'GL403',
  '.github/workflows/desk.yml': 'GL520 GL521 GL522 GL523 GL524',
  '.mcp.json': 'GL501 GL502 GL503 GL511 GL702',
  '.vscode/mcp.json': 'GL501 GL501 GL502',
  'DATA_CARD.md': 'GL203 GL204 GL205 GL206 GL207 GL208 GL209 GL210 GL211 GL212 GL704 GL803 GL804 GL805 GL806 GL807',
  'MODEL_CARD.md': 'GL101 GL102 GL103 GL104 GL105 GL106 GL107 GL108 GL109 GL110 GL111 GL112 GL113 GL701 GL803',
  'AGENTS.md': 'GL402 GL512',
  'adapter/README.md': 'GL102 GL103 GL105 GL106 GL107 GL112 GL703 GL704 GL705 GL706 GL709 GL710',
  'adapter/ai-bom.cdx.json': 'GL105 GL106 GL107 GL112 GL709',
  'adapter/train_adapter.py': 'GL707',
  Dockerfile: 'GL531',
  'assistant/analyst.py': 'GL334 GL335 GL339 GL340 GL341 GL342 GL343',
  'assistant/app.py': 'GL801',
  'assistant/desk.py': 'GL337 GL344 GL344 GL345',
  'assistant/rag.py': 'GL302 GL303 GL314',
  'assistant/tools.py': 'GL304 GL304 GL304',
  'assistant/web.py': 'GL330 GL331 GL332 GL333 GL336 GL338',
  'compose.yaml': 'GL532 GL533',
  'croissant.json': 'GL206 GL805 GL808 GL810 GL811',
  'conf/train.yaml': 'GL527 GL528 GL529',
  'data/README.md': 'GL201 GL202 GL203 GL204 GL205 GL206 GL207',
  'demo.py': 'GL350 GL351 GL353 GL354 GL354 GL355 GL356 GL357',
  'evaluate.py': 'GL301 GL301',
  'fetch.py': 'GL315 GL316 GL317 GL318 GL318 GL319 GL319 GL320 GL321 GL322 GL323 GL324 GL325 GL326 GL327 GL328',
  'prompts/answer.prompty': 'GL404 GL406 GL407 GL416 GL417',
  'legacy.py': 'GL306 GL307 GL308 GL309 GL310 GL311 GL312 GL314',
  'explore.ipynb': 'GL301 GL302 GL313 GL318 GL361 GL362 GL363 GL801',
  'finetune.py': 'GL352 GL358 GL359 GL360',
  'openapi.yaml': 'GL534',
  'prompts/reply.prompt.md': 'GL401 GL802',
  'prompts/sum-up.yaml': 'GL405 GL417 GL421',
  'prompts/system.txt': 'GL801',
  'serve.py': 'GL318 GL801 GL902 GL903',
  'train.py': 'GL301 GL301 GL303 GL305 GL314',
  'weights/MLmodel': 'GL530',
  'weights/config.json': 'GL525',
  'weights/model_card.json': 'GL115 GL803 GL804 GL807 GL809',
  'weights/tokenizer_config.json': 'GL526',
};

/** Accepted risks: file, rule and whether a reason is given. */
const SUPPRESSED = {
  insecure: ['evaluate.py GL302 with a reason', 'serve.py GL302 without a reason'],
  secure: ['evaluate.py GL302 with a reason'],
};

/**
 * Rules the project does not break: they are about Guidelint's configuration, expired dates, unreadable files and what has
 * changed since a commit (GL420); a card without results (GL112) has none that are incomplete (GL114), and a card at the
 * top speaks of all weights below (GL708).
 */
const ELSEWHERE = ['GL114', 'GL420', 'GL708', 'GL901', 'GL904', 'GL905', 'GL906'];

/** `GL401`, or `GL101–GL107` for all between. */
const RULE_IDS = /\bGL(\d{3})(?:–GL(\d{3}))?/g;

async function scanFolder(...segments: string[]): Promise<ScanResult> {
  const folder = URI.file(join(EXAMPLES, ...segments)).toString();
  const log = (message: string) => assert.fail(message);
  return scan({ files: nodeFiles(), folder, rules, today: TODAY, log });
}

/** Paths below a folder of the examples, with forward slashes; without what running Python leaves behind. */
function filesBelow(...segments: string[]): string[] {
  const root = join(EXAMPLES, ...segments);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.includes('__pycache__') && statSync(join(root, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

const open = ({ suppression }: Finding) => !suppression;
const ids = (findings: readonly Finding[]) =>
  findings
    .filter(open)
    .map(({ ruleId }) => ruleId)
    .sort()
    .join(' ');

describe('examples', () => {
  let both: ScanResult;
  before(async () => {
    both = await scanFolder();
  });

  test('the insecure twin has the defects of the table, file by file', () => {
    const shown = both.files
      .filter(({ path, findings }) => path.startsWith('insecure/') && findings.some(open))
      .map(({ path, findings }) => [path.slice('insecure/'.length), ids(findings)]);
    assert.deepEqual(Object.fromEntries(shown), EXPECTED);
  });

  test('everything outside the insecure twin is clean', () => {
    const shown = both.files
      .filter(({ path }) => !path.startsWith('insecure/'))
      .flatMap(({ path, findings }) =>
        findings.filter(open).map(({ ruleId, message }) => `${path} ${ruleId} ${message}`),
      );
    assert.deepEqual(shown, []);
    assert.deepEqual(both.skipped, []);
  });

  test('every rule shows in the insecure twin, and its README names it', () => {
    const shown = new Set(
      both.files.flatMap(({ path, findings }) =>
        path.startsWith('insecure/') ? findings.filter(open).map(({ ruleId }) => ruleId) : [],
      ),
    );
    const missing = rules.map(({ meta }) => meta.id).filter((id) => !shown.has(id) && !ELSEWHERE.includes(id));
    assert.deepEqual(missing, [], 'add the defect to examples/insecure, or the rule to ELSEWHERE');
    const named = new Set<string>();
    for (const [, first, last = first] of readFileSync(join(EXAMPLES, 'README.md'), 'utf8').matchAll(RULE_IDS)) {
      for (let id = Number(first); id <= Number(last); id++) named.add(`GL${id}`);
    }
    assert.deepEqual([...named].sort(), [...shown].sort());
  });

  for (const twin of TWINS) {
    test(`the accepted risks of the ${twin} twin`, () => {
      const accepted = both.files
        .filter(({ path }) => path.startsWith(`${twin}/`))
        .flatMap(({ path, findings }) =>
          findings.flatMap(({ ruleId, suppression }) =>
            suppression
              ? [`${path.slice(twin.length + 1)} ${ruleId} ${suppression.reason ? 'with' : 'without'} a reason`]
              : [],
          ),
        );
      assert.deepEqual(accepted, SUPPRESSED[twin]);
    });

    test(`the ${twin} twin gives the same findings when it is opened alone`, async () => {
      const alone = await scanFolder(twin);
      const list = ({ files }: ScanResult, prefix: string) =>
        files
          .filter(({ path }) => path.startsWith(prefix))
          .flatMap(({ path, findings }) =>
            findings.map(({ ruleId, span, message }) => ({ path: path.slice(prefix.length), ruleId, span, message })),
          );
      assert.deepEqual(list(alone, ''), list(both, `${twin}/`));
    });

    test(`the weights of the ${twin} twin are a safetensors file`, () => {
      const bytes = readFileSync(join(EXAMPLES, twin, 'weights', 'model.safetensors'));
      const end = 8 + Number(bytes.readBigUInt64LE(0));
      const header = JSON.parse(bytes.toString('utf8', 8, end));
      assert.equal(header['classifier.bias'].data_offsets[1], bytes.length - end);
    });
  }

  test('the twins have the same files', () => {
    assert.deepEqual(filesBelow('secure'), filesBelow('insecure'));
  });

  describe('Python', () => {
    const sources = TWINS.flatMap((twin) => filesBelow(twin).map((path) => `${twin}/${path}`)).flatMap((path) => {
      const text = readFileSync(join(EXAMPLES, path), 'utf8');
      if (path.endsWith('.py')) return [{ path, text }];
      if (!path.endsWith('.ipynb')) return [];
      // A magic is a line of its own here, and no Python.
      const cells: { cell_type: string; source: string[] }[] = JSON.parse(text).cells;
      return cells
        .filter((cell) => cell.cell_type === 'code')
        .map((cell, index) => ({
          path: `${path}, code cell ${index + 1}`,
          text: cell.source.map((line) => line.replace(/^[%!].*/, '')).join(''),
        }));
    });

    test('parses', () => {
      assert.ok(sources.length >= 16);
      for (const { path, text } of sources) {
        parser.parse(text).iterate({
          enter: ({ type, from }) => assert.ok(!type.isError, `${path}, offset ${from}`),
        });
      }
    });

    test('is accepted by Python itself', (t) => {
      if (spawnSync('python3', ['--version']).status !== 0) return t.skip('python3 is not installed');
      const check = 'import ast, json, sys\nfor s in json.load(sys.stdin): ast.parse(s["text"], s["path"])';
      execFileSync('python3', ['-c', check], { input: JSON.stringify(sources), stdio: ['pipe', 'pipe', 'inherit'] });
    });
  });

  test('the made-up secrets lack the exact shape of real ones', () => {
    const real = /\bhf_[A-Za-z0-9]{34}\b|\bsk-ant-api03-[\w-]{93}AA\b/;
    for (const path of filesBelow()) assert.doesNotMatch(readFileSync(join(EXAMPLES, path), 'utf8'), real, path);
  });
});
