import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CommandRow,
  checkCommands,
  checkSettings,
  commandTable,
  type SettingRow,
  settingTable,
} from '../../server/src/engine/commandRule.ts';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { fileOf } from '../helpers/lintText.ts';

const ROW: CommandRow = { detection: 'SRV-07', programs: 'tool serve, python -m tool.server' };
const HOST = { option: '--host -H', is: /^0\.0\.0\.0$/ };

function check(command: string, row: Partial<CommandRow>, before = '') {
  const file = fileOf('start.py', `import os\n${before}os.system("${command}")\n`);
  return [...checkCommands(file, commandTable([{ ...ROW, ...row }]), 'warning')];
}

test('conditions on options', () => {
  const cases: [command: string, row: Partial<CommandRow>, reported: boolean][] = [
    ['tool serve', {}, true],
    ['tool other', {}, false],
    ['python3 -m tool.server', {}, true],
    ['sudo A=1 /usr/bin/tool serve', {}, true],
    ['echo tool serve', {}, false],
    ['tool serve --host 0.0.0.0', { when: [HOST] }, true],
    ['tool serve -H=0.0.0.0', { when: [HOST] }, true],
    ['tool serve --host 127.0.0.1', { when: [HOST] }, false],
    ['tool serve', { when: [HOST] }, false],
    ['tool serve', { when: [{ ...HOST, absent: true }] }, true],
    ['tool serve $ARGS', { when: [{ ...HOST, absent: true }] }, false],
    ['tool serve --host $HOST', { when: [{ ...HOST, absent: true }] }, false],
    ['tool serve --key x', { unless: [{ option: '--key', is: 'given' }] }, false],
    ['tool serve $ARGS', { unless: [{ option: '--key', is: 'given' }] }, false],
    ['KEY=1 tool serve', { unlessSet: 'KEY' }, false],
  ];
  for (const [command, row, reported] of cases) assert.equal(check(command, row).length > 0, reported, command);
  assert.equal(check('tool serve', { unlessSet: 'KEY' }, 'os.environ["KEY"] = read()\n').length, 0);
});

test('replaces the value of an option in a list and in a string', () => {
  const table = commandTable([{ ...ROW, when: [HOST], fix: '127.0.0.1' }]);
  for (const text of [
    'import os\nos.system("tool serve --host 0.0.0.0 -v")\n',
    'import subprocess as s\ns.run(["tool", "serve", "--host", "0.0.0.0", "-v"])\n',
  ]) {
    const [problem] = checkCommands(fileOf('start.py', text), table, 'warning');
    assert.equal(applyEdits(text, problem?.fixes?.[0]?.edits ?? []), text.replace('0.0.0.0', '127.0.0.1'));
    assert.equal(problem?.data?.program, 'tool serve');
  }
});

test('variables, wherever they are set', () => {
  const row: SettingRow = { detection: 'SRV-11', variables: 'OPEN', is: /^1$/, fix: '0' };
  const found = (text: string, path = 'start.py') =>
    [...checkSettings(fileOf(path, text), settingTable([row]), 'warning')].length;
  assert.equal(found('import os\nos.environ["OPEN"] = "1"\n'), 1);
  assert.equal(found('import os\nos.system("OPEN=1 tool")\n'), 1);
  assert.equal(found('import os\nos.system("docker run -e OPEN=1 image")\n'), 1);
  assert.equal(found('import os\nos.environ["OPEN"] = "0"\nprint("OPEN=1")\n'), 0);
  assert.equal(found('import os\nos.environ["OPEN"] = value\n'), 0);
  const cells = [{ cell_type: 'code', metadata: {}, outputs: [], source: '%env OPEN=1\n!export OPEN=1' }];
  assert.equal(found(JSON.stringify({ nbformat: 4, metadata: {}, cells }), 'a.ipynb'), 2);
});
