import { PROMPT_SKELETONS } from '../../server/src/languages/prompts/skeletons/index.ts';
import { type Snippet, toSnippet } from '../../server/src/languages/snippet.ts';

/** Snippets of prompt files, one file for each language they are offered in: path to content. */
export function promptSnippets(): Map<string, string> {
  const files = new Map<string, Record<string, Snippet>>();
  for (const { id, label, help, languages, name, text } of PROMPT_SKELETONS) {
    for (const language of languages) {
      const path = `snippets/prompts.${language}.json`;
      const snippets = files.get(path) ?? {};
      snippets[label] = { prefix: id, description: help, body: toSnippet(text(name)) };
      files.set(path, snippets);
    }
  }
  return new Map([...files].map(([path, snippets]) => [path, `${JSON.stringify(snippets, null, 2)}\n`]));
}
