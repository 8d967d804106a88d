import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Context, usesColor } from '../../server/src/cli/context.ts';
import { showProgress } from '../../server/src/cli/progress.ts';

function terminal(isTTY: boolean, env: Context['env'] = {}): { context: Context; written: () => string } {
  let written = '';
  const stderr = {
    isTTY,
    columns: 80,
    write(text: string) {
      written += text;
    },
  };
  return { context: { stderr, stdout: stderr, env } as unknown as Context, written: () => written };
}

test('a long scan shows a bar on a terminal, and nothing of it stays', () => {
  const { context, written } = terminal(true);
  const progress = showProgress(context, -1);
  progress.update(0, 0, 'still listing');
  assert.equal(written(), '');
  progress.update(1, 4, 'a.py');
  progress.stop();
  const text = written();
  assert.match(text, /Checking =+ +1\/4/);
  assert.ok(
    text.includes('\x1b[?25l') && text.lastIndexOf('\x1b[?25h') > text.lastIndexOf('\x1b[?25l'),
    'the cursor is back',
  );
  assert.ok(text.lastIndexOf('\x1b[2K') > text.lastIndexOf('Checking'), 'the line is cleared');
  progress.stop();
  assert.equal(written(), text, 'stopping twice is stopping once');
});

test('a short scan shows none', () => {
  const { context, written } = terminal(true);
  const progress = showProgress(context, 60_000);
  for (let done = 1; done <= 4; done++) progress.update(done, 4, 'a.py');
  progress.stop();
  assert.equal(written(), '');
});

for (const [name, isTTY, env] of [
  ['a pipe', false, {}],
  ['a build server', true, { CI: 'true' }],
  ['a terminal that cannot move its cursor', true, { TERM: 'dumb' }],
] as const) {
  test(`${name} gets none`, () => {
    const { context, written } = terminal(isTTY, env);
    const progress = showProgress(context, -1);
    progress.update(1, 4, 'a.py');
    progress.stop();
    assert.equal(written(), '');
  });
}

test('the bar leaves signals alone', () => {
  const before = process.listenerCount('SIGTERM');
  const { context } = terminal(true);
  const progress = showProgress(context, -1);
  progress.update(1, 4, 'a.py');
  assert.equal(process.listenerCount('SIGTERM'), before);
  progress.stop();
});

for (const [env, isTTY, expected] of [
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
] as const) {
  test(`colours with ${JSON.stringify(env)} ${isTTY ? 'on a terminal' : 'in a pipe'}: ${expected}`, () => {
    const { context } = terminal(isTTY, env);
    assert.equal(usesColor(context, context.stdout), expected);
  });
}
