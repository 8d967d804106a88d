import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentSettings, isSwitchedOn, readPython } from '../../../server/src/languages/python/program.ts';

const settings = (text: string) =>
  environmentSettings(readPython(`import os\n${text}\n`), ['MODE']).map(({ value, span }) => [
    value.known ? value.value : undefined,
    text.slice(span.start - 10, span.end - 10),
  ]);

test('every form in which a program sets a variable', () => {
  assert.deepEqual(settings('os.environ["MODE"] = "1"'), [['1', 'os.environ["MODE"] = "1"']]);
  assert.deepEqual(settings('os.environ.setdefault("MODE", "1")'), [['1', 'os.environ.setdefault("MODE", "1")']]);
  assert.deepEqual(settings('os.putenv("MODE", "1")'), [['1', 'os.putenv("MODE", "1")']]);
  assert.deepEqual(settings('os.environ.update({"MODE": "1"})'), [['1', '"MODE": "1"']]);
  assert.deepEqual(settings('run(env=dict(os.environ, MODE="1"))'), [['1', 'MODE="1"']]);
  assert.deepEqual(settings('lib.config.MODE = True'), [[true, 'lib.config.MODE = True']]);
});

test('reading, other names and other functions are no settings', () => {
  assert.deepEqual(settings('x = os.environ["MODE"]; y = os.getenv("MODE")'), []);
  assert.deepEqual(settings('os.environ["MODEL"] = "1"; project.putenv("MODE", "1")'), []);
});

test('an unknown value is neither on nor off', () => {
  assert.equal(isSwitchedOn({ known: false }), undefined);
  assert.equal(isSwitchedOn({ known: true, value: true }), true);
  assert.equal(isSwitchedOn({ known: true, value: '0' }), false);
  assert.equal(isSwitchedOn({ known: true, value: null }), false);
});
