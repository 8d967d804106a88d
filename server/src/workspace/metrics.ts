import type { Metric } from '../languages/card/facts.ts';
import { readTree } from '../languages/tree.ts';

/** Names that training programs give to what they measure of a model, as against times and counts. */
const MEASURE =
  /(?:^|_)(?:accuracy|acc|f1|precision|recall|auc|roc_auc|mcc|matthews_correlation|bleu|sacrebleu|rouge(?:1|2|l|lsum)?|meteor|wer|cer|perplexity|loss|mse|rmse|mae|r2|map|iou|dice|exact_match|em|pearson\w{0,2}|spearman\w{0,2}|fid)$/i;
/** Of the training itself. */
const OF_TRAINING = /^train_/i;

/** The measures of a results file (`eval_results.json` of the Transformers trainer and alike): flat, numbers only. */
export function metricsOf(path: string, text: string): Metric[] {
  const [root] = readTree(path, text);
  return (root?.entries ?? []).flatMap(({ key, node }) => {
    const { value } = node;
    if (typeof value !== 'number' || !Number.isFinite(value) || !MEASURE.test(key) || OF_TRAINING.test(key)) return [];
    return [{ name: key, value, path }];
  });
}
