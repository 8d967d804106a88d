import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isNamedCard, KINDS, type Kind, kindOf, maybeRelevant } from '../../server/src/engine/kind.ts';

const head = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n# Title\n`;

/** Path, text, kind. */
const CASES: readonly (readonly [Kind, string, string])[] = [
  // Decided by the path.
  ['config', '.guidelint.yaml', ''],
  ['config', 'services/chat/.guidelint.yml', 'rules: {}'],
  ['other', 'guidelint.yaml', ''],
  ['python', 'src/train.py', ''],
  ['other', 'src/train.pyi', ''],
  ['notebook', 'explore.ipynb', '{}'],
  ['prompt', '.github/copilot-instructions.md', ''],
  ['prompt', 'docs/style.instructions.md', ''],
  ['prompt', '.github/prompts/review.prompt.md', ''],
  ['prompt', '.github/prompts/review.md', ''],
  ['other', '.github/prompts/README.md', '# Our prompts'],
  ['prompt', 'agents/helper.agent.md', ''],
  ['prompt', 'old.chatmode.md', ''],
  ['prompt', 'skills/pdf/SKILL.md', head('name: pdf', 'license: mit')],
  ['other', 'skills/pdf/skill.md', head('name: pdf', 'description: x', 'license: mit')],
  ['prompt', 'packages/a/AGENTS.md', ''],
  ['prompt', 'agents.md', ''],
  ['other', 'docs/agents.md', '# About agents'],
  ['prompt', 'CLAUDE.md', ''],
  ['prompt', '.claude/commands/git/commit.md', ''],
  ['other', '.claude/commands/README.md', ''],
  ['prompt', '.cursor/rules/react.mdc', 'globs: *.tsx'],
  ['prompt', '.cursorrules', 'You are an expert'],
  ['prompt', '.windsurf/rules/a.md', ''],
  ['prompt', 'chat.prompty', ''],
  ['prompt', 'chat.prompt', ''],
  ['prompt', 'chat.prompt.yml', ''],
  ['other', 'chat.yml', ''],
  ['prompt', 'plugins/fun/skprompt.txt', 'Joke about {{$input}}'],
  ['prompt', 'eval/promptfooconfig.yaml', 'prompts: []'],
  ['prompt', 'baml_src/main.baml', ''],
  ['prompt', '.gemini/commands/git/commit.toml', 'prompt = "x"'],
  ['other', 'commands/commit.toml', 'prompt = "x"'],
  // Prompt templates in data files, by their keys.
  [
    'prompt',
    'plugins/fun/config.json',
    '{\n  "schema": 1,\n  "execution_settings": {"default": {"max_tokens": 100}}\n}',
  ],
  ['ai-config', 'model/config.json', '{\n  "architectures": ["BertModel"],\n  "model_type": "bert"\n}'],
  ['other', 'model/config.json', '{\n  "template": "x",\n  "input_variables": ["a"]\n}'],
  ['prompt', 'prompts/qa.json', '{\n  "input_variables": ["question"],\n  "template": "Answer {question}"\n}'],
  ['prompt', 'prompts/qa.yaml', 'input_variables: [question]\ntemplate: Answer {question}\n'],
  ['prompt', 'my_prompt.yaml', '_type: few_shot\n'],
  ['prompt', 'prompts/story.yaml', 'name: Story\ntemplate: |\n  Tell {{$topic}}\ntemplate_format: semantic-kernel\n'],
  ['other', 'prompts/settings.yaml', 'template: main\nretries: 3\n'],
  ['other', 'prompts/cases.json', '[{"template": "x", "input_variables": []}]'],
  ['assistant-settings', '.claude/settings.local.json', '{}'],
  ['assistant-settings', 'app/.codex/config.toml', ''],
  ['assistant-settings', 'team.code-workspace', '{"folders": []}'],
  ['mcp', '.gemini/settings.json', '{"mcpServers": {}}'],
  ['assistant-settings', '.gemini/settings.json', '{"theme": "x"}'],
  ['other', 'settings.json', '{"permissions": {}}'],
  ['other', 'config.toml', 'approval_policy = "never"'],
  // Plain text that an application loads.
  ['prompt', 'prompts/support.txt', 'You answer customers.'],
  ['prompt', 'app/prompts/en/support.md', 'You answer customers.'],
  ['prompt', 'app/system_prompt.txt', ''],
  ['prompt', 'app/system-prompt-v2.md', ''],
  ['prompt', 'assistant_prompt.txt', ''],
  ['other', 'prompts/README.md', '# Prompts'],
  ['other', 'docs/prompts/writing.md', '# Writing prompts'],
  ['other', 'prompts/requirements.txt', 'torch'],
  ['other', 'notes.txt', 'You are a helpful assistant.'],
  ['other', 'docs/prompt_tuning.md', '# Prompt tuning'],
  // MCP configurations.
  ['mcp', '.vscode/mcp.json', ''],
  ['mcp', '.mcp.json', '{"files": {"command": "npx"}}'],
  ['mcp', '.gemini/settings.json', '{\n // servers\n "mcpServers": {"a": {"command": "npx"}},\n}'],
  ['mcp', '.vscode/settings.json', '{"mcp": {"servers": {"a": {"url": "https://x"}}}}'],
  ['mcp', 'team.code-workspace', '{"folders": [], "settings": {}, "mcp": {"servers": {"a": {"type": "stdio"}}}}'],
  ['assistant-settings', '.vscode/settings.json', '{"editor.tabSize": 2}'],
  ['other', 'api/mcp-openapi.json', '{"openapi": "3.1.0", "servers": [{"url": "https://x"}]}'],
  ['other', 'api/mcp-async.json', '{"asyncapi": "2.0.0", "servers": {"p": {"url": "x"}}}'],
  ['other', 'package-lock.json', '{"mcpServers": {}}'],
  // What starts programs, and what configures models.
  ['workflow', '.github/workflows/ci.yml', ''],
  ['workflow', '.gitlab-ci.yml', ''],
  ['other', 'workflows/ci.yml', 'on: push'],
  ['container', 'docker/Dockerfile.gpu', ''],
  ['container', 'gpu.Dockerfile', ''],
  ['container', 'docker-compose.dev.yml', ''],
  ['container', '.devcontainer/devcontainer.json', ''],
  ['container', 'k8s/llm.yaml', 'apiVersion: v1\nkind: Pod\n'],
  ['other', 'k8s/values.yaml', 'replicas: 2\n'],
  ['script', 'run.sh', ''],
  ['script', 'Makefile', ''],
  ['script', '.env', ''],
  ['script', '.env.production', ''],
  ['script', 'deploy/llm.service', ''],
  ['ai-config', 'weights/tokenizer_config.json', ''],
  ['other', 'model/MLmodel', ''],
  ['ai-config', 'config.json', '{"model_type": "bert"}'],
  ['other', 'config.json', '{"port": 80}'],
  ['ai-config', 'conf/train.yaml', 'trust_remote_code: true\n'],
  ['other', 'conf/app.yaml', 'port: 80\n'],
  // Structured cards: by a name they may have, and by what they hold.
  [
    'model-card',
    'sbom/model.cdx.json',
    '{"bomFormat": "CycloneDX", "components": [{"type": "machine-learning-model"}]}',
  ],
  [
    'model-card',
    'bom.json',
    '{"bomFormat": "CycloneDX", "metadata": {"component": {"type": "machine-learning-model"}}}',
  ],
  [
    'model-card',
    'bom.json',
    '{"bomFormat": "CycloneDX", "components": [{"type": "application", "components": [{"type": "machine-learning-model"}]}]}',
  ],
  [
    'data-card',
    'aibom.json',
    '{"bomFormat": "CycloneDX", "components": [{"type": "data", "data": [{"type": "dataset"}]}]}',
  ],
  [
    'other',
    'bom.json',
    '{"bomFormat": "CycloneDX", "components": [{"type": "data", "data": [{"type": "configuration"}]}]}',
  ],
  ['other', 'bom.json', '{"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "x"}]}'],
  [
    'other',
    'bom.json',
    '{"bomFormat": "CycloneDX", "components": [{"name": "\\"type\\": \\"data\\""}], "x": {"type": "data"}}',
  ],
  [
    'model-card',
    'bom.xml',
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="machine-learning-model"><name>x</name></component></components></bom>',
  ],
  [
    'other',
    'bom.xml',
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>x</name></component></components></bom>',
  ],
  ['other', 'pom.xml', '<project><modelCard/></project>'],
  ['model-card', 'ai.spdx.json', '{"@graph": [{"spdxId": "urn:a", "type": "ai_AIPackage"}]}'],
  ['data-card', 'data.spdx3.json', '{"@graph": [{"spdxId": "urn:a", "type": "dataset_DatasetPackage"}]}'],
  ['other', 'sbom.spdx.json', '{"spdxVersion": "SPDX-2.3", "packages": []}'],
  [
    'data-card',
    'croissant.json',
    '{"@context": "http://mlcommons.org/croissant/", "@type": "Dataset", "distribution": []}',
  ],
  ['data-card', 'data/metadata.json', '{"@type": "sc:Dataset", "distribution": [], "recordSet": []}'],
  ['other', 'page.jsonld', '{"@context": "https://schema.org", "@type": "Dataset", "distribution": []}'],
  ['model-card', 'model_card.json', '{"model_details": {}, "considerations": {}}'],
  ['model-card', 'modelcards/bidaf.json', '{"model_details": {}, "intended_use": {}}'],
  ['other', 'assets/card.json', '{"name": "Dragon", "mana": 3}'],
  ['other', 'model_card.json', '{"model_details": {}}'],
  ['model-card', 'configs/metadata.json', '{"monai_version": "1.4", "network_data_format": {}}'],
  ['other', 'configs/metadata.json', '{"version": "1.4"}'],
  ['model-card', 'public/x/model.yml', 'task_type: detection\nfiles:\n  - name: a\n    checksum: x\n    source: y\n'],
  ['other', 'public/x/model.yml', 'task_type: detection\nfiles: []\n'],
  ['data-card', 'dataset-metadata.json', '{"id": "a/b", "title": "x", "licenses": []}'],
  ['model-card', 'model-metadata.json', '{"ownerSlug": "a", "slug": "b"}'],
  ['other', 'model-metadata.json', '{"models": []}'],
  ['data-card', 'datapackage.json', '{"name": "x", "resources": []}'],
  ['other', 'data/tables.json', '{"name": "x", "resources": []}'],
  ['model-card', 'model/MLmodel', 'flavors:\n  onnx: {}\n'],
  // Cards by their front matter.
  ['model-card', 'README.md', head('license: mit', 'library_name: transformers')],
  ['model-card', 'notes/toxi.md', head('base_model: bert-base-uncased')],
  ['model-card', 'README.md', '---\nlibrary_name: transformers\nlicense: [mit\n---\n'],
  ['model-card', 'README.md', '---\nlibrary_name: transformers\n# Title\n'],
  ['model-card', 'README.md', '\uFEFF\r\n---\r\npipeline_tag: text-generation\r\n---\r\n'],
  ['data-card', 'README.md', head('task_categories:', '- text-classification')],
  ['data-card', 'README.md', head('configs:', '- config_name: default', '  data_files: a.csv')],
  ['other', 'README.md', head('configs:', '- default', '- full')],
  ['data-card', 'README.md', head('size_categories: n<1K', 'base_model: x')],
  ['model-card', 'README.md', head('size_categories: n<1K', 'base_model: x', 'library_name: y')],
  ['model-card', 'README.md', head('license: mit', 'language: en')],
  ['data-card', 'README.md', head('license: mit', 'pretty_name: Forum')],
  ['other', 'README.md', head('license: mit')],
  ['other', 'README.md', head('license: mit', 'language: en', 'layout: post')],
  ['other', 'README.md', head('name: tool', 'description: x', 'license: mit', 'tags: [a]')],
  ['other', 'post.md', head('license: mit', 'language: en')],
  ['other', 'content/home.md', head('widget: about', 'headless: true')],
  // Spaces and templates.
  ['other', 'README.md', head('sdk: gradio', 'base_model: x')],
  ['other', 'README.md', head('emoji: x', 'colorFrom: red', 'colorTo: blue', 'license: mit', 'language: en')],
  ['other', 'MODEL_CARD.md', '---\n{{ card_data }}\n---\n# Model Card for {{ model_id }}\n'],
  ['other', 'modelcard_template.md', '# Model Card\n'],
  ['other', 'templates/MODEL_CARD.md', '# Model Card\n'],
  ['other', 'MODEL_CARD.md', '# Model Card for {{ name }}\n'],
  ['model-card', 'MODEL_CARD.md', '# Model Card for x\n\nRun with ${{ secrets.KEY }}\n'],
  // Cards by name.
  ['model-card', 'MODEL_CARD.md', ''],
  ['model-card', 'models/toxi/model-card.md', 'text'],
  ['model-card', 'llama_MODEL_CARD.md', ''],
  ['model-card', 'MODEL_CARD_VISION.md', ''],
  ['model-card', 'system card.md', ''],
  ['data-card', 'DATA_CARD.md', ''],
  ['data-card', 'dataset-card.v2.md', ''],
  ['data-card', 'data_statement.md', ''],
  ['other', 'docs/model-cards.md', '# Model cards'],
  ['other', 'tutorial_model_cards.md', '# Writing model cards'],
  ['other', 'DATASHEET.md', '# ESP32 board\n\n## Pinout\n'],
  ['data-card', 'DATASHEET.md', '# Forum\n\n## Motivation\n\n## Collection process\n'],
  // Cards by their first heading.
  ['model-card', 'toxi.md', '# Model Card for toxi\n'],
  ['model-card', 'toxi.md', '\n# Model card: toxi\n'],
  ['model-card', 'toxi.md', 'GPT-2 model card\n================\n'],
  ['data-card', 'forum.md', '# Dataset Card for Forum\n'],
  ['other', 'guide.md', '# How to write a model card\n'],
  ['other', 'guide.md', '# Model cards\n'],
  ['other', 'guide.md', '# Guide\n\n```\n# Model Card\n```\n'],
  ['other', 'README.md', '# My project\n\nA classifier.\n\n## License\n\nMIT\n'],
];

describe('kindOf', () => {
  CASES.forEach(([kind, path, text], index) => {
    test(`${index + 1}: ${path} ${JSON.stringify(text.slice(0, 50))} is ${kind}`, () => {
      assert.equal(kindOf(path, text), kind);
      if (kind !== 'other') assert.ok(maybeRelevant(path), 'a scan would pass it over');
    });
  });

  test('globs of the configuration win over everything', () => {
    const overrides = { 'model-card': ['cards/**/*.md'], prompt: ['**/*.tmpl'], other: ['**/AGENTS.md'] };
    assert.equal(kindOf('cards/a/toxi.md', 'text', overrides), 'model-card');
    assert.equal(kindOf('.hidden/chat.tmpl', 'text', overrides), 'prompt');
    assert.equal(kindOf('AGENTS.md', '', overrides), 'other');
    assert.equal(maybeRelevant('chat.tmpl', overrides), true);
    assert.equal(maybeRelevant('chat.tmpl'), false);
    assert.equal(maybeRelevant('AGENTS.md', overrides), false);
  });

  test('the language of the editor decides where the path does not', () => {
    const cases: readonly (readonly [Kind, string, string, string])[] = [
      ['python', 'Untitled-1', '', 'python'],
      ['prompt', 'Untitled-1', '', 'prompt'],
      ['prompt', 'Untitled-1', '', 'chatagent'],
      ['prompt', 'notes.md', '', 'instructions'],
      ['model-card', 'Untitled-1', '# Model Card for x\n', 'markdown'],
      ['other', 'Untitled-1', '# Notes\n', 'markdown'],
      ['mcp', 'Untitled-1', '{"mcpServers": {"a": {"command": "x"}}}', 'jsonc'],
      ['other', 'Untitled-1', '{"a": 1}', 'json'],
      ['other', 'Untitled-1', 'text', 'plaintext'],
      ['model-card', 'MODEL_CARD.md', '', 'markdown'],
    ];
    for (const [kind, path, text, languageId] of cases) {
      assert.equal(kindOf(path, text, undefined, languageId), kind, `${path} ${languageId}`);
    }
  });

  test('any path and text have a kind, and a file with one is never passed over', () => {
    const name = fc.constantFrom(
      'README.md',
      'MODEL_CARD.md',
      'a.md',
      'mcp.json',
      'settings.json',
      'x.prompt',
      'prompts/a.txt',
      'a.py',
    );
    const text = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('---\n', '\n', '# Model Card', 'license: mit\n', 'base_model:', '{"servers":', '{{', '\r\n'),
      ),
    );
    fc.assert(
      fc.property(fc.oneof(name, fc.string()), text, (path, parts) => {
        const kind = kindOf(path, parts.join(''));
        assert.ok(KINDS.includes(kind));
        if (kind !== 'other') assert.ok(maybeRelevant(path));
      }),
      { numRuns: 500 },
    );
  });

  test('hostile texts take no time', () => {
    const texts = [
      '---\n'.repeat(100_000),
      `---\n${'a:\n'.repeat(100_000)}`,
      '#'.repeat(500_000),
      `---\na: ${'['.repeat(200_000)}`,
      '{'.repeat(200_000),
    ];
    const start = performance.now();
    for (const text of texts) for (const path of ['README.md', 'mcp-a.json']) kindOf(path, `${text}"servers"`);
    assert.ok(performance.now() - start < 10_000);
  });
});

test('a card is named as one by its file name only', () => {
  for (const path of ['MODEL_CARD.md', 'a/data-card.md', 'x_model_card_v2.md']) assert.ok(isNamedCard(path), path);
  for (const path of ['README.md', 'model_cards/toxi.md', 'card.md']) assert.ok(!isNamedCard(path), path);
});
