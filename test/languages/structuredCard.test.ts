import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placesAt } from '../../server/src/languages/card/formats/format.ts';
import { structuredCardType } from '../../server/src/languages/card/structure.ts';
import { readJson } from '../../server/src/languages/json.ts';
import { readJsonTree } from '../../server/src/languages/tree.ts';
import { readXml } from '../../server/src/languages/xml.ts';
import { fileOf, lintText } from '../helpers/lintText.ts';
import { COMPLETE } from '../helpers/structuredCards.ts';

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<!-- 😀 -->
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
  <components>
    <component type="machine-learning-model" bom-ref="toxi">
      <supplier><name>Forum team</name><contact><name>Safety desk</name></contact></supplier>
      <name>toxi</name>
      <version>2.1.0</version>
      <hashes><hash alg="SHA-256">d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592</hash></hashes>
      <licenses><license><id>Apache-2.0</id></license></licenses>
      <pedigree><ancestors><component type="machine-learning-model"><name>distilbert-base at 12040acc</name></component></ancestors></pedigree>
      <externalReferences>
        <reference type="advisories"><url>https://github.com/forum-team/toxi/security/advisories</url></reference>
        <reference type="pentest-report"><url>https://github.com/forum-team/toxi/blob/4f3c2a1/red-team.md</url></reference>
        <reference type="documentation"><url>https://github.com/forum-team/toxi</url></reference>
      </externalReferences>
      <components><component type="file"><name>toxi.safetensors</name></component></components>
      <releaseNotes><type>minor</type><title>Dialects added</title><timestamp>2026-01-31T00:00:00Z</timestamp></releaseNotes>
      <modelCard>
        <modelParameters>
          <approach><type>supervised</type></approach>
          <architectureFamily>transformer, instruction-tuned</architectureFamily>
          <datasets><dataset><type>dataset</type><name>Forum archive of 2024</name><classification>personal data, names removed</classification></dataset></datasets>
          <inputs><input><format>English text up to 512 tokens</format></input></inputs>
        </modelParameters>
        <quantitativeAnalysis><performanceMetrics><performanceMetric><type>F1</type><value>0.81</value></performanceMetric></performanceMetrics></quantitativeAnalysis>
        <considerations>
          <useCases><useCase>Moderators sort reported comments</useCase></useCases>
          <technicalLimitations><technicalLimitation>Irony is often taken for abuse</technicalLimitation></technicalLimitations>
          <ethicalConsiderations><ethicalConsideration><name>Dialects are hidden too often</name><mitigationStrategy>A moderator looks at each comment</mitigationStrategy></ethicalConsideration></ethicalConsiderations>
          <environmentalConsiderations><properties><property name="training">12 kWh</property></properties></environmentalConsiderations>
          <fairnessAssessments><fairnessAssessment><groupAtRisk>Writers of dialect</groupAtRisk><mitigationStrategy>Threshold per dialect</mitigationStrategy></fairnessAssessment></fairnessAssessments>
        </considerations>
      </modelCard>
    </component>
  </components>
  <dependencies><dependency ref="toxi"><dependsOn>pkg:pypi/transformers@4.57.0</dependsOn></dependency></dependencies>
</bom>
`;

describe('CycloneDX in XML', () => {
  test('says what the same BOM says in JSON', () => {
    const json = fileOf('bom.json', JSON.stringify(COMPLETE['CycloneDX, a model']?.document)).card;
    const xml = fileOf('bom.xml', XML).card;
    const said = ({ fields }: typeof xml) => fields().map(({ spec, state, text }) => [spec.id, state, text]);
    assert.deepEqual(said(xml), said(json));
    assert.deepEqual(lintText('bom.xml', XML), []);
  });

  test('has its places at the names of elements', () => {
    const { card } = fileOf('bom.xml', XML);
    const { span } = card.field('intended-use');
    assert.equal(XML.slice(span?.start, span?.end), 'useCases');
    assert.equal(XML.slice(card.anchor.start, card.anchor.end), 'toxi');
  });

  test('marks a placeholder and a wrong digest exactly', () => {
    const wrong = XML.replace('Irony is often taken for abuse', 'TODO').replace('d7a8fbb3', 'd7a8');
    const found = lintText('bom.xml', wrong).map(({ ruleId, span }) => [
      ruleId,
      wrong.slice(span.start, span.end).slice(0, 12),
    ]);
    assert.deepEqual(found, [
      ['GL805', 'd7a807d78094'],
      ['GL803', 'TODO'],
    ]);
  });

  test('asks for nothing in a BOM of software', () => {
    const software = XML.replaceAll('machine-learning-model', 'library').replace(/<modelCard>[\s\S]*<\/modelCard>/, '');
    assert.equal(fileOf('bom.xml', software).kind, 'other');
  });
});

describe('what stands where', () => {
  const tree = (value: unknown) => {
    const text = JSON.stringify(value);
    const [root] = readJsonTree(readJson(text), text);
    assert.ok(root);
    return root;
  };
  const texts = (value: unknown, path: string, prefix?: RegExp) =>
    placesAt(tree(value), path, prefix).map(({ node }) => node.text);

  test('paths look through lists, filter and strip prefixes', () => {
    const value = { a: [{ b: 'x' }, { b: 'y', type: 'k' }], 'sc:name': 'n' };
    assert.deepEqual(texts(value, 'a.b'), ['x', 'y']);
    assert.deepEqual(texts(value, 'a[type=k|l].b'), ['y']);
    assert.deepEqual(texts(value, 'name', /^sc:/), ['n']);
    assert.deepEqual(texts(value, 'a.c'), []);
  });

  test('a text of the card states a field without a place of its own', () => {
    const description = '# toxi\n\n## Limitations\n\nIrony is often taken for abuse.\n';
    const metadata = (text: string) =>
      JSON.stringify({ monai_version: '1', network_data_format: {}, description: text });
    assert.equal(fileOf('configs/metadata.json', metadata(description)).card.field('limitations').state, 'filled');
    assert.equal(fileOf('configs/metadata.json', metadata('A model.')).card.field('limitations').state, 'absent');
  });

  test('a named property states the field of its name', () => {
    const properties = [{ name: 'forum:retentionPeriod', value: 'P1Y' }];
    const component = { type: 'machine-learning-model', name: 'toxi', properties };
    const { card } = fileOf('bom.json', JSON.stringify({ bomFormat: 'CycloneDX', components: [component] }));
    assert.equal(card.field('retention').state, 'filled');
    assert.equal(card.asks('retention'), false, 'nobody is asked for it');
  });

  test('a user says that a file of any name is a card', () => {
    const text = JSON.stringify({ model_details: { name: 'toxi' }, considerations: {} });
    assert.equal(structuredCardType('full.json', text), undefined);
    assert.equal(structuredCardType('model_card.json', text), 'model');
  });
});

describe('documents that are broken or hostile', () => {
  const CYCLONE = '{"bomFormat": "CycloneDX", "components": [{"type": "machine-learning-model", "name": "toxi"';
  const unreadable = (path: string, text: string) =>
    lintText(path, text).map(({ ruleId, message }) => `${ruleId} ${message}`);

  test('a broken one is one finding, and nothing is called missing', () => {
    assert.match(unreadable('bom.json', CYCLONE).join('\n'), /^GL905 Not checked: not valid JSON: .*$/);
    assert.match(
      unreadable('bom.xml', XML.replace('</supplier>', '')).join('\n'),
      /^GL905 Not checked: not valid XML: .*$/,
    );
    assert.match(
      unreadable('MLmodel', 'flavors:\n  a: [\nsignature: "\n').join('\n'),
      /^(?:GL905 Not checked: not valid YAML: .*\n?)+$/,
    );
  });

  test('comments in JSON are a finding, and the card is read', () => {
    const text = `${CYCLONE}}]} // ours`;
    const found = unreadable('bom.json', text);
    assert.equal(
      found.filter((line) => line === 'GL905 Not checked: JSON has no comments: programs that read the card refuse it')
        .length,
      1,
    );
    assert.ok(found.some((line) => line.startsWith('GL101')));
  });

  test('entities of XML are not expanded', () => {
    const bomb = XML.replace(
      '<!-- 😀 -->',
      '<!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
    ).replace('<name>toxi</name>', '<name>&c;&c;&c;</name>');
    assert.match(readXml(bomb).problems[0]?.message ?? '', /^not valid XML: /);
    assert.equal(readXml('<a>&lt;&#x41;</a>').root?.text, '<A');
  });

  test('deep documents are refused', () => {
    assert.match(readXml('<a>'.repeat(100_000)).problems[0]?.message ?? '', /deeper than 200/);
    assert.equal(
      fileOf('bom.json', `{"bomFormat": "CycloneDX", "type": "data", "a": ${'['.repeat(50_000)}`).kind,
      'other',
    );
  });

  test('a large table, many headings and right-to-left text in a description take no time', { timeout: 20_000 }, () => {
    const table = `| a | b |\n|---|---|\n${'| x | 12 |\n'.repeat(5_000)}`;
    for (const text of [
      table,
      '# x\n\n'.repeat(10_000),
      'مجموعة بيانات '.repeat(5_000),
      'a\r\nb\rc\n'.repeat(10_000),
    ]) {
      lintText(
        'croissant.json',
        JSON.stringify({
          '@context': 'http://mlcommons.org/croissant/',
          '@type': 'Dataset',
          description: text,
          recordSet: [],
        }),
      );
      lintText('DATA_CARD.md', `# Data card: forum\r\n\r\n${text}`);
    }
  });
});
