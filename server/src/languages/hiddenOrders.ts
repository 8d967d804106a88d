/**
 * Words that address the model behind the user's back. Published attacks on tool descriptions use them: a block marked as
 * important, an order to keep silent, a file with keys to be read first. Global: for `matchAll`.
 */
export const HIDDEN_ORDERS =
  /<(?:IMPORTANT|SYSTEM|SECRET|HIDDEN)>|\b(?:do not|don't|never) (?:tell|mention|inform|notify|reveal|show) (?:this|that|it|them|the user|any of this|anything)\b|~\/\.(?:ssh|aws|cursor|config\/gcloud)\b|\bid_rsa\b|\.cursor\/mcp\.json|\bignore (?:all |any )?(?:previous|prior) instructions\b/gi;
