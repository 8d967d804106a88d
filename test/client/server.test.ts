import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CARD_TEMPLATES_LIST, CLEAR, NEW_CARD } from '../../server/src/lsp/protocol.ts';
import { document, openFakeEditor } from './fakeEditor.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the server starts with the first document that concerns it, once', async () => {
  const editor = await openFakeEditor({ documents: [document('git', '/old/train.py', 'python')] });
  assert.equal(editor.clients.length, 0, 'the other side of a diff');
  editor.openDocument(document('file', '/notes.tex', 'latex'));
  assert.equal(editor.clients.length, 0, 'a language we do not read');
  editor.openDocument(document('file', '/train.py', 'python'));
  editor.openDocument(document('file', '/MODEL_CARD.md', 'markdown'));
  await settled();
  assert.deepEqual(
    editor.clients.map(({ starts }) => starts),
    [1],
  );
});

test('a document that is already open starts it too', async () => {
  const editor = await openFakeEditor({ documents: [document('file', '/train.py', 'python')] });
  assert.equal(editor.clients.length, 1);
});

test('it does not start where it is switched off', async () => {
  const editor = await openFakeEditor({
    documents: [document('file', '/train.py', 'python')],
    settings: { enable: false },
  });
  assert.equal(editor.clients.length, 0);
});

test('a command starts it where no document did', async () => {
  const editor = await openFakeEditor();
  await editor.run('clearResults');
  assert.deepEqual(
    editor.clients.map(({ requests }) => requests.map(({ method }) => method)),
    [[CLEAR]],
  );
});

test('restarts asked for at once are one restart, with a client of its own', async () => {
  const editor = await openFakeEditor({ documents: [document('file', '/train.py', 'python')] });
  await settled();
  await Promise.all([editor.run('restartServer'), editor.run('restartServer'), editor.run('restartServer')]);
  assert.deepEqual(
    editor.clients.map(({ starts, disposals }) => [starts, disposals]),
    [
      [1, 1],
      [1, 0],
    ],
  );
});

test('after a start that failed, the next request and a restart try again', async () => {
  const editor = await openFakeEditor({ startFails: (count) => count <= 2 });
  await editor.run('clearResults');
  assert.match(editor.messages[0] ?? '', /no server/);
  await editor.run('restartServer');
  await editor.run('restartServer');
  assert.deepEqual(
    editor.clients.map(({ starts }) => starts),
    [1, 1, 1],
  );
  await editor.run('clearResults');
  assert.equal(editor.clients[2]?.requests.length, 1);
});

test('a failure is told once at a time', async () => {
  const editor = await openFakeEditor({ startFails: () => true });
  await Promise.all([editor.run('clearResults'), editor.run('newModelCard')]);
  assert.equal(editor.messages.length, 1);
});

test('a new card asks for its headings, and takes none where the list is left', async () => {
  const templates = [
    { id: 'hub-model-card', type: 'model', label: 'Hub', help: '', file: 'README.md' },
    { id: 'datasheet', type: 'data', label: 'Datasheet', help: '', file: 'DATASHEET.md' },
  ];
  const asked = async (pick: (items: readonly { readonly label: string }[]) => unknown, ...args: unknown[]) => {
    const answer = (method: string) => (method === CARD_TEMPLATES_LIST ? { templates } : { fileName: 'x.md' });
    const editor = await openFakeEditor({ answer, pick });
    await editor.run('newModelCard', ...args);
    const drafted = editor.clients[0]?.requests.filter(({ method }) => method === NEW_CARD) ?? [];
    return drafted.map(({ params }) => (params as { template?: string }).template ?? 'default');
  };
  const labels: string[][] = [];
  assert.deepEqual(
    await asked((items) => {
      labels.push(items.map(({ label }) => label));
      return items[1];
    }),
    ['hub-model-card'],
  );
  assert.deepEqual(labels, [['Model card', 'Hub']]);
  assert.deepEqual(await asked((items) => items[0]), ['default']);
  assert.deepEqual(await asked(() => undefined), []);
  assert.deepEqual(await asked(() => assert.fail('nothing is asked'), 'default'), ['default']);
});
