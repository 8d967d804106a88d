import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const NETWORK = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'inspector', 'undici'];

const bundles = readdirSync(DIST).filter((name) => name.endsWith('.js'));
/** Runs in a webview, where there is no `require`. */
const PAGE = 'summary.js';
/** Data in, text out. */
const BOM = 'bom.js';

/** Node modules a bundle asks for when it runs. */
function required(name: string): string[] {
  const text = readFileSync(DIST + name, 'utf8');
  const names = [...text.matchAll(/\b(?:require|__require|import)\(\s*["']((?:node:)?[\w/]+)["']\s*\)/g)].map(
    (match) => match[1] as string,
  );
  return [...new Set(names.map((module) => module.replace(/^node:/, '')))];
}

test('the bundles are these', () => {
  assert.deepEqual(bundles.sort(), [BOM, 'cli.js', 'client.js', 'server.js', PAGE]);
});

for (const name of bundles) {
  test(`${name} asks for no module that opens a network connection`, () => {
    const modules = required(name);
    assert.equal(modules.length > 0, name !== PAGE && name !== BOM, 'the search finds what a bundle asks for');
    assert.doesNotMatch(
      readFileSync(DIST + PAGE, 'utf8'),
      /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/,
    );
    assert.deepEqual(
      modules.filter((module) => NETWORK.includes(module.split('/')[0] as string)),
      [],
    );
  });

  test(`${name} asks for nothing that is not in it, in Node or in VS Code`, () => {
    const strange = required(name).filter((module) => module !== 'vscode' && !builtinModules.includes(module));
    assert.deepEqual(strange, []);
  });
}
