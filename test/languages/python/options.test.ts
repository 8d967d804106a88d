import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLimitedOption } from '../../../server/src/languages/python/options.ts';
import { readPython } from '../../../server/src/languages/python/program.ts';

const SOURCE = 'the command line';
const isLimited = (text: string, name: string): boolean => isLimitedOption(readPython(text), name, SOURCE);

test('choices, numbers and switches are limited, other texts are not', () => {
  const text =
    'p.add_argument("--mode", choices=["a", "b"])\np.add_argument("-n", "--count-all", type=int)\np.add_argument("--fast", action="store_true")\np.add_argument("--name", help="choices=[x]")\np.add_argument("path")\np.add_argument("--dest-of", dest="other", type=float)\n';
  assert.deepEqual(
    ['mode', 'count_all', 'fast', 'other', 'name', 'path', 'n', 'dest_of'].map((each) => isLimited(text, each)),
    [true, true, true, true, false, false, false, false],
  );
  assert.equal(isLimitedOption(readPython(text), 'mode', 'a web request'), false);
});

test('an option that two parsers define is as wide as the wider one', () => {
  const text = 'a.add_argument("--x", type=int)\nb.add_argument("--x")\n';
  assert.equal(isLimited(text, 'x'), false);
});

test('long runs of one character take linear time', () => {
  for (const character of ['"', '\n', ' ', '-', '.add_argument(', '=']) {
    const started = performance.now();
    isLimited(`p.add_argument("--x", ${character.repeat(200_000)}`, 'x');
    assert.ok(performance.now() - started < 2000, JSON.stringify(character));
  }
});
