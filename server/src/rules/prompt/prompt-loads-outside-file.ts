import { defineRule } from '../../engine/rule.ts';

/** Files that hold keys, wherever they lie. */
const SECRET_FILE =
  /(?:^|[/~])(?:\.ssh\/|\.aws\/|\.gnupg\/|\.kube\/config|\.netrc\b|\.npmrc\b|\.pypirc\b|\.env(?:\.\w+)?$|\.docker\/config\.json|id_(?:rsa|ed25519|ecdsa)\b)/;

export const promptLoadsOutsideFile = defineRule({
  meta: {
    id: 'GL406',
    name: 'prompt-loads-outside-file',
    title: 'Prompt that pulls in a file from outside its folder',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.1-2',
      'ncsc-cisa-2023:ncsc-2.2.3',
      'owasp-llm-2025:LLM02',
      'cwe:CWE-22',
      'cwe:CWE-829',
    ],
    why: 'What the file holds becomes part of the prompt and is sent to the model. Outside the folder it is not under the same review, and a path that leads up can reach files that were never meant to leave the machine.',
    how: 'Keep the file beside the prompt and name it by a path below its folder.',
    messages: {
      outside: '`{path}` lies outside the folder of the prompt',
      remote: '`{path}` is fetched each time and can change without review',
      secret: '`{path}` holds keys; with this line they are sent to the model',
    },
    detections: ['INS-09'],
    examples: [
      {
        path: 'answer.prompty',
        bad: '---\ndescription: Answers from the help articles.\nsample: ${file:../../shared/answers.json}\n---\nsystem:\nAnswer.\n',
        good: '---\ndescription: Answers from the help articles.\nsample: ${file:answers.json}\n---\nsystem:\nAnswer.\n',
      },
      {
        path: 'CLAUDE.md',
        bad: 'Deploy with the key in @~/.ssh/id_ed25519\n',
        good: 'My own habits: @~/.claude/habits.md\n',
      },
    ],
  },
  *check({ prompt }) {
    for (const { text: path, span } of prompt.includes) {
      const data = { path };
      if (SECRET_FILE.test(path)) yield { span, message: 'secret', severity: 'error', data };
      else if (prompt.format !== 'prompty' && prompt.format !== 'langchain') continue;
      else if (/^(?:https?|ftp|lc):\/\//i.test(path)) yield { span, message: 'remote', data };
      else if (/^(?:\.\.(?:[\\/]|$)|[\\/~]|[A-Za-z]:[\\/])|[\\/]\.\.[\\/]/.test(path))
        yield { span, message: 'outside', data };
    }
  },
});
