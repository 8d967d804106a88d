const ID = /^[A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?$/;
const FILE = /\.(?:pt|pth|bin|ckpt|safetensors|gguf|json|jsonl|csv|tsv|parquet|txt|py|zip|tar|gz)$/i;
/** Folders that a program keeps its own models and data in. Half a name of the Hub is an owner, never one of these. */
const OWN_FOLDER =
  /^(?:models?|checkpoints?|ckpts?|weights|outputs?|results?|runs|logs|saved\w*|trained\w*|fine-?tuned\w*|my\w*|your\w*|local\w*|tmp|temp|cache|data|datasets?|assets|artifacts|exp\w*|tests?|path|best|todo|user(?:name)?)(?:[-_/]|$)/i;

/** Whether a text can be the id of a repository on a model hub: `owner/name`, or a name alone that holds a dash or digit. */
export function isHubId(text: string): boolean {
  if (!ID.test(text) || FILE.test(text) || OWN_FOLDER.test(text)) return false;
  return text.includes('/') || /[-_\d]/.test(text);
}

/** The name without its owner, in lower case: mirrors and old short names of a model share it. */
export function bareName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}

/** The id in an address of the Hub (`https://huggingface.co/datasets/owner/name`) or package URL, else the text itself. */
export function hubIdIn(written: string): string {
  const match =
    /^(?:https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(?:datasets\/|models\/)?|pkg:huggingface\/)([\w.-]+(?:\/[\w.-]+)?)/i.exec(
      written.trim(),
    );
  return match?.[1] ?? written.trim();
}
