// What the editor answers besides findings: completion, hover, outline and the lens, in cards and prompt files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { askedFields, countByFramework, countOf } from '../../server/src/engine/askedFields.ts';
import { DEFAULT_CONFIG, parseConfig } from '../../server/src/engine/config.ts';
import { jsonCursor } from '../../server/src/languages/jsonCursor.ts';
import { xmlCursor } from '../../server/src/languages/xmlCursor.ts';
import { yamlCursor, yamlPlaceAt } from '../../server/src/languages/yamlCursor.ts';
import { lensTitle } from '../../server/src/lsp/cardFields.ts';
import { sectionOffers } from '../../server/src/lsp/cardSections.ts';
import { completionsAt } from '../../server/src/lsp/completion.ts';
import { fieldHover } from '../../server/src/lsp/fieldHover.ts';
import { keyedOf } from '../../server/src/lsp/keyed.ts';
import { keyHover } from '../../server/src/lsp/keyHover.ts';
import { outlineOf } from '../../server/src/lsp/outline.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';

/** A document whose text holds one `|` where the cursor is. */
function at(path: string, marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = TextDocument.create('file:///x', '', 1, text);
  const file = fileOf(path, text);
  return {
    file,
    offset,
    text,
    labels: (languageId = '') =>
      completionsAt(
        file,
        offset,
        rules,
        ({ start, end }) => ({ start: document.positionAt(start), end: document.positionAt(end) }),
        languageId,
      ).map(({ label }) => label),
    hover: () => {
      const keyed = keyedOf(file);
      return keyed && keyHover(text, keyed, offset)?.value;
    },
  };
}

const CARD =
  '---\nlicense: mit\n---\n# Model Card for toxi\n\n## Intended use\n\nModerators sort comments.\n\n## Limitations\n\n[TODO: x]\n';

describe('completion', () => {
  const cases: readonly (readonly [
    string,
    path: string,
    text: string,
    has: readonly string[],
    hasNot: readonly string[],
  ])[] = [
    ['a key of a card', 'MODEL_CARD.md', '---\nlicense: mit\nlib|\n---\n', ['library_name', 'base_model'], ['license']],
    ['a value of a card', 'MODEL_CARD.md', '---\nlicense: ap|\n---\n', ['apache-2.0'], ['license']],
    ['an item of a list', 'DATA_CARD.md', '---\nlanguage:\n  - |\n---\n', ['de', 'multilingual'], ['license']],
    [
      'a nested key',
      'MODEL_CARD.md',
      '---\nmodel-index:\n  - name: x\n    results:\n      - task:\n          |\n---\n',
      ['type'],
      ['license'],
    ],
    [
      'a nested value',
      'MODEL_CARD.md',
      '---\nmodel-index:\n- name: x\n  results:\n  - task:\n      type: text|\n---\n',
      ['text-classification'],
      [],
    ],
    [
      'a key of an item',
      'MODEL_CARD.md',
      '---\nmodel-index:\n  - name: x\n    results:\n      - |\n---\n',
      ['task', 'dataset', 'metrics'],
      ['name'],
    ],
    ['nothing in the body', 'MODEL_CARD.md', '---\nlicense: mit\n---\n# X\n\nlic|\n', [], ['license']],
    ['a prompt', 'a.prompt.md', '---\n|\n---\nx\n', ['description', 'tools', 'agent'], ['mode', 'applyTo']],
    ['a value of a prompt', 'a.prompt.md', '---\nagent: |\n---\nx\n', ['ask', 'edit', 'agent'], []],
    ['a list on one line', 'a.agent.md', "---\ntools: ['read', 'se|']\n---\nx\n", ['search', 'execute'], []],
    [
      'an agent of Claude',
      '.claude/agents/a.md',
      '---\npermissionMode: |\n---\nx\n',
      ['plan', 'bypassPermissions'],
      [],
    ],
    [
      'an agent of VS Code',
      '.github/agents/a.agent.md',
      '---\nuser|\n---\nx\n',
      ['user-invocable'],
      ['user-invokable', 'permissionMode'],
    ],
    ['a handoff', 'a.agent.md', '---\nhandoffs:\n  - label: x\n    |\n---\n', ['agent', 'send'], ['tools']],
    ['a skill', 'x/SKILL.md', '---\nname: x\n|\n---\n', ['allowed-tools', 'metadata'], ['name']],
    ['a Cursor rule', '.cursor/rules/a.mdc', '---\nglobs: *.ts\n|\n---\n', ['alwaysApply'], ['globs']],
    ['a Prompty file', 'a.prompty', '---\nmodel:\n  connection:\n    kind: |\n---\nx\n', ['reference', 'key'], []],
    ['a Dotprompt file', 'a.prompt', '---\noutput:\n  format: |\n---\nx\n', ['json'], []],
    ['a GitHub Models prompt', 'a.prompt.yml', 'name: x\nmessages:\n  - role: |\n', ['system', 'user'], []],
    ['a command in TOML', '.gemini/commands/a.toml', 'pro|\n', ['prompt', 'description'], []],
    ['promptfoo', 'promptfooconfig.yaml', 'prompts: [x]\n|', ['tests', 'providers'], ['prompts']],
    ['no head, no keys', 'AGENTS.md', '---\n|\n---\n', [], ['description']],
  ];
  for (const [what, path, text, has, hasNot] of cases) {
    test(what, () => {
      const labels = at(path, text).labels();
      for (const label of has) assert.ok(labels.includes(label), `${label} in ${labels.join(' ')}`);
      for (const label of hasNot) assert.ok(!labels.includes(label), `no ${label} in ${labels.join(' ')}`);
      assert.equal(new Set(labels).size, labels.length);
      if (has.length === 0) assert.deepEqual(labels, []);
    });
  }

  test('what VS Code completes by itself is left to it', () => {
    assert.deepEqual(at('x/SKILL.md', '---\nname: x\n|\n---\n').labels('skill').slice(0, 1), ['allowed-tools']);
    assert.deepEqual(at('a.prompt.md', '---\n|\n---\nx\n').labels('prompt'), []);
    assert.deepEqual(at('a.agent.md', '---\n|\n---\nx\n').labels('chatagent'), ['mcp-servers']);
  });

  test('keys and values of structured cards, by the table they are read by', () => {
    const data = at('datapackage.json', '{ "name": "x", "resources": [], "|": "" }').labels();
    assert.ok(data.includes('contributors') && data.includes('sources'));
    const owner = at('x/model_card.json', '{"model_details": {"owners": [{ "|" }]}, "considerations": {}}').labels();
    assert.deepEqual(owner, ['name', 'contact']);
    const license = at(
      'x/model_card.json',
      '{"model_details": {"licenses": [{"identifier": "|"}]}, "considerations": {}}',
    );
    assert.ok(license.labels().includes('Apache-2.0'));
    const yaml = at('datapackage.yaml', 'resources: []\n|');
    assert.ok(yaml.labels().includes('licenses') && !yaml.labels().includes('resources'));
  });

  test('elements and values of a CycloneDX BOM in XML, in the order of its schema', () => {
    const bom = (inside: string, type = 'machine-learning-model') =>
      at(
        'bom.xml',
        `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="${type}"><name>x</name><modelCard>${inside}</modelCard></component></metadata></bom>`,
      ).labels();
    assert.deepEqual(bom('|'), ['modelParameters', 'quantitativeAnalysis', 'considerations', 'properties']);
    assert.deepEqual(bom('<modelParameters/>\n|\n<considerations></considerations>'), ['quantitativeAnalysis']);
    assert.deepEqual(bom('<modelParameters><tas|</modelParameters>').slice(0, 2), ['approach', 'task']);
    assert.deepEqual(bom('<modelParameters><approach><type>|</type></approach></modelParameters>').slice(0, 2), [
      'supervised',
      'unsupervised',
    ]);
    assert.deepEqual(bom('<considerations><useCases><useCase>a</useCase><|'), ['useCase']);
    assert.deepEqual(bom('<considerations><useCases><useCase>a|</useCase></useCases></considerations>'), []);
    assert.deepEqual(bom('<!-- | -->'), []);
    assert.deepEqual(bom('|', 'library'), []);
    const license = at(
      'bom.xml',
      '<b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.6"><b:metadata><b:component type="machine-learning-model"><b:licenses><b:license><b:id>|</b:id></b:license></b:licenses><b:modelCard/></b:component></b:metadata></b:bom>',
    );
    assert.ok(license.labels().includes('Apache-2.0'));
    const json = at(
      'bom.json',
      '{"bomFormat":"CycloneDX","metadata":{"component":{"type":"machine-learning-model","modelCard":{"modelParameters":{"approach":{"type":"|"}}}}}}',
    );
    assert.ok(json.labels().includes('self-supervised'));
  });

  test('a place in broken or huge XML is told in no time', () => {
    const started = performance.now();
    for (const run of ['<', '>', '<a>', '</a>', '<!--', '<![CDATA[', ' ', '"', '<a b="'])
      for (const offset of [5, 25_000]) assert.ok(xmlCursor(run.repeat(50_000 / run.length), offset).path.length < 200);
    assert.ok(performance.now() - started < 5_000);
  });

  test('MCP servers and settings of assistants', () => {
    const server = at('.mcp.json', '{ "mcpServers": { "x": { "command": "npx", "|" } } }').labels();
    assert.ok(server.includes('args') && !server.includes('*'));
    const modes = at('.claude/settings.json', '{ "permissions": { "defaultMode": "|" } }').labels();
    assert.deepEqual(modes.slice(0, 2), ['default', 'plan']);
    assert.deepEqual(at('.vscode/mcp.json', '{ "servers": { "x": { "|" } } }').labels(), []);
  });

  test('a section that is still missing, while its heading is typed', () => {
    const { file, offset } = at('MODEL_CARD.md', `${CARD}\n## |\n`);
    const offers = sectionOffers(file.card, offset, () => askedFields(file, rules, DEFAULT_CONFIG));
    const titles = offers.map(({ label }) => label);
    assert.ok(titles.includes('Failure modes') && !titles.includes('Intended use'));
    assert.match(offers.find(({ label }) => label === 'Guardrails')?.text ?? '', /^Guardrails\n\n\[TODO: .*\]\n$/);
    const wanted = offers.map(({ wanted }) => wanted);
    assert.ok(wanted.includes(true) && wanted.includes(false));
    assert.ok(wanted.indexOf(false) > wanted.lastIndexOf(true), 'those asked for come first');
    const before = at('MODEL_CARD.md', '# Model Card\n\n## |\n\nText below.\n');
    assert.equal(sectionOffers(before.file.card, before.offset, () => [])[0]?.text, 'Name');
    const code = at('MODEL_CARD.md', '# Model Card\n\n```py\n# |\n```\n');
    assert.deepEqual(
      sectionOffers(code.file.card, code.offset, () => []),
      [],
    );
  });

  test('the configuration', () => {
    assert.ok(at('.guidelint.yaml', 'rules:\n  GL301: |').labels().includes('off'));
    assert.ok(at('.guidelint.yaml', '|').labels().includes('profile'));
    assert.ok(at('.guidelint.yaml', 'accept:\n  - rule: |').labels().includes('GL301'));
    assert.ok(at('.guidelint.yaml', 'accept:\n  - rule: GL301\n    |').labels().includes('until'));
  });
});

describe('hover', () => {
  const cases: readonly (readonly [what: string, path: string, text: string, says: RegExp | undefined])[] = [
    ['a key', 'a.prompt.md', '---\nag|ent: ask\n---\n', /since VS Code 1\.106 · was `mode`/],
    ['its value', 'a.prompt.md', '---\nagent: a|sk\n---\n', /`ask`: only answers|`ask`: answers/],
    ['an old key', 'a.prompt.md', '---\nmo|de: ask\n---\n', /No longer written:.*renamed to `agent`/],
    ['an old spelling', 'a.agent.md', '---\nuser-invok|able: true\n---\n', /1\.110/],
    ['a nested key', 'a.agent.md', '---\nhandoffs:\n  - label: x\n    se|nd: true\n---\n', /no person stands between/],
    ['the same word elsewhere', 'a.agent.md', '---\nse|nd: true\n---\n', undefined],
    ['in TOML', '.gemini/commands/a.toml', 'pro|mpt = "x"\n', /shell command/],
    ['a key of a card', 'MODEL_CARD.md', '---\nlice|nse: mit\n---\n', /SPDX/],
    ['a language', 'DATA_CARD.md', '---\nlanguage:\n  - d|e\n---\n', /German/],
    ['a structured card', 'datapackage.json', '{ "name": "x", "resources": [], "sour|ces": [] }', /\*\*Sources:\*\*/],
    [
      'an element of a BOM',
      'bom.xml',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="machine-learning-model"><modelCard><considerations><use|Cases/></considerations></modelCard></component></metadata></bom>',
      /`useCases`\n\n\*\*Intended use:\*\*/,
    ],
    [
      'an element of a library',
      'bom.xml',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="machine-learning-model"><modelCard/></component><component type="library"><vers|ion>1</version></component></components></bom>',
      undefined,
    ],
    ['an MCP server', '.mcp.json', '{ "mcpServers": { "x": { "ar|gs": [] } } }', /Pin what is downloaded/],
    ['its name', '.mcp.json', '{ "mcpServers": { "x|": { "args": [] } } }', /A server/],
    [
      'settings of Claude',
      '.claude/settings.json',
      '{ "permissions": { "default|Mode": "plan" } }',
      /What holds for the rest/,
    ],
    ['the body', 'a.prompt.md', '---\nagent: ask\n---\nag|ent: x\n', undefined],
  ];
  for (const [what, path, text, says] of cases) {
    test(what, () => {
      const value = at(path, text).hover();
      if (says) assert.match(value ?? '', says);
      else assert.equal(value, undefined);
    });
  }

  test('a section of a card: what belongs there, whether it is filled, and who asks', () => {
    const { file, offset } = at('MODEL_CARD.md', CARD.replace('## Limit', '## Lim|it'));
    const value = fieldHover(file.card, offset, () => askedFields(file, rules, DEFAULT_CONFIG))?.value ?? '';
    assert.match(value, /^\*\*Limitations\*\* · still to fill in\n\nWhat belongs here: .*\n\nAsked by \[/);
    const title = at('MODEL_CARD.md', CARD.replace('# Model', '# Mo|del'));
    assert.equal(
      fieldHover(title.file.card, title.offset, () => []),
      undefined,
    );
    const label = at('MODEL_CARD.md', '# Model Card\n\n- **Lic|ense:** MIT\n');
    assert.match(fieldHover(label.file.card, label.offset, () => [])?.value ?? '', /\*\*License\*\* · filled/);
  });
});

describe('the outline of a card', () => {
  test('keys of the head, then the fields in the order of the text', () => {
    const [head, ...fields] = outlineOf(fileOf('MODEL_CARD.md', CARD));
    assert.deepEqual(
      head?.children?.map(({ name, detail }) => [name, detail]),
      [['license', 'mit']],
    );
    assert.deepEqual(
      fields.map(({ name, detail }) => [name, detail]),
      [
        ['Name', ''],
        ['Intended use', ''],
        ['Limitations', 'still to fill in'],
      ],
    );
  });

  test('of a structured card too; none of other files', () => {
    const text = '{ "name": "x", "resources": [], "sources": [{ "title": "Forum" }] }';
    const fields = outlineOf(fileOf('datapackage.json', text));
    assert.ok(fields.some(({ name, at }) => name === 'Sources' && text.slice(at.start, at.end).includes('sources')));
    assert.deepEqual(outlineOf(fileOf('AGENTS.md', '# X\n')), []);
  });

  test('every entry holds its name, and its children', () => {
    for (const path of ['examples/insecure/MODEL_CARD.md', 'examples/secure/DATA_CARD.md']) {
      const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
      for (const entry of outlineOf(fileOf(path, text))) {
        for (const { span, at } of [entry, ...(entry.children ?? [])]) {
          assert.ok(span.start <= at.start && at.end <= span.end);
          assert.ok(entry.span.start <= span.start && span.end <= entry.span.end, entry.name);
        }
      }
    }
  });
});

describe('the fields a card is asked for', () => {
  test('those of the rules in force, counted by framework', () => {
    const file = fileOf('MODEL_CARD.md', CARD);
    const asked = askedFields(file, rules, DEFAULT_CONFIG);
    const count = countOf(asked);
    assert.equal(new Set(asked.map(({ id }) => id)).size, asked.length);
    assert.equal(count.filled, 2, 'licence and intended use');
    assert.match(lensTitle(asked), new RegExp(`^2 of ${count.asked} documentation fields filled · .* \\d+/\\d+`));
    for (const [, { filled, asked: all }] of countByFramework(asked)) assert.ok(filled <= 2 && all <= count.asked);
    const strict = askedFields(file, rules, parseConfig('profile: strict\n', rules).config);
    assert.ok(strict.length > asked.length);
    const without = askedFields(file, rules, parseConfig('rules:\n  GL101: off\n', rules).config);
    assert.equal(without.length, asked.length - 1);
  });

  test('a rule reports exactly those it asks for and does not find', () => {
    const asking = new Set(rules.filter(({ fields }) => fields).map(({ meta }) => meta.id));
    for (const [path, text] of [
      ['MODEL_CARD.md', CARD],
      ['README.md', `---\nlibrary_name: timm\n---\n${CARD.slice(CARD.indexOf('# Model'))}`],
      ['DATA_CARD.md', '# Data card: Forum\n\n## Sources\n\nThe forum, 2024.\n'],
      ['datapackage.json', '{ "name": "x", "resources": [] }'],
    ] as const) {
      const missing = askedFields(fileOf(path, text), rules, DEFAULT_CONFIG).filter(
        ({ field }) => field.state === 'absent',
      );
      const reported = lintText(path, text).map(({ ruleId }) => ruleId);
      assert.deepEqual(
        [...new Set(missing.map(({ ruleId }) => ruleId))].sort(),
        [...new Set(reported.filter((id) => asking.has(id)))].sort(),
        path,
      );
    }
  });

  test('none where the format has no place for a field', () => {
    const file = fileOf('datapackage.json', '{ "name": "x", "resources": [] }');
    const ids = askedFields(file, rules, DEFAULT_CONFIG).map(({ id }) => String(id));
    assert.ok(ids.includes('sources') && !ids.includes('annotation'));
  });
});

test('a card of 3,000 lines is answered within 10 ms', () => {
  const section = (index: number) =>
    `## Part ${index}\n\nThis paragraph says what was measured in run ${index}.\n\n| a | b |\n|---|---|\n| ${index} | 2 |\n\n`;
  const text = `---\nlicense: mit\nlib\n---\n# Model Card for toxi\n\n${Array.from({ length: 380 }, (_, index) => section(index)).join('')}## `;
  assert.ok(text.split('\n').length > 3_000);
  const file = fileOf('MODEL_CARD.md', text);
  const range = () => ({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  // The findings are made first; what is asked here comes on top.
  const asked = () => askedFields(file, rules, DEFAULT_CONFIG);
  asked();
  file.card.fields();
  const questions = {
    lens: () => lensTitle(asked()),
    outline: () => outlineOf(file),
    keys: () => completionsAt(file, text.indexOf('lib') + 3, rules, range),
    sections: () => sectionOffers(file.card, text.length, asked),
    hover: () => fieldHover(file.card, text.indexOf('Part 300'), asked),
  };
  for (const [what, ask] of Object.entries(questions)) {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      ask();
      return performance.now() - started;
    });
    assert.ok(Math.min(...times) < 10, `${what}: ${Math.min(...times).toFixed(1)} ms`);
  }
});

test('where a place stands is found in linear time, whatever the text', () => {
  const long = 200_000;
  const pieces = ['-', ' ', 'a', '- ', 'a: ', '[', '"', ',', "'", '\t', 'a:\n', '- a:\n  ', '{', '{"a":', '\\'];
  for (const piece of pieces) {
    const text = `a: ${piece.repeat(long / piece.length)}`;
    for (const offset of [text.length, text.length >> 1]) {
      for (const find of [yamlCursor, yamlPlaceAt, jsonCursor]) {
        const started = performance.now();
        find(text, offset);
        const millis = performance.now() - started;
        assert.ok(millis < 500, `${find.name} of ${JSON.stringify(piece)} at ${offset}: ${millis.toFixed(0)} ms`);
      }
    }
  }
});
