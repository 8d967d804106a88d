import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageId, pagePath } from '../../client/src/pageAddress.ts';
import { items } from '../../server/src/guidelines/catalogue.ts';

test('every guideline and rule is found again by the address of its page', () => {
  for (const id of ['GL301', 'unsafe-model-load', ...items().map((item) => item.id)])
    assert.equal(pageId(pagePath(id)), id);
});

test('addresses are those of docs/, so that the same relative links work', () => {
  assert.equal(pagePath('GL301'), '/rules/GL301.md');
  assert.equal(pagePath('etsi-en-304-223:5.2.4-1'), '/guidelines/etsi-en-304-223/5.2.4-1.md');
  assert.equal(pageId('/guidelines/etsi-en-304-223/README.md'), 'etsi-en-304-223');
});
