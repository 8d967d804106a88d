import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/ensure.mjs';
import { DEFAULT_SETTINGS } from '../../server/src/lsp/protocol.ts';
import { openFakeEditor } from './fakeEditor.ts';

const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = read('package.json');
const { contributes } = manifest;
const strings: Record<string, string> = read('package.nls.json');
const commands: string[] = contributes.commands.map(({ command }: { command: string }) => command);

test('every command of the manifest is registered, and every other one is for our own actions', async () => {
  const editor = await openFakeEditor();
  const internal = ['guidelint.disableWithReason'];
  assert.deepEqual(editor.commands.toSorted(), [...commands, ...internal].toSorted());
});

test('every command has a title and stands under our name in the palette', () => {
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, 'Guidelint');
    assert.match(strings[title.replaceAll('%', '')] ?? '', /^[A-Z]/, command);
  }
});

test('texts of the manifest are complete and none is left over', () => {
  const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(strings).sort());
  for (const [key, text] of Object.entries(strings)) assert.match(text, /\S/, key);
});

test('nothing activates the extension but a language or notebook it checks', () => {
  const events: string[] = manifest.activationEvents;
  for (const event of events) assert.match(event, /^(?:onLanguage:[a-z-]+|onNotebook:jupyter-notebook)$/);
  for (const language of [
    'python',
    'markdown',
    'json',
    'jsonc',
    'yaml',
    'prompt',
    'instructions',
    'chatagent',
    'skill',
  ]) {
    assert.ok(events.includes(`onLanguage:${language}`), language);
  }
});

test('every setting is described, and its default is the one the server uses', () => {
  const defaults: Record<string, unknown> = {
    'guidelint.enable': DEFAULT_SETTINGS.enable,
    'guidelint.run': DEFAULT_SETTINGS.run,
    'guidelint.rules.customizations': DEFAULT_SETTINGS.rules.customizations,
    'guidelint.untitled': DEFAULT_SETTINGS.untitled,
    'guidelint.codeActions.disable': DEFAULT_SETTINGS.codeActions.disable,
    'guidelint.codeActions.documentation': DEFAULT_SETTINGS.codeActions.documentation,
    'guidelint.cards.codeLens': DEFAULT_SETTINGS.cards.codeLens,
    'guidelint.cards.outline': DEFAULT_SETTINGS.cards.outline,
    'guidelint.trace.server': 'messages',
  };
  const properties: Record<
    string,
    { default: unknown; markdownDescription: string; enum?: string[]; enumDescriptions?: string[] }
  > = contributes.configuration.properties;
  assert.deepEqual(Object.keys(properties).sort(), Object.keys(defaults).sort());
  for (const [name, setting] of Object.entries(properties)) {
    assert.deepEqual(setting.default, defaults[name], name);
    assert.match(strings[setting.markdownDescription.replaceAll('%', '')] ?? '', /\.$/, name);
    assert.equal(setting.enum?.length, setting.enumDescriptions?.length, name);
  }
});

test('trust and virtual folders are declared with a reason', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, true);
  assert.match(
    strings[untrustedWorkspaces.description.replaceAll('%', '')] ?? '',
    /Nothing from the workspace is executed/,
  );
  assert.equal(virtualWorkspaces.supported, false);
});

test('every file that the manifest names is there', () => {
  const walkthrough = contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { svg: string } }[] }) => steps);
  const files: string[] = [
    manifest.icon,
    ...walkthrough.map(({ media }: { media: { svg: string } }) => media.svg),
    ...(contributes.snippets ?? []).map(({ path }: { path: string }) => path),
    ...[...contributes.jsonValidation, ...contributes.yamlValidation].map(({ url }: { url: string }) => url),
  ];
  for (const file of files) assert.ok(existsSync(join(root, file)), file);
});

test('menus, views and welcome texts name what exists', () => {
  const views: { id: string; icon: string }[] = contributes.views.guidelint;
  const ids = views.map(({ id }) => id);
  for (const file of [contributes.viewsContainers.activitybar[0].icon, ...views.map(({ icon }) => icon)])
    assert.ok(existsSync(join(root, file)), file);
  for (const entries of Object.values<{ command: string; when: string }[]>(contributes.menus)) {
    for (const { command, when } of entries) {
      assert.ok(commands.includes(command), command);
      for (const [, view] of when.matchAll(/view == ([\w.]+)/g)) assert.ok(ids.includes(view ?? ''), when);
    }
  }
  for (const { view, contents } of contributes.viewsWelcome) {
    assert.ok(ids.includes(view));
    const text = strings[contents.replaceAll('%', '')] ?? '';
    for (const [, command] of text.matchAll(/\(command:([^)]+)\)/g)) assert.ok(commands.includes(command ?? ''), text);
  }
});

test('the icon is a square PNG of 256 pixels', () => {
  const bytes = readFileSync(join(root, manifest.icon));
  assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [256, 256]);
});

test('the walkthrough leads to commands that exist and can be completed', () => {
  for (const { steps } of contributes.walkthroughs) {
    for (const { id, description, completionEvents } of steps) {
      const text = strings[description.replaceAll('%', '')] ?? '';
      const links = [...text.matchAll(/\(command:([^)]+)\)/g)].map(([, command]) => command ?? '');
      assert.ok(links.length > 0, id);
      for (const link of links) assert.ok(link.startsWith('editor.action.') || commands.includes(link), link);
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, name] = event.split(':');
        assert.ok(kind === 'onContext' || commands.includes(name), event);
      }
    }
  }
});
