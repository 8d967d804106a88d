import type { CallRow, Parameter } from '../../engine/callRule.ts';

/** Formats whose reader can be made to run code. */
const RUNS = /\.(?:pt|pth|bin|ckpt|pkl|pickle|joblib|h5|keras|so|dll|whl|py|exe|sh|jar|mar|nemo)(?:[?#]|$)/i;
/** Archives: what is in them nobody can tell from the address, except that a model is more often code than a table is. */
const ARCHIVE = /\.(?:zip|tar|tgz|tar\.\w+|7z)(?:[?#]|$)/i;

/** Three rows, of which the first that fits counts: a download helper with a parameter for the digest, and how that is filled. */
function helper(
  apis: string,
  url: string,
  urlAt: number,
  digest: { readonly name: string; readonly position: number; readonly to?: string; readonly other?: Parameter },
): CallRow[] {
  const missing = { parameter: digest.name, position: digest.position, is: 'None', absent: true } as const;
  const unless = digest.other ? [{ ...digest.other, is: 'given' } as const] : [];
  const base = {
    detection: 'DATA-12',
    apis,
    unless,
    message: 'digest',
    ...(digest.to && { fixes: [{ set: digest.name, to: digest.to, kind: 'suggestion' } as const] }),
  };
  const address = { parameter: url, position: urlAt };
  return [
    { ...base, when: [missing, { ...address, is: RUNS }], message: 'digestRuns', severity: 'warning' },
    { ...base, when: [missing, { ...address, is: ARCHIVE }], message: 'digestArchive', severity: 'info' },
    { ...base, when: [missing], severity: 'hint' },
  ];
}

/** Where a helper has no parameter for a digest at all, only what may hold code is worth a word. */
function bare(apis: string, url: string, urlAt: number): CallRow[] {
  const base = { detection: 'DATA-12', apis };
  const address = { parameter: url, position: urlAt };
  return [
    { ...base, when: [{ ...address, is: RUNS }], message: 'bare', severity: 'info' },
    { ...base, when: [{ ...address, is: ARCHIVE }], message: 'bareArchive', severity: 'hint' },
  ];
}

/**
 * Downloads that compare nothing unless told to, and switches that stop a comparison. Sources: signatures
 * in the references of keras, torchvision, torch, pooch, datasets (`verification_mode` since 2.9, `ignore_verifications`
 * before) and huggingface_hub.
 */
export const DOWNLOADS: readonly CallRow[] = [
  ...helper('keras.utils.get_file keras.utils.data_utils.get_file', 'origin', 1, {
    name: 'file_hash',
    position: 4,
    to: '"<sha256>"',
    other: { parameter: 'md5_hash', position: 3 },
  }),
  ...helper('torchvision.datasets.utils.download_url', 'url', 0, { name: 'md5', position: 3 }),
  ...helper('torchvision.datasets.utils.download_and_extract_archive', 'url', 0, { name: 'md5', position: 4 }),
  ...helper('torch.hub.download_url_to_file', 'url', 0, { name: 'hash_prefix', position: 2, to: '"<sha256>"' }),
  ...helper('pooch.retrieve', 'url', 0, { name: 'known_hash', position: 1, to: '"sha256:<sha256>"' }),
  ...bare('urllib.request.urlretrieve wget.download', 'url', 0),
  {
    detection: 'DATA-07',
    apis: 'datasets.load_dataset datasets.load_dataset_builder datasets.load.load_dataset datasets.**.download_and_prepare',
    when: [{ parameter: 'verification_mode', is: ['no_checks'] }],
    message: 'off',
    severity: 'warning',
    fixes: [{ remove: 'verification_mode', kind: 'suggestion' }],
  },
  {
    detection: 'DATA-07',
    apis: 'datasets.load_dataset datasets.load_dataset_builder datasets.load.load_dataset datasets.**.download_and_prepare',
    when: [{ parameter: 'ignore_verifications', is: 'true' }],
    message: 'off',
    severity: 'warning',
    fixes: [{ remove: 'ignore_verifications', kind: 'suggestion' }],
  },
  {
    detection: 'NET-05',
    apis: `huggingface_hub.snapshot_download huggingface_hub._snapshot_download.snapshot_download
      huggingface_hub.HfApi().snapshot_download`,
    when: [
      { parameter: 'allow_patterns', is: 'None', absent: true },
      { parameter: 'ignore_patterns', is: 'None', absent: true },
    ],
    // Datasets hold data; what to leave out of them nobody can say in general.
    unless: [
      { parameter: 'repo_type', is: ['dataset', 'space'] },
      { parameter: 'local_files_only', is: 'true' },
      // What is in a commit can be looked at once and for all.
      { parameter: 'revision', is: /^[0-9a-f]{40}$/ },
    ],
    message: 'everything',
    severity: 'hint',
    fixes: [{ set: 'allow_patterns', to: '["*.safetensors", "*.json", "tokenizer*"]', kind: 'suggestion' }],
  },
];
