import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/fixes.ts';
import { lintText } from '../../helpers/lintText.ts';

const TORCH = { torch: '==2.10.0' };
const found = (text: string, packages: Record<string, string> = TORCH) =>
  lintText('a.py', text, packages)
    .filter(({ ruleId }) => ruleId.startsWith('GL3') && !/GL31[34]/.test(ruleId))
    .map((finding) => ({ ...finding, at: text.slice(finding.span.start, finding.span.end) }));
const places = (text: string, packages?: Record<string, string>) =>
  found(text, packages).map(({ ruleId, at }) => `${ruleId} ${at}`);

const WRAPPER =
  'import torch\n\ndef read(path, weights_only=True):\n    return torch.load(path, weights_only=weights_only)\n\n';

test('a wrapper is reported where it is called unsafely', () => {
  const text = `${WRAPPER}read(a)\nread(b, weights_only=False)\nread(c, unknown)\n`;
  const [finding, ...others] = found(text);
  assert.deepEqual(others, []);
  assert.equal(finding?.at, 'read');
  assert.equal(text.slice(finding.span.end, finding.span.end + 3), '(b,');
  assert.match(finding.message, /`torch\.load` with `weights_only=False` .*\(through `read`\)$/);
  assert.deepEqual(finding.evidence, ['`read` calls `torch.load` with what it is given here, in line 4.']);
  assert.deepEqual(
    finding.related.map(({ span, message }) => [text.slice(span.start, span.end), message]),
    [['torch.load', '`torch.load` is called here']],
  );
});

test('the fix edits the argument of the caller', () => {
  const text = `${WRAPPER}read(b, weights_only=False)\n`;
  const [finding] = found(text);
  assert.equal(applyEdits(text, finding?.fixes[0]?.edits ?? []), `${WRAPPER}read(b, weights_only=True)\n`);
});

test('an unsafe default is reported at the call that relies on it, without a fix', () => {
  const text = `${WRAPPER.replace('=True', '=False')}read(a)\n`;
  const [finding, ...others] = found(text);
  assert.deepEqual(others, []);
  assert.equal(finding?.at, 'read');
  assert.deepEqual(finding.fixes, []);
  assert.equal(finding.evidence[1], '`read` passes `weights_only=False` on unless it is told otherwise, from line 3.');
});

test('a value that is turned round gets no fix', () => {
  const text =
    'import torch\ndef read(p, trust):\n    return torch.load(p, weights_only=not trust)\nread(a, True)\nread(a, False)\n';
  const [finding, ...others] = found(text);
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? '', /`weights_only=not trust`/);
  assert.deepEqual(finding?.fixes, []);
});

test('an argument is added where every keyword is passed on', () => {
  const text = 'import torch\ndef read(path, **options):\n    return torch.load(path, **options)\nread(a)\n';
  const [finding, ...others] = found(text, { torch: '==2.5.1' });
  assert.deepEqual(others, []);
  const fixed = applyEdits(text, finding?.fixes[0]?.edits ?? []);
  assert.equal(fixed, text.replace('read(a)', 'read(a, weights_only=True)'));
  assert.deepEqual(places(fixed, { torch: '==2.5.1' }), []);
});

test('what is unsafe whatever is passed is reported once, inside', () => {
  assert.deepEqual(places('import torch\ndef read(path):\n    return torch.load(path)\nread(a)\nread(b)\n', {}), [
    'GL301 torch.load',
  ]);
  assert.deepEqual(places('import pickle\ndef read(file):\n    return pickle.load(file)\nread(a)\n'), [
    'GL302 pickle.load',
  ]);
  const nested = 'import torch\ndef a(p, d, w):\n    torch.load(p, d)\ndef b(p, w):\n    a(p, "cpu", w)\nb(x, False)\n';
  assert.deepEqual(places(nested, {}), ['GL301 torch.load']);
});

test('what is safe whatever is passed is reported nowhere', () => {
  const buffer =
    'import io, torch\ndef clone(model, device):\n    buffer = io.BytesIO()\n    torch.save(model, buffer)\n    return torch.load(buffer, map_location=device)\nclone(m, "cpu")\n';
  assert.deepEqual(places(buffer, {}), []);
});

test('a wrapper that calls an unsafe wrapper with a constant is reported where it does', () => {
  const text = `${WRAPPER}def outer(path):\n    return read(path, weights_only=False)\nouter(a)\n`;
  assert.deepEqual(places(text), ['GL301 read']);
});

test('two branches of a wrapper are one finding', () => {
  const text =
    'import torch\ndef read(p, safe, old):\n    if old:\n        return torch.load(p, weights_only=safe)\n    return torch.load(p, "cpu", weights_only=safe)\nread(a, False, x)\n';
  assert.deepEqual(places(text), ['GL301 read']);
});

test('a finding inside the arguments of such a call is its own', () => {
  const text = `${WRAPPER}read(torch.load(x, weights_only=False))\n`;
  assert.deepEqual(places(text), ['GL301 torch.load']);
});

test('a dictionary given to a wrapper is repaired nowhere but in the call', () => {
  const text = `${WRAPPER}options = {"weights_only": False}\nread(b, **options)\n`;
  const [finding] = found(text);
  assert.equal(finding?.at, 'read');
  assert.deepEqual(finding.fixes, []);
});

test('other rules see wrappers too', () => {
  assert.deepEqual(
    places(
      'import yaml\ndef read(text, Loader=yaml.Loader):\n    return yaml.load(text, Loader=Loader)\nread(x)\nread(x, yaml.SafeLoader)\n',
    ),
    ['GL305 read'],
  );
});
