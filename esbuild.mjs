// One table of bundles. `node esbuild.mjs [--watch] [--dev]`
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { context } from 'esbuild';

const dev = process.argv.includes('--dev');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  // The extension host of the oldest VS Code we support runs Node 20.
  target: 'node20',
  format: 'cjs',
  minify: !dev,
  sourcemap: dev,
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  alias: { net: './server/src/hosts/noNetwork.ts' },
};

const bundles = [
  { in: 'client/src/extension.ts', out: 'dist/client.js', external: ['vscode'] },
  // The summary's page runs in a webview: a browser, and its policy allows files of ours only.
  { in: 'client/webview/summary.ts', out: 'dist/summary.js', platform: 'browser', format: 'iife', target: 'chrome122' },
  { in: 'client/webview/summary.css', out: 'dist/summary.css', target: 'chrome122' },
  { in: 'server/src/hosts/server.ts', out: 'dist/server.js', banner: '#!/usr/bin/env node', external: ['./bom.js'] },
  {
    in: 'server/src/hosts/cli.ts',
    out: 'dist/cli.js',
    banner: '#!/usr/bin/env node',
    external: ['./server.js', './bom.js'],
  },
  { in: 'server/src/hosts/bom.ts', out: 'dist/bom.js', alias: { xmlbuilder2: './server/src/hosts/noXml.ts' } },
  { in: 'test/host/suite/index.ts', out: 'dist/test/index.js', external: ['vscode'], minify: false },
  { in: 'test/host/suite/activation.ts', out: 'dist/test/activation.js', external: ['vscode'] },
].filter((bundle) => existsSync(bundle.in));

rmSync('dist', { recursive: true, force: true });
// The sources are ES modules; VS Code's extension host (also on the web) loads CommonJS.
mkdirSync('dist/test', { recursive: true });
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
for (const { in: entry, out, external = [], banner, ...own } of bundles) {
  const build = await context({
    ...common,
    ...own,
    entryPoints: [entry],
    outfile: out,
    external,
    ...(banner && { banner: { js: banner } }),
  });
  if (watch) await build.watch();
  else {
    await build.rebuild();
    await build.dispose();
  }
}
