import type { Connection } from 'vscode-languageserver';
import { PROMPT_SKELETONS, type PromptSkeleton } from '../languages/prompts/skeletons/index.ts';
import { toSnippet } from '../languages/snippet.ts';
import type { Files } from '../workspace/files.ts';
import { NEW_PROMPTS, type NewPromptsParams, type NewPromptsReply } from './protocol.ts';

/** Drafts of prompt files with paths that are free, where products take more than one; the client opens one unsaved. */
export function offerNewPrompts(connection: Connection, files: Files): void {
  connection.onRequest(NEW_PROMPTS, async ({ rootUri, besideUri }: NewPromptsParams): Promise<NewPromptsReply> => {
    const formats = PROMPT_SKELETONS.map(async (skeleton) => {
      const { id, label, help, languages, at, path, text } = skeleton;
      const folder = (at === 'root' ? rootUri : besideUri).replace(/\/$/, '');
      const free = folder ? await freeName(files, folder, skeleton) : skeleton.name;
      const name = skeleton.only ? skeleton.name : free;
      const snippet = `${toSnippet(text(name)).join('\n')}\n`;
      return {
        id,
        label,
        help,
        path: path(name),
        uri: `${folder}/${path(name)}`,
        language: languages[0],
        snippet,
        exists: name !== free,
      };
    });
    return { formats: await Promise.all(formats) };
  });
}

/** The skeleton's name, with a number where a file of that name is there. */
async function freeName(files: Files, folder: string, { name, path }: PromptSkeleton): Promise<string> {
  for (let number = 1; number < 100; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    const [, inside = '', file = ''] = /^(.*\/)?([^/]*)$/.exec(path(candidate)) ?? [];
    const entries = (await files.list(`${folder}/${inside}`.replace(/\/$/, ''))) ?? [];
    if (!entries.some((entry) => entry.name.toLowerCase() === file.toLowerCase())) return candidate;
  }
  return name;
}
