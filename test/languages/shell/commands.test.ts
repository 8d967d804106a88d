import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Command, commandOfWords, readCommands } from '../../../server/src/languages/shell/commands.ts';
import { mayHaveMore, namesOf, optionOf } from '../../../server/src/languages/shell/options.ts';

const texts = ({ words }: Command) => words.map(({ text }) => text);
const read = (text: string) => readCommands(text).map((command) => texts(command).join(' '));

describe('commands of a text', () => {
  const cases: [text: string, commands: string[]][] = [
    ['pip install torch', ['pip install torch']],
    ['a; b && c || d & e\nf', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['echo \'a b\' "c d" e\\ f', ['echo a b c d e f']],
    ['vllm serve m \\\n  --host 0.0.0.0 \\\r\n  --port 80', ['vllm serve m --host 0.0.0.0 --port 80']],
    ['a # no b\nc#d', ['a', 'c#d']],
    ['a > out 2>&1 < in b', ['a b']],
    ['a &> out b', ['a b']],
    ['cat <<EOF\nnot a command\nEOF\nb', ['cat', 'b']],
    ["cat <<-'END' | sh\nx\n\tEND\nb", ['cat', 'sh', 'b']],
    ['sudo -E -u me env -u X A=1 nohup nice -n 5 run --x', ['run --x']],
    ['uv run --with x vllm serve', ['vllm serve']],
    ['conda run -n e python a.py', ['python a.py']],
    ['if true; then a; else b; fi', ['true', 'a', 'b', 'fi']],
    ['bash -c "a b; c"', ['bash -c a b; c', 'a b', 'c']],
    ['x $(a $(b)) `c`', ['x $(a $(b)) `c`', 'a $(b)', 'b', 'c']],
    ['bash <(curl -s u)', ['bash <(curl -s u)', 'curl -s u']],
    ["it's fine", ["it's fine"]],
    ['a "unclosed b', ['a "unclosed b']],
    ['', []],
  ];
  for (const [text, commands] of cases) test(JSON.stringify(text), () => assert.deepEqual(read(text), commands));
});

test('knows prefixes, pipes and variables', () => {
  const [curl, sh] = readCommands('A=1 B="x y" curl -s "$URL" | sudo bash');
  assert.deepEqual(
    curl?.settings.map(({ name, value }) => [name, value.text]),
    [
      ['A', '1'],
      ['B', 'x y'],
    ],
  );
  assert.equal(curl?.pipesTo, sh);
  assert.deepEqual([curl?.elevated, sh?.elevated, sh?.program], [false, true, 'bash']);
  assert.deepEqual(
    curl?.words.map(({ fixed }) => fixed),
    [true, true, false],
  );
  assert.equal(readCommands('export A=1')[0]?.settings[0]?.name, 'A');
});

test('says where words stand', () => {
  const text = '  sudo x --host="0.0.0.0" --ip=1 $(y)\nbash -c "z 1"';
  const slice = ({ start, end }: { start: number; end: number }) => `##${text}`.slice(start, end);
  const [x, y, , z] = readCommands(text, 2);
  assert.deepEqual(
    x?.words.map(({ span }) => slice(span)),
    ['x', '--host="0.0.0.0"', '--ip=1', '$(y)'],
  );
  assert.equal(slice(x?.span ?? { start: 0, end: 0 }), 'sudo x --host="0.0.0.0" --ip=1 $(y)');
  assert.equal(slice(optionOf(x as Command, ['--ip'])?.value?.span ?? { start: 0, end: 0 }), '1');
  assert.deepEqual(
    [y, z].map((command) => slice(command?.span ?? { start: 0, end: 0 })),
    ['y', 'z 1'],
  );
  assert.deepEqual(readCommands('a b', { start: 5, end: 9 })[0]?.span, { start: 5, end: 9 });
});

test('reads options', () => {
  const [command] = readCommands('mlflow server --host 0.0.0.0 --allowed_hosts=* --verbose --port -1 --token= -q');
  const value = (...names: string[]) => optionOf(command as Command, names)?.value?.text;
  assert.equal(value('--host', '-h'), '0.0.0.0');
  assert.equal(value('--allowed-hosts'), '*');
  assert.equal(value('--port'), '-1');
  assert.equal(value('--token'), '');
  assert.equal(optionOf(command as Command, ['--verbose'])?.value, undefined);
  assert.equal(optionOf(command as Command, ['--quiet']), undefined);
});

test('names programs', () => {
  const names = (text: string) => namesOf(readCommands(text)[0] as Command);
  assert.deepEqual(names('/usr/bin/python3.11 -u -m vllm.entrypoints.api_server --x'), [
    'python -m vllm.entrypoints.api_server',
    'vllm.entrypoints.api_server',
    'vllm.entrypoints.api_server --x',
  ]);
  assert.deepEqual(names('python3 -m pip install x').at(-1), 'pip install');
  assert.deepEqual(names('python app/launch.py --listen'), ['python', 'launch.py']);
  assert.deepEqual(names('mlflow -v server'), ['mlflow', 'mlflow server']);
});

test('a variable may hold more options', () => {
  const more = (text: string) => mayHaveMore(readCommands(text)[0] as Command);
  assert.ok(more('vllm serve m $ARGS'));
  assert.ok(more('vllm serve m "$@"'));
  assert.ok(more('vllm serve m {args}'));
  assert.ok(!more('vllm serve m --port $PORT_x'.replace('$PORT_x', '80')));
});

test('reads a list of arguments', () => {
  const word = (text: string, start: number) => ({ text, span: { start, end: start + 1 }, fixed: true, inner: [] });
  const [first, second] = commandOfWords([word('sudo', 0), word('sh', 2), word('-c', 4), word('a | b', 6)]);
  assert.deepEqual([first?.program, first?.elevated, second?.program], ['sh', true, 'a']);
});

test('never throws, and takes linear time', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'ab $(){}\'"`\\|&;<>#\n=-c') }), (text) => {
      for (const { span } of readCommands(text)) assert.ok(span.start <= span.end && span.end <= text.length);
    }),
    { numRuns: 2000 },
  );
  for (const char of ['(', ')', '$(', '`', '"', "'", '\\', '<(', '<<a', '{', '$', '|', '<', 'a ', '"$(', '\'"', '&>']) {
    const started = performance.now();
    readCommands(char.repeat(200_000 / char.length));
    assert.ok(performance.now() - started < 5000, `${char} ${performance.now() - started} ms`);
  }
});
