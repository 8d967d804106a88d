import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';

/** Attributes and globals through which a template gets at Python itself. */
const REACH =
  /\{[{%][^{}%\n]{0,200}?(?:\.[ \t]*__\w{1,40}__|\[[ \t]*["']__\w{1,40}__|\|[ \t]*attr[ \t]*\(|\.mro\b|\b(?:cycler|joiner|lipsum)\.)|(?<!\{)\{\w{1,60}(?:\.\w{1,60}){0,5}\.__\w{1,40}__/g;
const UNESCAPED = /\{\{\{[ \t]*[\w.]{1,80}[ \t]*\}\}\}/g;

export const unsafePromptTemplate = defineRule({
  meta: {
    id: 'GL405',
    name: 'unsafe-prompt-template',
    title: 'Prompt template that reaches into the program or skips encoding',
    kinds: ['prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'cwe:CWE-1336',
      'cwe:CWE-116',
    ],
    why: 'A template that gets at attributes of Python objects can run code when it is filled. One whose encoding is off lets a value add messages of its own to the conversation.',
    how: 'Use variables only. Keep the encoding of the template on, and switch it off for no input that holds text from outside.',
    messages: {
      reach: '`{code}` reaches into the program that fills the template, which can run code',
      raw: '`{key}` lets this input add messages, also system messages, to the conversation',
      unescaped: '`{code}` is filled in without encoding: its text can close the message and begin another',
      jinja: 'Jinja templates can call what they are given; take this file from nobody you would not run code of',
    },
    detections: ['INS-10'],
    examples: [
      {
        path: 'prompts/answer.yaml',
        bad: 'name: Answer\ntemplate_format: handlebars\ntemplate: |\n  Answer {{question}}\ninput_variables:\n  - name: question\n    allow_dangerously_set_content: true\n',
        fixed:
          'name: Answer\ntemplate_format: handlebars\ntemplate: |\n  Answer {{question}}\ninput_variables:\n  - name: question\n    allow_dangerously_set_content: false\n',
      },
      {
        path: 'prompts/report.json',
        bad: '{\n  "input_variables": ["x"],\n  "template": "Sum up {x.__class__.__mro__}"\n}\n',
        good: '{\n  "input_variables": ["x"],\n  "template": "Explain what __init__ does in {x}"\n}\n',
      },
    ],
  },
  *check({ prompt, text }) {
    const { format, fields, messages } = prompt;
    if (format === 'semantic-kernel') yield* encodingOff({ prompt, text });
    if (!['semantic-kernel', 'skprompt', 'langchain', 'prompty', 'promptfoo'].includes(format)) return;
    const style = fields.get('template_format')?.text;
    for (const { span } of messages) {
      const body = text.slice(span.start, span.end);
      const find = (pattern: RegExp) =>
        [...body.matchAll(pattern)].map((match) => {
          const start = span.start + match.index;
          return { span: { start, end: start + match[0].length }, data: { code: match[0] } };
        });
      for (const found of find(REACH)) yield { ...found, message: 'reach', severity: 'error' };
      if (format === 'semantic-kernel' && style === 'handlebars') {
        for (const found of find(UNESCAPED)) yield { ...found, message: 'unescaped' };
      }
    }
    const jinja = format === 'langchain' && style === 'jinja2' ? fields.get('template_format') : undefined;
    if (jinja) yield { span: jinja.span, message: 'jinja', severity: 'info' };
  },
});

/** Semantic Kernel's switch, for the template (Python) or one of its inputs. */
function* encodingOff({ prompt }: Pick<SourceFile, 'prompt' | 'text'>): Iterable<Problem> {
  const key = 'allow_dangerously_set_content';
  const count = prompt.fields.items('input_variables').length;
  const paths = [[key], ...Array.from({ length: count }, (_, index) => ['input_variables', index, key])];
  for (const path of paths) {
    const entry = prompt.fields.get(...path);
    if (entry?.value !== true) continue;
    yield {
      span: entry.span,
      message: 'raw',
      data: { key },
      fixes: [{ title: 'Keep the encoding on', kind: 'suggestion', edits: [{ ...entry.span, text: 'false' }] }],
    };
  }
}
