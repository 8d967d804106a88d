// @ts-check
// Called by npm when Guidelint is installed from a git repository, as pre-commit does: builds the command line.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './ensure.mjs';

// In a checkout of one's own the commands build what they need.
if (!existsSync(join(root, '.git', 'HEAD')) || process.env.npm_config_global) {
  // Standard output belongs to npm: `npm pack` prints the name of the package there.
  console.log = console.error;
  await ensureInstalled();
  await ensureBuilt();
}
