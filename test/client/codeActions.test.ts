import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REASON_MARK } from '../../server/src/lsp/protocol.ts';
import { document, FakeEdit, openFakeEditor } from './fakeEditor.ts';

const ours = { source: 'guidelint', message: 'ours' };
const foreign = { source: 'Ruff', message: 'theirs' };

/** The actions the editor would offer, from what the server answers; what was asked of the server goes into `asked`. */
async function actionsFor(
  answer: object[],
  { diagnostics = [ours], only = undefined as object | undefined, reason = '' } = {},
) {
  const [train] = [document('file', '/train.py', 'python')];
  const editor = await openFakeEditor({ documents: [train], reason });
  const asked: { diagnostics: object[] }[] = [];
  const { provideCodeActions } = editor.clients[0]?.options.middleware ?? {};
  const next = async (_document: unknown, _range: unknown, context: { diagnostics: object[] }) => {
    asked.push(context);
    return answer;
  };
  const actions = (await provideCodeActions?.(train, {}, { diagnostics, only }, {}, next)) as Action[];
  return { editor, asked, actions };
}

interface Action {
  readonly title: string;
  readonly edit?: FakeEdit;
  readonly command?: { readonly command: string; readonly arguments: unknown[] };
}

function disableAction() {
  const edit = new FakeEdit();
  edit.replace(
    'file:/train.py',
    'line 1',
    `# no ${REASON_MARK} yet\n# guidelint-disable-next-line GL301: ${REASON_MARK}\n`,
  );
  return { title: 'Disable GL301 for this line', edit, data: { disable: true, message: 'unsafe load' } };
}

test('the server is asked about our findings only, and not at all where there is none', async () => {
  const mixed = await actionsFor([], { diagnostics: [foreign, ours] });
  assert.deepEqual(
    mixed.asked.map(({ diagnostics }) => diagnostics),
    [[ours]],
  );
  const none = await actionsFor([{ title: 'never' }], { diagnostics: [foreign] });
  assert.deepEqual([none.asked.length, none.actions], [0, []]);
});

test('fix-all is asked for without a finding under the cursor', async () => {
  const { asked } = await actionsFor([], { diagnostics: [], only: { value: 'source.fixAll' } });
  assert.equal(asked.length, 1);
});

test('a repair stays an edit; a suppression becomes a question', async () => {
  const repair = { title: 'Load weights only', edit: new FakeEdit() };
  const { actions } = await actionsFor([repair, disableAction()]);
  assert.equal(actions[0]?.edit, repair.edit);
  assert.equal(actions[1]?.edit, undefined);
  assert.equal(actions[1]?.command?.command, 'guidelint.disableWithReason');
});

test('the answer takes the place of the mark, and of nothing else', async () => {
  const { editor, actions } = await actionsFor([disableAction()], { reason: '  test data (until 2099-01-31) ' });
  await editor.run('disableWithReason', ...(actions[0]?.command?.arguments ?? []));
  assert.deepEqual(
    editor.applied.map(({ replaced }) => replaced),
    [
      [
        {
          uri: 'file:/train.py',
          range: 'line 1',
          newText: `# no ${REASON_MARK} yet\n# guidelint-disable-next-line GL301: test data (until 2099-01-31)\n`,
        },
      ],
    ],
  );
});

test('no reason, or a document that changed meanwhile: nothing is edited', async () => {
  const empty = await actionsFor([disableAction()], { reason: '' });
  await empty.editor.run('disableWithReason', ...(empty.actions[0]?.command?.arguments ?? []));
  assert.deepEqual(empty.editor.applied, []);

  const changed = await actionsFor([disableAction()], { reason: 'fine' });
  const [pending] = (changed.actions[0]?.command?.arguments ?? []) as [object];
  await changed.editor.run('disableWithReason', { ...pending, version: 7 });
  assert.deepEqual(changed.editor.applied, []);
  assert.match(changed.editor.messages[0] ?? '', /has changed/);
});
