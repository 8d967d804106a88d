import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { URI } from 'vscode-uri';
import { git } from '../cli/gitProcess.ts';
import { type Entry, type Files, MAX_BYTES, type ReadProblem } from '../workspace/files.ts';

const stat = promisify(fs.stat);

/** Text has no NUL; where one stands this early in a file, the file is data. In bytes. */
const BINARY_PROBE = 8000;
/** Git answers in a few; a repository on a drive that sleeps is not waited for. In milliseconds. */
const GIT_TIMEOUT = 10_000;

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** The file system of this machine. Follows a link that is asked for by name; a listing only tells that it is one. */
export function nodeFiles(): Files {
  return {
    async readText(uri, maxBytes) {
      const path = toPath(uri);
      try {
        // Waiting for each of five calls takes several times as long as the calls do, which a scan of thousands feels.
        const status = fs.statSync(path, { throwIfNoEntry: false });
        if (!status) return unreadable(REASONS.ENOENT ?? '');
        // Reading a named pipe or a device might never end.
        if (!status.isFile()) return unreadable(status.isDirectory() ? 'is a folder' : 'is not a regular file');
        if (status.size > maxBytes) return tooLarge(status.size, maxBytes);
        const bytes = fs.readFileSync(path);
        if (bytes.length > maxBytes) return tooLarge(bytes.length, maxBytes);
        return decodeText(bytes);
      } catch (error) {
        return unreadable(reasonOf(error));
      }
    },

    async list(uri) {
      try {
        const entries = fs.readdirSync(toPath(uri), { withFileTypes: true });
        return entries.map(toEntry).sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return undefined;
      }
    },

    async stat(uri) {
      try {
        const status = fs.statSync(toPath(uri));
        return { size: status.size, mtime: status.mtimeMs };
      } catch {
        return undefined;
      }
    },

    async committed(uri, commit) {
      if (!uri.startsWith('file:') || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
      const path = toPath(uri);
      try {
        const args = ['cat-file', 'blob', `${commit}:./${basename(path)}`];
        const bytes = await git(args, dirname(path), { maxBytes: MAX_BYTES, timeout: GIT_TIMEOUT });
        const decoded = decodeText(bytes);
        // What Git LFS keeps elsewhere is not the text.
        return 'text' in decoded && !decoded.text.startsWith(LFS_POINTER) ? decoded.text : undefined;
      } catch {
        return undefined;
      }
    },

    async sha256(uri, signal) {
      const path = toPath(uri);
      try {
        if (!(await stat(path)).isFile()) return undefined;
        const hash = createHash('sha256');
        for await (const chunk of fs.createReadStream(path, { highWaterMark: 1 << 20 })) {
          if (signal?.aborted) return undefined;
          hash.update(chunk);
        }
        return hash.digest('hex');
      } catch {
        return undefined;
      }
    },
  };
}

/** Path of a `file:` URI in the form of this operating system. */
function toPath(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** Bytes of a file or of standard input as text; a byte order mark stays in it. */
export function decodeText(bytes: Buffer): { text: string } | { problem: ReadProblem; detail: string } {
  const encoding = utf16(bytes);
  if (encoding) return { problem: 'not-utf8', detail: `is ${encoding}; save it as UTF-8` };
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) return { problem: 'binary', detail: 'is binary' };
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') };
  return { problem: 'not-utf8', detail: `is not UTF-8 (first wrong byte in line ${firstWrongLine(bytes)})` };
}

/** By the byte order marks of the Unicode standard, section 23.8. */
function utf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian)';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)';
  return undefined;
}

/** Line, from 1, in which decoding first has to replace something. */
function firstWrongLine(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  let offset = 0;
  while (offset < bytes.length && bytes[offset] === again[offset]) offset++;
  return bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
}

function tooLarge(size: number, maxBytes: number): { problem: ReadProblem; detail: string } {
  return { problem: 'too-large', detail: `is ${megabytes(size)} MB large, more than ${megabytes(maxBytes)} MB` };
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');
}

function unreadable(detail: string): { problem: ReadProblem; detail: string } {
  return { problem: 'unreadable', detail };
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  ELOOP: 'is a link that leads nowhere',
  EMFILE: 'cannot be read: too many files are open',
  EBUSY: 'cannot be read: another program holds it',
};

/** What went wrong in words, without the path, which the report gives. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `cannot be read: ${code ?? message}`;
}

function toEntry(entry: fs.Dirent): Entry {
  if (entry.isSymbolicLink()) return { name: entry.name, type: 'link' };
  if (entry.isDirectory()) return { name: entry.name, type: 'folder' };
  return { name: entry.name, type: entry.isFile() ? 'file' : 'other' };
}
