import type { Card } from './card.ts';

/**
 * Circumstances under which a field is asked for: of a model trained from scratch nobody wants to know the feedback data.
 * Each answers true only where the card itself says so.
 */

const TUNED =
  /\b(?:is|was|were|been|are|we|then|and)(?: \w+)? (?:fine-?tuned|finetuned)\b|\b(?:fine-?tuned|finetuned) (?:version|variant|from|on)\b|\binstruct(?:ion)?[- ]tuned\b|-instruct\b|(?<![-/\w])(?:RLHF|DPO|LoRA adapter)\b|\bhuman feedback\b/i;
/** Not as a part of the name of a data set. */
const FEEDBACK = /(?<![-/\w])(?:RLHF|RLAIF|DPO|human feedback|preference (?:data|tuning|optimi[sz]ation))\b/i;
const RELEASED =
  /\.(?:safetensors|gguf|ggml|bin|pt|pth|ckpt|onnx|h5|keras|tflite|pb|pkl|joblib|npz|mlmodel|tar\.gz|tgz|zip|parquet|jsonl|csv|arrow|tfrecord)\b|huggingface\.co\/|\bdownload/i;
/** Keys that only a card in a repository of the Hub has; the files lie beside it. */
const HUB_KEYS = ['library_name', 'pipeline_tag', 'configs', 'dataset_info', 'size_categories', 'task_categories'];
const SYNTHETIC =
  /\bsynthetic(?:ally)?\b|\b(?:GPT|LLM|model)[- ](?:\w+[- ])?generated\b|\bgenerated (?:\w+ ){0,2}(?:by|with|using) (?:\w+[ -]){0,3}(?:GPT|Claude|Llama|Gemini|LLM|language model)/i;

/** Data that a program has made was never acquired from anybody. */
const MADE =
  /\b(?:wholly|entirely|fully|purely|completely) synthetic\b|\b(?:procedurally|programmatically) generated\b/i;
const LABELS = /\b(?:labels?|labell?(?:ed|ing)|annotat\w+|class(?:es|ification)|ground truth|supervised)\b/i;

/** The base model is one that this model continues; merged or quantised weights were trained on nothing. */
export function isTuned({ frontMatter, text }: Card): boolean {
  const relation = frontMatter.get('base_model_relation')?.text;
  if (relation === 'quantized' || relation === 'merge' || frontMatter.get('quantized_by')) return false;
  return hasKey(frontMatter.get('base_model')?.value) || TUNED.test(text.slice(frontMatter.end));
}

/** Feedback was used; or the card says the model was tuned and names no data at all: the training data of a tuned model is its tuning data. */
export function needsTuningData(card: Card): boolean {
  if (FEEDBACK.test(card.text.slice(card.frontMatter.end))) return true;
  return isTuned(card) && card.field('training-data').state !== 'filled';
}

/** Files are released with the card: it names them, links to a download, or lies in a repository of the Hub. */
export function isReleased({ frontMatter, text }: Card): boolean {
  return HUB_KEYS.some((key) => hasKey(frontMatter.get(key)?.value)) || RELEASED.test(text.slice(frontMatter.end));
}

export function isSynthetic({ frontMatter, text }: Card): boolean {
  const makers = ['annotations_creators', 'language_creators'].flatMap((key) => frontMatter.items(key));
  return makers.some((item) => item.text === 'machine-generated') || SYNTHETIC.test(text.slice(frontMatter.end));
}

export function isAcquired({ frontMatter, text }: Card): boolean {
  return !MADE.test(text.slice(frontMatter.end));
}

/** The data has labels, as far as the card says. */
export function isLabelled(card: Card): boolean {
  return isAnnotated(card) && LABELS.test(card.text);
}

export function isAnnotated({ frontMatter }: Card): boolean {
  return !frontMatter.items('annotations_creators').some(({ text }) => text === 'no-annotation');
}

function hasKey(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
