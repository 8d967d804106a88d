// @ts-check
// npm run package: builds and packs the extension into dist/guidelint.vsix.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './ensure.mjs';

await ensureInstalled();
await ensureBuilt();
const { createVSIX } = await import('@vscode/vsce');
const packagePath = join(root, 'dist', 'guidelint.vsix');
await createVSIX({
  cwd: root,
  packagePath,
  // The bundles hold everything they need.
  dependencies: false,
  allowMissingRepository: true,
  // Without a repository there is nothing that the README's relative links could be made to point to.
  rewriteRelativeLinks: false,
});
console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1024)} kB`);
