import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { disableEdit } from '../../server/src/engine/disable.ts';
import type { Finding } from '../../server/src/engine/finding.ts';
import { readTree, under } from '../../server/src/languages/tree.ts';
import { fileOf } from '../helpers/lintText.ts';

/** Every command with its words as they are read; each word that stands in the text is checked to stand there. */
function commands(path: string, text: string): string[] {
  return fileOf(path, text).commands.map(({ words }) => words.map((word) => word.text).join(' '));
}

/** `NAME=value` with the text at the place of the value. */
function settings(path: string, text: string): string[] {
  return fileOf(path, text).environment.map(
    ({ name, value }) => `${name}=${value.text} ${text.slice(value.span.start, value.span.end)}`,
  );
}

describe('commands and variables', () => {
  test('of a Makefile, only its recipes', () => {
    const text =
      'PY = python\nserve: all\n\t@$(PY) -m vllm.entrypoints.openai.api_server \\\n\t  --host 0.0.0.0\nclean:\n\trm x\n';
    const found = fileOf('Makefile', text).commands;
    assert.deepEqual(commands('Makefile', text), [
      '${PY} -m vllm.entrypoints.openai.api_server --host 0.0.0.0',
      'rm x',
    ]);
    const last = found[0]?.words.at(-1);
    assert.equal(text.slice(last?.span.start, last?.span.end), '0.0.0.0');
  });

  test('of a systemd unit', () => {
    const text = '[Service]\nEnvironment="OLLAMA_HOST=0.0.0.0" "A=b c"\nExecStart=-/usr/bin/ollama \\\n  serve\n';
    assert.deepEqual(commands('a.service', text), ['/usr/bin/ollama serve']);
    assert.deepEqual(
      fileOf('a.service', text).environment.map(({ name, value }) => `${name}=${value.text}`),
      ['OLLAMA_HOST=0.0.0.0', 'A=b c'],
    );
  });

  test('of a Dockerfile: continued lines, comments between, both forms, variables', () => {
    const text =
      'FROM x\nENV A=1 B="2 3"\nENV C d e\nARG D=4\nRUN --mount=type=cache,target=/x pip install a \\\n# why\n  && wget b\nENTRYPOINT ["vllm", "serve"]\nCMD ["m", "--host", "0.0.0.0"]\n';
    assert.deepEqual(commands('Dockerfile', text), ['pip install a', 'wget b', 'vllm serve m --host 0.0.0.0']);
    // Of a quoted value the whole word stands for its place.
    assert.deepEqual(settings('Dockerfile', text), ['A=1 1', 'B=2 3 B="2 3"', 'C=d e d e', 'D=4 4']);
    const wget = fileOf('Dockerfile', text).commands[1];
    assert.equal(text.slice(wget?.span.start, wget?.span.end), 'wget b');
  });

  test('of containers: images whose program is known, lists and lines', () => {
    const text =
      'services:\n  a:\n    image: vllm/vllm-openai:v1\n    command: --model m --api-key k\n  b:\n    image: x\n    entrypoint: [ollama]\n    command: [serve]\n    environment:\n      - HF_TOKEN=abc\n      - X\n    env_file: y\n';
    assert.deepEqual(commands('compose.yaml', text), ['vllm serve --model m --api-key k', 'ollama serve']);
    assert.deepEqual(settings('compose.yaml', text), ['HF_TOKEN=abc abc']);
  });

  test('of Kubernetes, over several documents', () => {
    const text =
      'apiVersion: v1\nkind: Namespace\n---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: i\n      command: ["sh", "-c"]\n      args: ["vllm serve m"]\n      env:\n        - name: K\n          value: v\n';
    assert.ok(commands('k8s/a.yaml', text).includes('vllm serve m'));
    assert.deepEqual(settings('k8s/a.yaml', text), ['K=v v']);
  });

  test('of a workflow, at their places in block scalars', () => {
    const text =
      'on: push\nenv: { A: b }\njobs:\n  x:\n    steps:\n      - run: |\n          pip install a\n          wget "${{ github.x }}"\n      - run: >\n          echo\n          b\n      - shell: pwsh\n        run: Get-Item\n';
    assert.deepEqual(commands('.github/workflows/a.yml', text), ['pip install a', 'wget ${{ github.x }}', 'echo b']);
    for (const { words } of fileOf('.github/workflows/a.yml', text).commands) {
      for (const { text: read, span } of words) {
        assert.equal(text.slice(span.start, span.end).replace(/"/g, ''), read);
      }
    }
  });

  test('of GitLab and of development containers', () => {
    assert.deepEqual(commands('.gitlab-ci.yml', 'a:\n  script:\n    - pip install a\n    - |\n      wget b\n'), [
      'pip install a',
      'wget b',
    ]);
    const text = '{ "postCreateCommand": { "a": "pip install a", "b": ["wget", "b"] }, "containerEnv": { "A": "b" } }';
    assert.deepEqual(commands('.devcontainer.json', text), ['pip install a', 'wget b']);
    assert.deepEqual(settings('.devcontainer.json', text), ['A=b b']);
  });

  test('of a file of variables, with quotes and comments', () => {
    const text = '# x\nexport A="b c" # why\nB = d # e\nC=\n';
    assert.deepEqual(settings('.env', text), ['A=b c "b c"', 'B=d d', 'C= ']);
  });
});

describe('readTree', () => {
  test('keeps places, meanings and tags', () => {
    const text = 'a: "x"\nb: !!python/name:os.system\nc:\n  - 1\n  - true\n';
    const [root] = readTree('a.yaml', text);
    assert.equal(under(root, 'a')?.text, 'x');
    assert.equal(text.slice(under(root, 'a')?.span.start, under(root, 'a')?.span.end), 'x');
    assert.match(under(root, 'b')?.tag ?? '', /python\/name:os\.system$/);
    assert.equal(under(root, 'c', 1)?.value, true);
    assert.equal(under(readTree('a.json', '{"a": [1, "b"]}')[0], 'a', 1)?.written, 'b');
  });

  test('any text of any kind is read without an error', () => {
    const paths =
      'a.sh Makefile Dockerfile compose.yml .github/workflows/a.yml .env a.service conf/a.yaml config.json'.split(' ');
    const part = fc.constantFrom(
      'jobs:\n',
      '  a:\n',
      '- run: |\n',
      '${{',
      '}}',
      '\\\n',
      'RUN ',
      'CMD [',
      '"',
      "'",
      '$(',
      ')',
      '\t',
      'auto_map',
      '!!python/x:',
      '{%',
      ' #',
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(fc.oneof(part, fc.string())), (path, parts) => {
        const file = fileOf(path, parts.join(''));
        for (const { words } of file.commands) {
          for (const { span } of words)
            assert.ok(span.start >= 0 && span.start <= span.end && span.end <= file.text.length);
        }
        for (const { span } of file.environment) assert.ok(span.start <= span.end);
      }),
      { numRuns: 500 },
    );
  });

  test('hostile texts take no time', () => {
    for (const char of ['\\\n', '${{', '!', '[', '{{', ' ', '#\n', '=', 'RUN \\\n', "'", '- ', 'a:\n', '--', '{%']) {
      const text = char.repeat(Math.floor(200_000 / char.length));
      for (const path of [
        'Dockerfile',
        'Makefile',
        'a.sh',
        '.env',
        'compose.yml',
        'chat_template.jinja',
        'config.json',
      ]) {
        const started = performance.now();
        const file = fileOf(path, text);
        assert.ok(file.commands && file.environment);
        // The YAML library alone takes two seconds for 66,000 keys; quadratic time would be minutes.
        assert.ok(performance.now() - started < 8000, `${path} ${JSON.stringify(char)}`);
      }
    }
  });
});

test('a suppression never lands in a script that goes on or in a text', () => {
  const at = (path: string, text: string, needle: string) =>
    disableEdit(
      fileOf(path, text),
      { ruleId: 'GL520', span: { start: text.indexOf(needle), end: text.length } } as Finding,
      'line',
      'why',
    );
  assert.deepEqual(at('a.sh', '#!/bin/sh\na \\\n  b\n', 'b\n')?.start, 10);
  assert.equal(at('compose.yml', 'services:\n  a: b\n', 'a: b')?.text, '  # guidelint-disable-next-line GL520: why\n');
  assert.match(at('.github/workflows/a.yml', 'on: push\nx: |\n  a\n  b\n', 'b\n')?.text ?? '', /disable-file/);
  assert.equal(at('config.json', '{"model_type": 1}', 'model'), undefined);
});
