import { access, constants, writeFile as write } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/**
 * Replaces a file in one step: whoever reads it sees the old text or the new one, and a power cut or a full disk leaves the
 * old one. Keeps mode and owner; a link is followed; a file that may not be written is left alone.
 *
 * @throws NodeJS.ErrnoException
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await access(path, constants.W_OK).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await writeFileAtomic(path, '', {
    // The library writes in one call and does not look how much was written: on a full disk it would put a torso in place
    // of the file. Node's own function writes all or throws. It appends to nothing: the library has written no byte yet.
    tmpfileCreated: ((temporary: string) => write(temporary, text)) as unknown as (temporary: string) => void,
  });
}
