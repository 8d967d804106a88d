import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { nextReview } from '../../server/src/languages/card/dates.ts';
import { HEX_DIGITS, impossibleDigests, statedDigests } from '../../server/src/languages/card/digests.ts';
import { HUB_LICENSES, readLicense } from '../../server/src/languages/card/licenses.ts';
import { cardSnippets, newDataCard, newModelCard } from '../../server/src/languages/card/skeletons.ts';
import { CARD_TEMPLATES, cardFrom } from '../../server/src/languages/card/templates.ts';
import { frontMatterKeys } from '../../server/src/languages/card/values.ts';
import { type KeyHelp, keyAtPath } from '../../server/src/languages/keys.ts';
import { promptKeys } from '../../server/src/languages/prompts/keys/index.ts';
import { PROMPT_SKELETONS } from '../../server/src/languages/prompts/skeletons/index.ts';
import { fillCard, fillPrompt } from '../helpers/answers.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';

const card = (text: string) => fileOf('MODEL_CARD.md', text).card;
/** A digest that is none of the known fakes. */
const HEX = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';

describe('a stated digest', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['in a table', `| File | SHA-256 |\n|---|---|\n| \`a/b.safetensors\` | \`${HEX}\` |\n`, 'a/b.safetensors'],
    [
      'in a table, with a link',
      `| Size | SHA-256 | Download |\n|---|---|---|\n| 1 GB | ${HEX} | [b.gguf](https://x/b.gguf) |\n`,
      'b.gguf',
    ],
    ['in a table of checksums', `| File | Checksum |\n|---|---|\n| b.bin | sha256:${HEX} |\n`, 'b.bin'],
    ['behind a name', `- \`b.safetensors\`: sha256:${HEX}\n`, 'b.safetensors'],
    ['behind a bold name', `**./w/b.onnx** — SHA-256: \`${HEX}\`\n`, './w/b.onnx'],
    ['before a name', `sha256: ${HEX}  b.pt\n`, 'b.pt'],
    ['of a name', `The SHA-256 of b.tar.gz is ${HEX}.\n\nSHA256 (b.tar.gz) = ${HEX}\n`, 'b.tar.gz'],
    ['as sha256sum prints it', `\`\`\`\n# sha256sum *\n${HEX}  b.pkl\n\`\`\`\n`, 'b.pkl'],
    ['in a section of the file', `### b.safetensors\n\n- **SHA-256:** \`${HEX}\`\n`, 'b.safetensors'],
    ['as a label', `- **SHA-256:** ${HEX}\n`, undefined],
    ['in the front matter', `---\nsha256: ${HEX}\n---\n`, undefined],
    ['in a list of files', `---\nfiles:\n- path: b.bin\n  sha256: "${HEX}"\n---\n`, 'b.bin'],
    ['in a map of files', `---\nsha256:\n  b.bin: ${HEX}\n---\n`, 'b.bin'],
    ['of an image', `Run \`ghcr.io/a/b.c@sha256:${HEX}\`\n`, 'none at all'],
    ['that is not of the file but of its content', `- b.bin: canonical SHA-256 ${HEX}\n`, undefined],
    ['cut on purpose', `sha256 prefix: ${HEX.slice(0, 20)}\n`, 'none at all'],
    ['in a sum line of an unnamed algorithm', `\`\`\`\n${HEX}  b.pkl\n\`\`\`\n`, 'none at all'],
  ];
  for (const [name, text, file] of cases) {
    test(name, () => {
      const read = card(`${text}`);
      const found = statedDigests(read);
      assert.deepEqual(impossibleDigests(read), []);
      if (file === 'none at all') return assert.deepEqual(found, []);
      const [first] = found;
      assert.equal(first?.algorithm, 'sha256');
      assert.equal(first?.file, file);
      for (const { hex, span } of found) assert.equal(text.slice(span.start, span.end), hex);
    });
  }

  test('of two on a line the second is of no file', () => {
    const other = HEX.replace(/^9a/, '8b');
    const found = statedDigests(card(`- b.bin: file SHA-256 \`${HEX}\`, canonical SHA-256 \`${other}\`\n`));
    assert.deepEqual(
      found.map(({ file }) => file),
      ['b.bin', undefined],
    );
  });

  test('of every algorithm has its length', () => {
    for (const [algorithm, digits] of Object.entries(HEX_DIGITS)) {
      const hex = (HEX + HEX).slice(0, digits);
      const text = `- b.bin: ${algorithm}: ${hex}\n- c.bin: ${algorithm}: ${hex.slice(1)}\n`;
      assert.deepEqual(
        statedDigests(card(text)).map(({ file }) => file),
        ['b.bin'],
        algorithm,
      );
      assert.deepEqual(
        impossibleDigests(card(text)).map(({ defect }) => defect),
        ['length'],
        algorithm,
      );
    }
  });

  test('can be no digest', () => {
    const defects = [
      '0'.repeat(64),
      'deadbeef'.repeat(8),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      HEX.replace('9a129', '9g129'),
    ];
    const text = defects.map((hex, i) => `- f${i}.bin sha256: ${hex}\n`).join('');
    assert.deepEqual(
      impossibleDigests(card(text)).map(({ defect }) => defect),
      ['made-up', 'made-up', 'empty-file', 'digits'],
    );
  });

  test('is not every long word behind the name of an algorithm', () => {
    const text =
      'SHA-256 cryptographically\n\nsha256: authenticationrequired\n\nSHA-256: see SHA256SUMS\n\nSHA1: abcdefabcdefabcdefabcd\n\nsha256:d7a8fbb307d7\n';
    assert.deepEqual([...statedDigests(card(text)), ...impossibleDigests(card(text))], []);
  });
});

describe('a licence value', () => {
  test('of the lists is known, whatever its capitals', () => {
    for (const id of [
      ...HUB_LICENSES,
      'MIT',
      'Apache-2.0',
      'GPL-2.0-only',
      'gpl-3.0',
      'MIT OR Apache-2.0',
      '(mit and BSD-3-clause)',
      'GPL-2.0-or-later WITH Classpath-exception-2.0',
      'LicenseRef-mine',
    ]) {
      assert.deepEqual(readLicense(id), { known: true }, id);
    }
    assert.equal(new Set(HUB_LICENSES).size, 83);
  });
  const guesses: readonly (readonly [string, string | undefined, boolean?])[] = [
    ['apache 2.0', 'apache-2.0', true],
    ['Apache_2.0', 'apache-2.0', true],
    ['llama-3', 'llama3', true],
    ['CC BY-NC-SA 4.0', 'cc-by-nc-sa-4.0', true],
    ['Apache License 2.0', 'apache-2.0'],
    ['The Apache License, Version 2.0', 'apache-2.0'],
    ['apache2', 'apache-2.0'],
    ['apach-2.0', 'apache-2.0'],
    ['MIT License', 'mit'],
    ['GPLv3', 'gpl-3.0'],
    ['cc-by-4', 'cc-by-4.0'],
    ['cc0', 'cc0-1.0'],
    ['mpl2', 'mpl-2.0'],
    ['cc-by', undefined],
    ['proprietary-x', undefined],
    ['see LICENSE file', undefined],
    ['https://example.org/license', undefined],
    ['v2', undefined],
    ['x'.repeat(5_000), undefined],
  ];
  for (const [written, guess, spelling] of guesses) {
    test(`${written.slice(0, 40)} -> ${guess}`, () => {
      const reading = readLicense(written);
      assert.equal(reading.known, false);
      assert.equal(!reading.known && reading.guess, guess);
      assert.equal(!reading.known && (reading.spelling ?? false), spelling ?? false);
    });
  }
});

describe('the next review', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['**Next review:** 2026-07-31', '2026-07-31'],
    ['Last reviewed 2026-01-01 · Next review: 2026-07', '2026-07-31'],
    ['| Next review | 2024-02 |', '2024-02-29'],
    ['---\nnext_review: 2026-05-01\n---\n', '2026-05-01'],
    ['Next review: 2024-01-01. Next review: 2027-01-01.', '2027-01-01'],
    ['Last reviewed: 2026-01-31\n\nReview frequency: monthly', '2026-02-28'],
    ['Last reviewed: 2026-01-31, reviewed every 6 months', '2026-07-31'],
    ['Last reviewed: 2026-01-31. Review cycle: P90D', '2026-05-01'],
    ['---\nlast_reviewed: 2026-01-01\nreview_frequency: 2 years\n---\n', '2028-01-01'],
    ['Last reviewed: 2026-01-31', undefined],
    ['Next review: soon', undefined],
    ['Next review: 2026-13-45', undefined],
    ['The next review paper of 2019-01-01-b', undefined],
  ];
  for (const [text, due] of cases) test(JSON.stringify(text), () => assert.equal(nextReview(card(text))?.due, due));
});

describe('completion lists', () => {
  test('every key is explained, and no list holds a key or value twice', () => {
    const look = (keys: readonly KeyHelp[]) => {
      assert.equal(new Set(keys.map(({ key }) => key)).size, keys.length);
      for (const { key, help, values = [], keys: below = [] } of keys) {
        assert.match(help, /\.$/, key);
        assert.equal(new Set(values.map(({ value }) => value)).size, values.length, key);
        look(below);
      }
    };
    for (const kind of ['model-card', 'data-card'] as const) look(frontMatterKeys(kind));
    assert.equal(keyAtPath(frontMatterKeys('model-card'), ['pipeline_tag'])?.values?.length, 56);
    const languages = keyAtPath(frontMatterKeys('data-card'), ['language'])?.values ?? [];
    assert.ok(languages.some(({ value, help }) => value === 'de' && help === 'German'));
    assert.equal(keyAtPath(frontMatterKeys('model-card'), ['nonsense']), undefined);
  });
});

describe('snippets', () => {
  const folder = new URL('../../snippets/', import.meta.url);
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<
      string,
      { prefix: string; description: string; body: string[] }
    >;
  /** The text a snippet leaves when every tab stop is passed over; of choices the first. */
  const expand = (body: readonly string[]) =>
    body
      .join('\n')
      .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
      .replace(/(?<!\\)\$\{\d+:((?:\\.|[^\\}])*)\}/g, '$1')
      .replace(/\\([$}\\])/g, '$1');
  const findings = (path: string, text: string) =>
    lintText(path, text).map(({ ruleId, message }) => `${ruleId} ${message}`);

  test('those of cards are the skeletons', () => {
    assert.deepEqual(read('cards.json'), JSON.parse(JSON.stringify(cardSnippets())));
    assert.equal(`${expand(read('cards.json')['Model card']?.body ?? [])}\n`, newModelCard());
    assert.equal(`${expand(read('cards.json')['Data card']?.body ?? [])}\n`, newDataCard());
  });

  test('a new card has no finding but its placeholders', () => {
    for (const [path, text] of [
      ['MODEL_CARD.md', newModelCard()],
      ['DATA_CARD.md', newDataCard()],
    ] as const) {
      const marks = text.match(/TODO\b/g)?.length;
      const found = lintText(path, text);
      assert.deepEqual([...new Set(found.map(({ ruleId }) => ruleId))], ['GL803']);
      assert.equal(found.length, marks);
      for (const { span } of found) assert.match(text.slice(span.start, span.end), /^(?:\[TODO: .*\]|TODO)$/);
    }
  });

  test('a section has no finding but its placeholder', () => {
    for (const [name, { body }] of Object.entries(read('cards.json'))) {
      if (!name.startsWith('Section')) continue;
      const path = name.includes('model card') ? 'MODEL_CARD.md' : 'DATA_CARD.md';
      const own = findings(path, `# X\n\n${expand(body)}\n`).filter((message) => message.startsWith('GL8'));
      assert.equal(own.length, 1, name);
    }
  });

  /** Findings that are shown without asking for hints. */
  const shown = (path: string, text: string) =>
    lintText(path, text)
      .filter(({ severity }) => severity !== 'hint')
      .map(({ ruleId, message }) => `${ruleId} ${message}`);

  test('a card of a template has no finding once it is filled in, and none but its placeholders before', () => {
    for (const template of CARD_TEMPLATES) {
      const { type, file, label } = template;
      const text = `${expand(read('cards.json')[label]?.body ?? [])}\n`;
      assert.equal(text, cardFrom(template));
      assert.deepEqual(shown(file, fillCard(type, text)), [], label);
      const open = lintText(file, text).filter(({ severity }) => severity !== 'hint');
      assert.deepEqual([...new Set(open.map(({ ruleId }) => ruleId))], ['GL803'], label);
      assert.equal(open.length, text.match(/TODO\b/g)?.length, label);
    }
    assert.deepEqual(shown('MODEL_CARD.md', fillCard('model', newModelCard())), []);
    assert.deepEqual(shown('DATA_CARD.md', fillCard('data', newDataCard())), []);
  });

  test('the headings of a template stand for the fields that are asked under them', () => {
    for (const template of CARD_TEMPLATES) {
      const { card } = fileOf(template.file, cardFrom(template));
      for (const [, heading, field] of template.rows) {
        if (typeof field === 'string')
          assert.ok(
            card.specsFor(heading).some(({ id }) => id === field),
            heading,
          );
      }
    }
  });

  test('a section adds no finding to a complete card once it is filled in', () => {
    const whole = { model: fillCard('model', newModelCard()), data: fillCard('data', newDataCard()) };
    for (const [name, { body }] of Object.entries(read('cards.json'))) {
      if (!name.startsWith('Section')) continue;
      const type = name.includes('model card') ? 'model' : 'data';
      const text = `${whole[type]}\n${fillCard(type, expand(body))}\n`;
      assert.deepEqual(shown(type === 'model' ? 'MODEL_CARD.md' : 'DATA_CARD.md', text), [], name);
    }
  });

  test('a new prompt file is of its format, and has no finding once it is filled in', () => {
    for (const { id, label, languages, name, path, text } of PROMPT_SKELETONS) {
      const file = path(name);
      const written = text(name);
      for (const language of languages) {
        assert.equal(`${expand(read(`prompts.${language}.json`)[label]?.body ?? [])}\n`, written, id);
      }
      assert.equal(fileOf(file, written).kind, 'prompt', id);
      assert.deepEqual(shown(file, fillPrompt(written)), [], id);
      assert.match(written, /\[TODO: /);
      assert.equal(
        shown(file, written).length,
        written.match(/\[TODO: /g)?.length,
        `${id}: what is not filled in is a finding`,
      );
      assert.deepEqual(
        [...new Set(findings(file, written).map((finding) => finding.slice(0, 5)))].filter(
          (rule) => !/GL(?:401|417|803)/.test(rule),
        ),
        [],
        id,
      );
    }
  });

  test('keys of a new prompt file are known', () => {
    for (const { id, name, path, text } of PROMPT_SKELETONS) {
      const { prompt } = fileOf(path(name), text(name));
      const table = promptKeys(path(name), prompt.format);
      const known = new Set(table.filter(({ old }) => !old).map(({ key }) => key));
      const own = prompt.fields.keys().map(({ text: key }) => key);
      // LangChain and promptfoo hand `metadata` on.
      assert.deepEqual(
        own.filter((key) => !known.has(key) && key !== 'metadata'),
        [],
        id,
      );
    }
  });

  test('MCP servers and evidence have no finding', () => {
    const mcp = Object.entries(read('mcp.json'));
    const servers = mcp
      .filter(([name]) => !name.includes('input'))
      .map(([, { body }]) => expand(body).replace('server-name', `s${body.length}${body[2]}`.replace(/\W/g, '')));
    const input = expand(read('mcp.json')['MCP input for a secret']?.body ?? []);
    const config = `{ "inputs": [${input}], "servers": { ${servers.join(',\n')} } }`;
    assert.doesNotThrow(() => JSON.parse(config));
    assert.deepEqual(findings('.vscode/mcp.json', config), []);
    for (const { body } of Object.values(read('evidence.json')))
      assert.deepEqual(findings('THREAT_MODEL.md', expand(body)), []);
  });

  test('a prefix stands for one snippet in each language, and the manifest names every file', () => {
    for (const name of readdirSync(folder)) {
      const prefixes = Object.values(read(name)).map(({ prefix }) => prefix);
      assert.equal(new Set(prefixes).size, prefixes.length, name);
    }
    const manifest = JSON.parse(readFileSync(new URL('../package.json', folder), 'utf8'));
    const named = new Set(manifest.contributes.snippets.map(({ path }: { path: string }) => path));
    assert.deepEqual(
      [...named].sort(),
      readdirSync(folder)
        .map((name) => `./snippets/${name}`)
        .sort(),
    );
    for (const { language, path } of manifest.contributes.snippets) {
      if (path.includes('prompts.')) assert.equal(path, `./snippets/prompts.${language}.json`);
    }
  });
});
