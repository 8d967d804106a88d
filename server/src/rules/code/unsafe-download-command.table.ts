import type { Severity } from '../../engine/finding.ts';

/** A form of command line that is a defect wherever it runs. */
export interface RiskyCommand {
  /** Key of the rule's messages. */
  readonly message: string;
  readonly severity: Severity;
  /** One line, linear in time. `…` stands for what is filled in. */
  readonly pattern: RegExp;
  /** What makes it harmless. */
  readonly unless?: RegExp;
}

const PIP = String.raw`(?:pip3?|uv(?:\s+pip)?)\s+(?:install|add|download)\b`;
/** This machine and its neighbours. */
const NEAR = /\b(?:http|ftp):\/\/(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|[\w-]+(?:[:/\s"']|$))/i;

/**
 * Command lines by defect, the worst first; only the first that fits counts. Downloads of code that is then run have a rule
 * of their own. Sources: manuals of curl, wget, pip, uv,
 * huggingface_hub (`hf download`), Ollama, Kaggle, cosign, model-signing, vLLM and lm-evaluation-harness.
 */
export const RISKY_COMMANDS: readonly RiskyCommand[] = [
  {
    message: 'unchecked',
    severity: 'error',
    pattern:
      /\bcurl\s(?:[^|;&]{0,300}\s)?(?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|--insecure)(?=\s|$)|\bwget\s(?:[^|;&]{0,300}\s)?--no-check-certificate\b|\bGIT_SSL_NO_VERIFY=(?:1|true)\b|http\.sslVerify[= ]false\b/,
  },
  {
    message: 'trusted',
    severity: 'error',
    pattern: /\s--trust[-_]remote[-_]code(?:[= ](?:true|1))?(?=\s|$)/i,
  },
  {
    message: 'evaluation',
    severity: 'warning',
    pattern: /\blm[-_]eval\b[^|;&]{0,500}--confirm_run_unsafe_code\b|\bHF_ALLOW_CODE_EVAL=["']?1/,
  },
  {
    message: 'signature',
    severity: 'info',
    pattern:
      /\bmodel_signing\s+verify\b[^|;&]{0,300}--ignore-unsigned-files\b|\bcosign\s+verify\b[^|;&]{0,300}--(?:insecure-[\w-]+|allow-insecure-registry)\b/,
  },
  {
    message: 'index',
    severity: 'warning',
    pattern: new RegExp(
      String.raw`\b${PIP}[^|;&]{0,300}(?:--trusted-host\b|--(?:extra-)?index-url[= ]["']?http:|\s-i\s+["']?http:)`,
    ),
    unless: NEAR,
  },
  {
    message: 'secondIndex',
    severity: 'info',
    pattern: new RegExp(String.raw`\b${PIP}[^|;&]{0,300}--extra-index-url\b`),
    // Builds of torch for a platform; the names there are those of the torch project.
    unless: /download\.pytorch\.org|pypi\.nvidia\.com|pypi\.org/,
  },
  {
    message: 'unpinnedInstall',
    severity: 'warning',
    pattern: new RegExp(
      String.raw`\b${PIP}[^|;&]{0,300}(?:git\+\w+:\/\/[^\s|;&]{1,300}|https?:\/\/[^\s|;&]{1,300}\.(?:whl|zip|tar\.gz))`,
    ),
    unless: /git\+\w+:\/\/[^\s]{1,300}@[0-9a-f]{40}\b|#sha(?:256|384|512)=|--require-hashes/i,
  },
  {
    message: 'install',
    severity: 'warning',
    // What is installed is filled in, or listed in a folder that is.
    pattern: new RegExp(
      String.raw`\b${PIP}(?=[^|;&]{0,300}(?<!\s(?:-[pt]|--(?:python|target|prefix|root|cache-dir|directory|log))[= ])…)`,
    ),
    unless: /--require-hashes|--no-index/,
  },
  {
    message: 'plain',
    severity: 'warning',
    pattern: /\b(?:curl|wget)\s[^|;&]{0,300}?\b(?:http|ftp):\/\/[\w-]+\.[\w.-]+/i,
    unless: NEAR,
  },
  {
    message: 'unpinned',
    severity: 'hint',
    pattern:
      /\b(?:hf|huggingface-cli)\s+download\s+\S|\bgit\s+(?:lfs\s+)?clone\s[^|;&]{0,200}https:\/\/(?:huggingface\.co|hf\.co)\/|\bollama\s+(?:pull|run)\s+[\w./:-]+|\bmodelscope\s+download\b|\baws\s+s3\s+cp\s+s3:\/\/\S{1,300}\.(?:pkl|pt|pth|bin|joblib|ckpt)\b/,
    unless: /--revision[= ]|@sha256:|\bgit\s(?:-C\s+\S+\s+)?checkout\b|--version-id\b/,
  },
  {
    message: 'kaggle',
    severity: 'hint',
    pattern: /\bkaggle\s+datasets\s+download\b/,
    unless: /\/versions?\/\d|--version\b/,
  },
];
