import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import type { Card } from '../../server/src/languages/card/card.ts';
import { type CardType, type FieldId, fieldsOf } from '../../server/src/languages/card/fields.ts';
import { insertKey, insertSection } from '../../server/src/languages/card/insertion.ts';
import { answerOf } from '../../server/src/languages/card/placeholders.ts';
import { newModelCard } from '../../server/src/languages/card/skeletons.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';

const card = (text: string, path = 'MODEL_CARD.md'): Card => fileOf(path, text).card;
const spec = (type: CardType, id: FieldId) =>
  fieldsOf(type).find((field) => field.id === id) as ReturnType<typeof fieldsOf>[number];

describe('a field is found', () => {
  const cases: readonly (readonly [string, FieldId, string, string, string?])[] = [
    ['as a key', 'license', '---\nlicense: mit\n---\n# Model Card\n', 'filled front-matter', 'mit'],
    ['as a list', 'training-data', '---\ndatasets:\n- a/b\n- c\n---\n# Model Card\n', 'filled front-matter', 'a/b, c'],
    ['as a mapping', 'evaluation', '---\nmodel-index:\n- name: x\n---\n# Model Card\n', 'filled front-matter'],
    ['as an empty key', 'license', '---\nlicense:\n---\n# Model Card\n', 'placeholder front-matter'],
    ['as a section', 'limitations', '# Model Card\n\n## Known limitations\n\nSlow.\n', 'filled heading', 'Slow.'],
    [
      'as a section of sections',
      'intended-use',
      '# Model Card\n\n## Uses\n\n### Direct use\n\nSorting.\n',
      'filled heading',
    ],
    ['in an HTML heading', 'limitations', '# Model Card\n\n<h2>Limitations</h2>\n\nSlow.\n', 'filled heading'],
    ['as a label', 'license', '# Model Card\n\n- **License:** MIT\n', 'filled label', 'MIT'],
    ['as a label with the colon outside', 'license', '# Model Card\n\n**License**: MIT\n', 'filled label', 'MIT'],
    ['as a label without a colon', 'owner', '# Model Card\n\n**Model Developers** Meta\n', 'filled label', 'Meta'],
    ['as a plain label', 'license', '# Model Card\n\n- License: MIT\n', 'filled label', 'MIT'],
    [
      'as the second label of a paragraph',
      'license',
      '# Model Card\n\n**Input** text\n**License** MIT\n',
      'filled label',
      'MIT',
    ],
    ['as a row', 'owner', '# Model Card\n\n| A | B |\n|---|---|\n| **Provider** | Meta |\n', 'filled label', 'Meta'],
    [
      'as a label over a list',
      'intended-use',
      '# Model Card\n\n- **Intended use:**\n  - **Who:** us\n',
      'filled label',
    ],
    ['as a bold line over a paragraph', 'limitations', '# Model Card\n\n**Limitations**\n\nSlow.\n', 'filled label'],
    ['in a sentence', 'training-data', '# Model Card\n\nIt was trained on the forum archive.\n', 'filled sentence'],
    [
      'in a column',
      'integrity',
      '# Model Card\n\n| File | Size | SHA-256 |\n|---|---|---|\n| a.bin | 1 | ab12 |\n',
      'filled label',
    ],
    ['but not in the title', 'limitations', '# Limitations of X\n', 'absent '],
    ['but not in a table of contents', 'limitations', '# Model Card\n\n- [Limitations](#limitations)\n', 'absent '],
    ['but not in code', 'limitations', '# Model Card\n\n```\n# Limitations\nlimitations\n```\n', 'absent '],
    ['but not in a comment', 'limitations', '# Model Card\n\n<!-- ## Limitations -->\n', 'absent '],
    ['but not under "Disclaimer"', 'limitations', '# Model Card\n\n## Disclaimer\n\nNo warranty.\n', 'absent '],
    ['but not in a task name', 'intended-use', '---\npipeline_tag: translation\n---\n# Model Card\n', 'absent '],
    [
      'with a placeholder',
      'limitations',
      '# Model Card\n\n## Limitations\n\n[More Information Needed]\n',
      'placeholder heading',
    ],
    [
      'with nothing but a template comment',
      'limitations',
      '# Model Card\n\n## Limitations\n\n<!-- Say where it fails. -->\n',
      'placeholder heading',
    ],
    [
      'with a sentence of the template',
      'guardrails',
      '# Model Card\n\n## Recommendations\n\nUsers (both direct and downstream) should be made aware of the risks, biases and limitations of the model. More information needed for further recommendations.\n',
      'placeholder heading',
    ],
    ['filled elsewhere', 'license', '---\nlicense: TODO\n---\n# Model Card\n\n- **License:** MIT\n', 'filled label'],
    ['as not applicable', 'base-model', '# Model Card\n\n- **Base model:** none\n', 'not-applicable label'],
    [
      'as not applicable, with the reason',
      'tuning-data',
      '# Model Card\n\n## Fine-tuning data\n\nN/A: trained from scratch.\n',
      'not-applicable heading',
    ],
    ['as a bare N/A', 'limitations', '# Model Card\n\n## Limitations\n\nN/A\n', 'placeholder heading'],
  ];
  for (const [name, id, text, expected, said] of cases) {
    test(`${id} ${name}`, () => {
      const field = card(text).field(id);
      assert.equal(`${field.state} ${field.carrier ?? ''}`, expected);
      if (said !== undefined) assert.equal(field.text, said);
    });
  }

  test('in broken YAML', () => assert.equal(card('---\na: b: c\nlicense: mit\n---\n').field('license').text, 'mit'));

  test('of a data card, where "original" is no source', () => {
    const text = '---\nsource_datasets:\n- original\ntask_categories: [other]\n---\n# Forum\n';
    assert.equal(card(text, 'README.md').field('sources').state, 'absent');
  });
});

describe('an answer', () => {
  const cases: readonly (readonly [string, ReturnType<typeof answerOf>])[] = [
    ['[More Information Needed]', 'placeholder'],
    ['**[More Information Needed](https://github.com/x)**', 'placeholder'],
    ['\\[Needs More Information\\]', 'placeholder'],
    ['TODO', 'placeholder'],
    ['TODO: write this', 'placeholder'],
    ['_tbd_.', 'placeholder'],
    ['Coming soon!', 'placeholder'],
    ['To be added', 'placeholder'],
    ['[Insert name here]', 'placeholder'],
    ['<your name>', 'placeholder'],
    ['{{ model_id }}', 'placeholder'],
    ['Lorem ipsum dolor sit amet', 'placeholder'],
    ['[TODO: who may use the model, for which decisions, in which setting]', 'placeholder'],
    ['N/A', 'blank'],
    ['n.a.', 'blank'],
    ['None', 'blank'],
    ['-', 'blank'],
    ['...', 'blank'],
    ['', 'empty'],
    ['<!-- todo -->', 'empty'],
    ['Use the code below to get started with the model.', 'boilerplate'],
    ['Medical NER.', 'filled'],
    ['To do so, run the script.', 'filled'],
    ['The todo list of the team was used.', 'filled'],
    ['The age of the authors is unknown.', 'filled'],
    ['More information is needed on dialects.', 'filled'],
    ['N/A: no annotation was made', 'filled'],
    ['[Add a star](https://x)', 'filled'],
    ['✓', 'filled'],
    ['42', 'filled'],
  ];
  for (const [text, answer] of cases)
    test(`${JSON.stringify(text)} is ${answer}`, () => assert.equal(answerOf(text), answer));
});

describe('every field', () => {
  for (const type of ['model', 'data'] as const) {
    for (const field of fieldsOf(type)) {
      test(`${type}.${field.id} is found under the heading its fix inserts, which asks for it and no more`, () => {
        assert.ok(field.headings.test(field.heading));
        const empty = `# ${type === 'model' ? 'Model' : 'Data'} Card\n`;
        const path = `${type.toUpperCase()}_CARD.md`;
        assert.equal(card(empty, path).field(field.id as FieldId).state, 'absent');
        const text = applyEdits(empty, [insertSection(card(empty, path), field)]);
        assert.equal(card(text, path).field(field.id as FieldId).state, 'placeholder');
        const filled = text.replace(/\[TODO: [^\]]*\]/, 'It says something of its own here.');
        assert.equal(card(filled, path).field(field.id as FieldId).state, 'filled');
      });
    }
  }
});

test('a card in another language is not called incomplete', () => {
  const chinese =
    '# Model Card\n\n## 使用方式\n\n这个模型用于对论坛中的评论进行分类，帮助版主处理举报，并且只支持中文文本。训练数据来自公开的论坛存档，评估结果见下表。\n';
  const german = `# Model Card\n\n## Einsatzzweck\n\n${'Das Modell sortiert gemeldete Beiträge für die Moderation und wurde mit dem Archiv unseres Forums trainiert. '.repeat(8)}\n`;
  for (const text of [chinese, german]) {
    assert.equal(card(text).understood, false);
    assert.deepEqual(
      lintText('MODEL_CARD.md', text).map(({ ruleId }) => ruleId),
      [],
    );
  }
});

describe('an insertion keeps the style of the card', () => {
  const insert = (text: string, id: FieldId) => applyEdits(text, [insertSection(card(text), spec('model', id))]);
  const mark = '[TODO: input types, languages, groups or conditions where the model fails or was not tested]';

  test('CRLF', () => {
    assert.equal(
      insert('# Model Card\r\n\r\n## Uses\r\n\r\nx', 'limitations'),
      `# Model Card\r\n\r\n## Uses\r\n\r\nx\r\n\r\n## Limitations\r\n\r\n${mark}\r\n`,
    );
  });
  test('behind the section it follows, with its sub-sections', () => {
    const text = '# Model Card\n\n## Uses\n\n### Direct use\n\nx\n\n### Out-of-scope use\n\ny\n\n## Citation\n\nz\n';
    assert.equal(insert(text, 'limitations'), text.replace('## Citation', `## Limitations\n\n${mark}\n\n## Citation`));
  });
  test('beside its siblings', () => {
    const text =
      '# Model Card\n\n## Uses\n\n### Direct use\n\nx\n\n## Bias, risks and limitations\n\ny\n\n## Training\n\nz\n';
    const out = insert(text, 'out-of-scope');
    assert.ok(out.indexOf('Out-of-scope use') < out.indexOf('## Bias'), out);
  });
  test('at the level of most of its sections, not of a stray title', () => {
    const text = '# Model Card\n\n## Uses\n\nx\n\n## Training data\n\ny\n\n# Report\n\nz\n';
    assert.equal(
      insert(text, 'limitations'),
      text.replace('## Training data', `## Limitations\n\n${mark}\n\n## Training data`),
    );
  });
  test('into a card without headings, and into an empty one', () => {
    assert.equal(insert('A classifier.', 'limitations'), `A classifier.\n\n## Limitations\n\n${mark}\n`);
    assert.equal(insert('', 'limitations'), `## Limitations\n\n${mark}\n`);
  });
});

describe('a key is added', () => {
  const add = (text: string) => {
    const edit = insertKey(card(text), 'license', 'TODO');
    return edit && applyEdits(text, [edit]);
  };
  test('at the end of the front matter', () => {
    assert.equal(add('---\ndescription: |\n  a\n---\nx'), '---\ndescription: |\n  a\nlicense: TODO\n---\nx');
    assert.equal(add('---\r\na: b\r\n---\r\nx'), '---\r\na: b\r\nlicense: TODO\r\n---\r\nx');
    assert.equal(add('---\n---\nx'), '---\nlicense: TODO\n---\nx');
  });
  test('in a new front matter', () => {
    assert.equal(add('# x\n'), '---\nlicense: TODO\n---\n\n# x\n');
    assert.equal(add('\uFEFF# x\n'), '\uFEFF---\nlicense: TODO\n---\n\n# x\n');
  });
  test('not where it could land anywhere', () => {
    for (const text of ['---\na: b\n# x', '---\n- a\n---\n', '---\n{a: b}\n---\n', '---\na: [b\n---\n'])
      assert.equal(add(text), undefined, text);
  });
});

test('any text can be a card, also cut at any place', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '---\n',
      '\n',
      '## Limitations\n',
      '**License:** ',
      '- ',
      '| a | b |\n|---|---|\n',
      'TODO',
      '[More Information Needed]',
      'sha256: ',
      'license: ',
      '<!--',
      '\r\n',
    ),
  );
  const check = (text: string, path: string) => {
    for (const { span, fixes } of lintText(path, text)) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      for (const { edits } of fixes) applyEdits(text, edits);
    }
  };
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('MODEL_CARD.md', 'DATA_CARD.md'), (pieces, path) =>
      check(pieces.join(''), path),
    ),
    { numRuns: 200 },
  );
  const whole = newModelCard();
  for (let length = 0; length < whole.length; length += 13) check(whole.slice(0, length), 'MODEL_CARD.md');
});

test('big cards are read in a moment', () => {
  const texts = [
    Array.from({ length: 10_000 }, (_, i) => `## Section ${i}\n`).join('\n'),
    `# Model Card\n\n| a | b | c |\n|---|---|---|\n${'| x | TODO | - |\n'.repeat(5_000)}`,
    `# Model Card\n\n${'- **Label:** value\n'.repeat(10_000)}`,
    `# Model Card\n\n${'word '.repeat(200_000)}`,
    `# Model Card\n\n${'sha256 '.repeat(50_000)}`,
    `# Model Card\n\n${'next review '.repeat(50_000)}`,
  ];
  for (const text of texts) {
    const start = performance.now();
    lintText('MODEL_CARD.md', text);
    assert.ok(
      performance.now() - start < 15_000,
      `${text.slice(14, 60)} took ${Math.round(performance.now() - start)} ms`,
    );
  }
});
