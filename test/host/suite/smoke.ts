import * as assert from 'node:assert/strict';
import { extension, finding, findingsOf, noFinding, open, retype, ruleOf, waitFor } from './helpers.ts';
import { test } from './runner.ts';

test('opening a Python file activates the extension', async () => {
  await open('smoke/activate.py', 'print(1)\n');
  await waitFor(() => extension().isActive, 'activation');
});

test('an unsafe load is found while it is typed, and gone when it is removed', async () => {
  const document = await open('smoke/load.py', 'import torch\n');
  assert.deepEqual(findingsOf(document.uri), []);
  await retype(document, 'import torch\n\nmodel = torch.load("model.pt", weights_only=False)\n');
  const diagnostic = await finding(document.uri);
  assert.match(ruleOf(diagnostic), /^GL3\d\d$/);
  assert.equal(diagnostic.range.start.line, 2);
  await retype(document, 'import torch\n');
  await noFinding(document.uri);
});
