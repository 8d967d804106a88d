import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GuidelineId } from '../../server/src/guidelines/catalogue.ts';
import {
  checkableInWords,
  type PageLinks,
  renderFrameworkPage,
  renderGuidelineIndex,
  renderGuidelinePage,
} from '../../server/src/guidelines/page.ts';

const links: PageLinks = {
  guideline: (id) => `g:${id}`,
  framework: (id) => `f:${id}`,
  rule: (id) => `r:${id}`,
};
const rule = { id: 'GL901', name: 'sample-rule', title: 'A rule for this test' };
const page = (id: GuidelineId) => renderGuidelinePage(id, [rule], links);

test('a provision: what, whose, how binding, for whom, where', () => {
  const text = page('etsi-en-304-223:5.2.4-1.2');
  assert.ok(text.startsWith('# Publish hashes of model components\n\n**ETSI EN 304 223, 5.2.4-1.2** · ['));
  assert.match(text, /\(https:\/\/www\.etsi\.org\/\S+#page=13\)/);
  assert.match(text, /SHA-256/);
  assert.match(text, /ETSI, Technical Committee SAI/);
  assert.match(text, /- \*\*Edition:\*\* V2\.1\.1 \(2025-12\)\n/);
  assert.match(text, /- \*\*Kind:\*\* provision, required \(“shall”\)\n/);
  assert.match(text, /- \*\*For:\*\* developers\n/);
  assert.match(text, /- \*\*Part of:\*\* 5\.2\.4, \[Documentation\]\(g:etsi-en-304-223:5\.2\.4\)/);
  assert.match(text, /- \[GL901 `sample-rule`\]\(r:GL901\): A rule for this test/);
  assert.match(
    text,
    /\*\*NCSC\/CISA 2023\*\*\n\n- ncsc-2\.3\.4: \[Hashes or signatures\]\(g:ncsc-cisa-2023:ncsc-2\.3\.4\)/,
  );
  assert.match(text, /\n---\n\n© ETSI 2025, all rights reserved/);
  assert.doesNotMatch(text, /Not confirmed|undefined|null|No rule/);
  assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'));
});

test('a principle lists what it contains, and says that no rule cites it', () => {
  const text = renderGuidelinePage('etsi-en-304-223:5.2.4', [], links);
  assert.match(text, /## Contains\n\n- 5\.2\.4-1: \[/);
  assert.match(text, /- \*\*Kind:\*\* principle\n/);
  assert.match(text, /No rule of Guidelint cites it yet\./);
});

test('an item we have not seen says so, with its year and state', () => {
  const text = page('eu-ai-act:4a');
  assert.match(text, /> Not confirmed/);
  assert.match(text, /this item: 2026/);
  assert.match(text, /- \*\*Status:\*\* Inserted by Regulation \(EU\) 2026\/1744/);
});

test('an old number leads to the new one', () => {
  const text = page('owasp-llm-2025:LLM03');
  assert.match(text, /\*\*Superseded by:\*\* OWASP LLM04:2026, \[Supply Chain\]\(g:owasp-llm-2026:LLM04\)/);
});

test('where an item can be checked, in words', () => {
  assert.equal(checkableInWords(['code']), 'Signs of it can be seen in source code.');
  assert.equal(
    checkableInWords(['model-card', 'evidence', 'code', 'artifact']),
    'Signs of it can be seen in source code, model cards and model files. ' +
      'The rest needs evidence from people, such as a record, a plan or a review.',
  );
  assert.match(checkableInWords(['evidence']), /^It needs evidence from people/);
  assert.equal(checkableInWords([]), 'It cannot be seen in the files of a project.');
});

test('a framework page has one row per item, with rules', () => {
  const text = renderFrameworkPage('jrc', new Map([['jrc:gp2', [rule]]]), links);
  assert.match(text, /\n\| Item \| Title \| Level \| Rules \|\n/);
  assert.match(text, /^# Cybersecurity of Artificial Intelligence/);
  assert.equal(text.match(/^\| \[gp\d\]\(g:jrc:gp\d\) \|/gm)?.length, 4);
  assert.match(text, /^\| \[gp2\].*\[GL901\]\(r:GL901\) \|$/m);
});

test('the index counts the items that a rule cites', () => {
  const text = renderGuidelineIndex(new Map([['jrc:gp2', [rule]]]), links);
  assert.match(text, /\(f:jrc\).*\| 4 \| 1 \|$/m);
  assert.match(text, /\(f:cwe\).*\| 48 \| 0 \|$/m);
});
