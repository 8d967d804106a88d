import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeFiles } from '../server/src/hosts/nodeFiles.ts';
import { scan } from '../server/src/workspace/scan.ts';
import { median, ms, printTable } from './stats.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const PEAK = fileURLToPath(new URL('./peakMemory.cjs', import.meta.url));
const RUNS = 5;

interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Sample {
  readonly millis: number;
  /** Time of all processors, user and system; undefined where the operating system does not tell. */
  readonly cpu?: number;
  /** Peak resident memory in kilobytes, where the tool is ours. */
  readonly peak?: number;
}

/** POSIX shell: `times` ends with what the children took, as `0m1.234s 0m0.056s`. */
const TIMED = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';

/** Milliseconds. */
function cpuOf(times: string): number | undefined {
  const found = [...(times.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (found.length !== 2) return undefined;
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

function run({ command, args, env }: Tool, peakFile: string): Sample {
  const options = { encoding: 'utf8', env: { ...process.env, ...env, GUIDELINT_PEAK_FILE: peakFile } } as const;
  const started = performance.now();
  const { error, status, stdout } =
    process.platform === 'win32'
      ? spawnSync(command, args, { ...options, stdio: 'ignore' })
      : spawnSync('sh', ['-c', TIMED, 'sh', command, ...args], options);
  const millis = performance.now() - started;
  const cpu = cpuOf(stdout ?? '');
  // Peers use 1 for findings; anything above is a failure that must not pass as a fast run.
  if (error || (status ?? 9) > 1)
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit ${status}`}`);
  const written = env ? Number(readFileSync(peakFile, 'utf8')) : Number.NaN;
  return { millis, ...(cpu !== undefined && { cpu }), ...(Number.isFinite(written) && { peak: written }) };
}

const onPath = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Whole processes over one folder: ours without and with its cache, and the peers that are installed, in turn. */
export async function benchScans(folder: string): Promise<void> {
  const temp = mkdtempSync(join(tmpdir(), 'guidelint-bench-'));
  const peakFile = join(temp, 'peak');
  const env = { XDG_CACHE_HOME: temp, LOCALAPPDATA: temp, NODE_OPTIONS: `--require=${PEAK}` };
  const ours = (name: string, ...more: string[]): Tool => ({
    name,
    command: process.execPath,
    args: [CLI, 'check', folder, '--format', 'json', '--output', devNull, '--fail-on', 'never', ...more],
    env,
  });
  const tools: Tool[] = [
    ours('guidelint, cold', '--no-cache'),
    ours('guidelint, cold, one thread', '--no-cache', '--jobs', '1'),
    ours('guidelint, warm'),
  ];
  if (onPath('ruff')) {
    tools.push({
      name: 'ruff --select S',
      command: 'ruff',
      args: ['check', '--isolated', '--no-cache', '--select', 'S', '--exit-zero', '--quiet', folder],
    });
  }
  if (onPath('bandit'))
    tools.push({
      name: 'bandit -r',
      command: 'bandit',
      args: ['-r', '-q', '--exit-zero', '-f', 'json', '-o', join(temp, 'bandit.json'), folder],
    });
  if (onPath('semgrep') && process.env.GUIDELINT_SEMGREP_RULES) {
    tools.push({
      name: 'semgrep',
      command: 'semgrep',
      args: [
        'scan',
        '--metrics=off',
        '--disable-version-check',
        '--quiet',
        '--config',
        process.env.GUIDELINT_SEMGREP_RULES,
        folder,
      ],
    });
  }
  const samples = new Map(tools.map(({ name }) => [name, [] as Sample[]]));
  for (let round = -1; round < RUNS; round++) {
    for (const tool of tools) {
      const sample = run(tool, peakFile);
      if (round >= 0) samples.get(tool.name)?.push(sample);
    }
  }
  rmSync(temp, { recursive: true, force: true });

  const { files: scanned } = await scan({
    files: nodeFiles(),
    folder: pathToFileURL(folder).toString(),
    rules: [],
    today: '2026-01-01',
  });
  const files = scanned.length;
  const bytes = scanned.reduce((sum, { raw }) => sum + Buffer.byteLength(raw), 0);
  const base = median((samples.get('guidelint, cold') ?? []).map(({ millis }) => millis));
  const rows = [['', 'median', 'min', 'max', 'CPU', 'files/s', 'MB/s', 'peak', 'time ÷ ours cold']];
  for (const { name, env } of tools) {
    const taken = samples.get(name) ?? [];
    const millis = taken.map((sample) => sample.millis);
    const cpu = taken.flatMap((sample) => sample.cpu ?? []);
    const middle = median(millis);
    const peak = Math.max(...taken.map((sample) => sample.peak ?? 0));
    rows.push([
      name,
      ms(middle),
      ms(Math.min(...millis)),
      ms(Math.max(...millis)),
      cpu.length > 0 ? ms(median(cpu)) : '',
      env ? Math.round((files / middle) * 1000).toLocaleString('en') : '',
      (bytes / 1e3 / middle).toFixed(1),
      peak > 0 ? `${Math.round(peak / 1000)} MB` : '',
      (middle / base).toFixed(2),
    ]);
  }
  printTable(
    `Scan of ${folder}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB (${RUNS} rounds in turn, after one to warm up)`,
    rows,
  );
  if (!onPath('ruff') || !onPath('bandit')) console.log('  Peers that are not on the PATH are left out.');
}

/** Sizes of what ships. */
export function benchSizes(): void {
  const size = (path: string) => {
    try {
      return statSync(fileURLToPath(new URL(`../${path}`, import.meta.url))).size;
    } catch {
      return undefined;
    }
  };
  const rows = [['file', 'size']];
  for (const path of ['dist/client.js', 'dist/server.js', 'dist/cli.js', 'dist/guidelint.vsix']) {
    const bytes = size(path);
    rows.push([path, bytes === undefined ? 'not built (npm run package)' : `${Math.round(bytes / 1000)} kB`]);
  }
  printTable('Sizes', rows);
}
