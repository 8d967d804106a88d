import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startClient, until } from '../helpers/lspClient.ts';

const prompt = (text: string) => `---\nname: a\nversion: 1\n---\nsystem:\n${text}\n`;

test('a prompt is compared with the commit that is checked out, and with the next one once there is one', async (t) => {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'guidelint-git-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd: folder });
  const path = join(folder, 'a.prompty');
  const uri = pathToFileURL(path).toString();
  writeFileSync(path, prompt('Be kind.'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  const client = await startClient({ folders: [pathToFileURL(folder).toString()] });
  t.after(() => client.stop());
  const changed = async () => (await client.findings(uri)).filter(({ code }) => code === 'GL420').length;

  await client.open(uri, prompt('Be rude.'));
  await until(async () => ((await changed()) === 1 ? true : undefined), 'the hint');
  await until(() => client.refreshes() > 0 || undefined, 'being told to ask again');

  await client.change(uri, 2, [{ text: prompt('Be   kind.') }]);
  assert.equal(await changed(), 0);
  await client.change(uri, 3, [{ text: prompt('Be rude.') }]);
  assert.equal(await changed(), 1);

  writeFileSync(path, prompt('Be rude.'));
  git('commit', '-q', '-am', 'second');
  const log = pathToFileURL(join(folder, '.git/logs/HEAD')).toString();
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: log, type: 2 }] });
  await until(async () => ((await changed()) === 0 ? true : undefined), 'the hint to go');
});
