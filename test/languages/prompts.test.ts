import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readPrompt } from '../../server/src/languages/prompt.ts';

/** Roles with their texts, and variables as `role name trust`. */
function read(path: string, text: string) {
  const prompt = readPrompt({ path, text });
  return {
    format: prompt.format,
    roles: prompt.messages.map(({ role, span }) => `${role}: ${text.slice(span.start, span.end).trim()}`),
    variables: prompt.variables.map(
      ({ role, name, trust, delimited }) => `${role} ${name} ${trust}${delimited ? ' delimited' : ''}`,
    ),
    written: prompt.variables.map(({ span }) => text.slice(span.start, span.end)),
    model: prompt.model?.text,
    includes: prompt.includes.map(({ text: path, span }) => [path, text.slice(span.start, span.end)]),
  };
}

describe('roles and variables', () => {
  test('Prompty: text before the first role is the system message; types and lists of values are trusted', () => {
    const text =
      '---\nmodel:\n  id: gpt-4o\ninputs:\n  question:\n    type: string\n  count:\n    type: number\n---\nBe kind {{name}} {{count}}\n\nuser:\n<q>{{question}}</q>\n';
    assert.deepEqual(read('a.prompty', text), {
      format: 'prompty',
      roles: ['system: Be kind {{name}} {{count}}', 'user: <q>{{question}}</q>'],
      variables: ['system name unknown', 'system count trusted', 'user question user delimited'],
      written: ['{{name}}', '{{count}}', '{{question}}'],
      model: 'gpt-4o',
      includes: [],
    });
  });
  test('Prompty: prompts for pictures have no system message, and history brings its roles', () => {
    assert.deepEqual(read('a.prompty', '---\nmodel:\n  apiType: image\n---\n{{description}}\n').roles, [
      'user: {{description}}',
    ]);
    const loop = 'system:\nBe kind.\n{% for item in history %}\n{{item.role}}:\n{{item.content}}\n{% endfor %}\n';
    assert.deepEqual(read('a.prompty', `---\nname: a\n---\n${loop}`).variables, ['user history user']);
  });
  test('Dotprompt: text without a role is the user message; helpers are no variables', () => {
    const text =
      '---\nmodel: m\ninput:\n  schema:\n    tone(enum): [kind, short]\n---\n{{query}}\n{{role "system"}}\n{{#if vip}}{{tone}}{{/if}} {{json facts}} {{>footer}}\n{{#each docs}}{{this}}{{/each}}\n{{history}}\n';
    assert.deepEqual(read('a.prompt', text).variables, [
      'user query user',
      'system tone trusted',
      'system facts unknown',
      'system docs user',
    ]);
  });
  test('GitHub Models: messages by role, their texts without quotes and markers', () => {
    const text =
      'model: openai/gpt-4o\nmessages:\n  - role: system\n    content: |\n      Be kind.\n  - role: user\n    content: "{{input}}"\n';
    const { roles, variables, model } = read('a.prompt.yml', text);
    assert.deepEqual(roles, ['system: Be kind.', 'user: {{input}}']);
    assert.deepEqual(variables, ['user input user']);
    assert.equal(model, 'openai/gpt-4o');
  });
  test('Semantic Kernel: message tags', () => {
    const text = '<message role="system">Be kind {{$tone}}</message>\n<message role="user">{{$input}}</message>\n';
    assert.deepEqual(read('p/skprompt.txt', text).variables, ['system tone unknown', 'user input user']);
  });
  test('Semantic Kernel: messages of a conversation bring their roles, and between messages stands the text of the user', () => {
    const text =
      '<message role="system">Be kind</message>{{$a}}<message role="{{item.role}}">{{item.content}}</message>\n';
    assert.deepEqual(read('p/skprompt.txt', text).variables, ['user a unknown', 'user item.content user']);
  });
  test('LangChain: one brace, doubled ones are text; serialised messages', () => {
    const json = '{\n  "input_variables": ["x"],\n  "template": "Use {x} and {{y}}"\n}';
    assert.deepEqual(read('prompts/a.json', json).variables, ['user x unknown']);
    const chat = {
      _type: 'chat',
      input_variables: ['context'],
      template: '',
      messages: [
        { id: ['langchain', 'prompts', 'chat', 'SystemMessagePromptTemplate'], prompt: { template: 'By {context}' } },
      ],
    };
    assert.deepEqual(read('prompts/a.json', JSON.stringify(chat, null, 2)).variables, ['system context user']);
  });
  test('promptfoo: texts, not files; roles within a text', () => {
    const text =
      'prompts:\n  - file://a.txt\n  - Sum up {{article}}\n  - |\n    - role: system\n      content: Be {{tone}}\n    - role: user\n      content: "{{q}}"\n';
    assert.deepEqual(read('promptfooconfig.yaml', text).variables, [
      'user article user',
      'system tone unknown',
      'user q unknown delimited',
    ]);
  });
  test('BAML: role calls inside the prompt', () => {
    const text =
      'function F(q: string) -> string {\n  client X\n  prompt #"\n    {{ _.role("system") }} Be {{ tone }}\n    {{ _.role("user") }} {{ q }} {{ ctx.output_format }}\n  "#\n}\n';
    assert.deepEqual(read('a.baml', text).variables, ['system tone unknown', 'user q unknown']);
  });
  test('Gemini commands: the prompt of the TOML file', () => {
    const text = 'description = "Commit"\nprompt = """\nCommit {{args}}\n"""\n';
    assert.deepEqual(read('.gemini/commands/c.toml', text).roles, ['user: Commit {{args}}']);
  });
});

test('tags, fences and quotes around a place set it off, also several at once', () => {
  const delimited = (text: string) =>
    readPrompt({ path: 'x.prompt', text }).variables.map(({ delimited }) => delimited);
  assert.deepEqual(delimited('<mail>\nFrom {{a}}\n{{b}}\n</mail> {{c}}'), [true, true, false]);
  assert.deepEqual(delimited('```\n{{a}}\n```\n{{b}} "{{c}}"'), [true, false, true]);
  assert.deepEqual(delimited('<a>x</a> {{a}} <a>y</a>'), [false]);
});

test('includes stand where they are written', () => {
  const prompty = '---\nsample: ${file:../a.json}\n---\nx\n';
  assert.deepEqual(read('a.prompty', prompty).includes, [['../a.json', '../a.json']]);
  assert.deepEqual(read('CLAUDE.md', 'See @~/.claude/me.md, mail a@b.de\n').includes, [
    ['~/.claude/me.md,', '~/.claude/me.md,'],
  ]);
});

test('every span of every format lies in the text and reading never throws', () => {
  const paths = [
    'a.prompty',
    'a.prompt',
    'a.prompt.yml',
    'prompts/a.json',
    'skprompt.txt',
    'promptfooconfig.yaml',
    'a.baml',
    'a.prompt.md',
    '.gemini/commands/a.toml',
  ];
  const piece = fc.constantFrom(
    '---\n',
    'system:\n',
    '{{',
    '}}',
    '{{x}}',
    '"',
    'prompt #"',
    '"""',
    'prompt = ',
    'messages:\n',
    '  - role: system\n',
    '    content: ',
    '\n',
    'text ',
    '<!--',
    '```\n',
    '{',
    '\uD800',
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(piece, { maxLength: 30 }), (path, pieces) => {
      const text = pieces.join('');
      const { messages, variables, includes, prose } = readPrompt({ path, text });
      for (const { span } of [...messages, ...variables, ...includes]) {
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
      }
      assert.ok(prose.text.length <= text.length);
    }),
    { numRuns: 300 },
  );
});
