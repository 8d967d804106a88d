// Measures, prints tables, asserts nothing. `npm run bench [-- FOLDER]`
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { benchActivation } from './activation.ts';
import { benchCompliance } from './compliance.ts';
import { benchKeystrokes, benchServerStart } from './keystrokes.ts';
import { benchScans, benchSizes } from './scans.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.env.INIT_CWD ?? root, process.argv[2] ?? resolve(root, 'examples'));

spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}, ${process.platform}`,
);
benchSizes();
benchCompliance();
await benchServerStart();
await benchActivation();
await benchKeystrokes();
await benchScans(folder);
