import { callTable, checkCalls } from '../../engine/callRule.ts';
import { COMMAND_TRIGGERS, mentions } from '../../engine/commandRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { inContext } from '../../languages/python/program.ts';
import { inTexts } from '../../languages/python/triggers.ts';
import { findSecrets } from '../../languages/secrets.ts';

/** huggingface_hub: off when unset; hands the token to the credential helper of git, which may keep it in a plain file. */
const CALLS = callTable([
  {
    detection: 'KEY-06',
    apis: 'huggingface_hub.login huggingface_hub.interpreter_login huggingface_hub._login.login',
    when: [{ parameter: 'add_to_git_credential', is: 'true' }],
    fixes: [{ remove: 'add_to_git_credential', kind: 'suggestion' }],
  },
]);
/** `https://user:token@host` */
const WITH_PASSWORD = /^https?:\/\/[^/\s:@]{0,100}:[^@/\s]{1,300}@([^/\s]{1,200})/;

const CLONES = /\bgit\b[\s\S]{0,200}https?:\/\/[^/\s@]{0,300}@/;

export const tokenKeptByGit = defineRule({
  meta: {
    id: 'GL352',
    name: 'token-kept-by-git',
    title: 'Token is left in the files of git',
    kinds: ['python', 'notebook', 'script', 'container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-522',
      'atlas:AML.T0055',
    ],
    why: 'Git writes the token to a file in plain text (`.git/config` or the credential store). It stays there for every program and person that reads the disk, the image or a copy of the folder.',
    how: 'Give the token in the environment (`HF_TOKEN`) while it is needed, or use SSH or a credential helper that encrypts.',
    messages: {
      call: '`{argument}` leaves the token with git, which may keep it in a plain file',
      address: 'git keeps the password in this address for `{host}` in `.git/config`',
    },
    detections: ['KEY-06'],
    examples: [
      {
        path: 'Dockerfile',
        bad: 'FROM python:3.12\nRUN git clone https://oauth2:$TOKEN@huggingface.co/org/model \\\n && cd model\n',
        good: 'FROM python:3.12\nRUN git clone https://huggingface.co/org/model\n',
      },
      {
        path: 'train.py',
        bad: 'from huggingface_hub import login\n\nlogin(token=token, add_to_git_credential=True)\n',
        fixed: 'from huggingface_hub import login\n\nlogin(token=token)\n',
      },
      {
        path: 'fetch.py',
        bad: 'import os\n\nos.system(f"git clone https://user:{token}@huggingface.co/org/name")\n',
      },
      {
        path: 'fetch.py',
        good: 'import os\n\nfrom huggingface_hub import login\n\nlogin(token=token)\nos.system("git clone https://huggingface.co/org/name")\nos.system("git clone git@github.com:org/name.git")\n',
      },
    ],
  },
  triggers: [CALLS, inTexts(CLONES, ...COMMAND_TRIGGERS)],
  *check(file) {
    yield* checkCalls(file, CALLS, 'warning');
    if (!mentions(file, CLONES)) return;
    for (const { program, words } of file.commands) {
      if (program !== 'git') continue;
      for (const { text, span } of words) {
        const [, host] = WITH_PASSWORD.exec(text) ?? [];
        // A token that is written out is reported as such.
        if (!host || findSecrets(text).length > 0) continue;
        yield { span, message: 'address', data: { host }, severity: inContext('warning', file.path) };
      }
    }
  },
});
