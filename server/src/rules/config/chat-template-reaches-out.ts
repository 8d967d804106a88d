import { defineRule, type Problem } from '../../engine/rule.ts';
import { type TreeNode, under } from '../../languages/tree.ts';

/** What stands between `{{ }}` and `{% %}`. */
const TAGS = /\{\{[\s\S]{0,4000}?\}\}|\{%[\s\S]{0,4000}?%\}/g;
/** Ways from a value of a template to the program that renders it (documentation of Jinja's sandbox; public reports on templates). */
const REACHES =
  /__\w{2,30}__|\b(?:lipsum|cycler|joiner)\b\s{0,20}[.[(|]|\|\s{0,20}attr\s{0,20}\(|\b(?:popen|os\.system|subprocess|builtins|getattr|eval|exec)\b\s{0,20}[.(]|\bself\._|\brequest\.application\b|\bconfig\.from_\w+/;
/** Parts that are taken from another file. */
const INCLUDES = /^\{%-?\s{0,20}(?:include|import|from|extends)\b/;

export const chatTemplateReachesOut = defineRule({
  meta: {
    id: 'GL526',
    name: 'chat-template-reaches-out',
    title: 'Chat template that reaches into the program that renders it',
    kinds: ['ai-config'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-1336',
      'cwe:CWE-94',
      'atlas:AML.T0011.000',
    ],
    detections: ['CFG-02'],
    why: 'A chat template is a program that runs at every message. A server that renders it outside of a sandbox lets it run any command; templates of models have been published that do.',
    how: 'Leave only loops, conditions, filters and the texts of the messages in the template, and take models with another one from nobody.',
    messages: {
      reaches: 'The chat template uses `{part}`, which leads out of the template into the program that renders it',
      includes: 'The chat template takes in another file, which chat templates of models never need',
    },
    peers: ['modelaudit jinja2-template'],
    examples: [
      {
        path: 'tokenizer_config.json',
        bad: `{ "chat_template": "{% for m in messages %}{{ m.content }}{% endfor %}{{ ''.__class__.__mro__ }}" }\n`,
        good: `{ "chat_template": "{% for m in messages %}{% if m['role'] == 'user' %}{{ m['content'] | trim }}{% endif %}{% endfor %}{{ raise_exception('no __init__ in text') if x }} see __doc__" }\n`,
      },
      {
        path: 'chat_template.jinja',
        bad: "{%- for m in messages %}{{ m.content }}{%- endfor %}{{ cycler.__init__.__globals__.os.popen('id').read() }}\n",
        good: "{%- set ns = namespace(found=false) %}{%- for m in messages[1:] %}{{ m.content | tojson }}{%- endfor %}{{ strftime_now('%d %b %Y') }}\n",
      },
    ],
  },
  *check({ path, text, tree }) {
    if (!/chat_template/.test(path) && !text.includes('chat_template')) return;
    if (/\.jinja2?$/.test(path)) {
      yield* inTemplate(text, (at, end) => ({ start: at, end }));
      return;
    }
    const given = under(tree[0], 'chat_template');
    // One template, or several by name.
    const templates =
      given?.kind === 'list' ? given.items.flatMap((item) => under(item, 'template') ?? []) : given ? [given] : [];
    for (const node of templates) yield* inNode(node);
  },
});

function* inNode({ text, span, written }: TreeNode): Iterable<Problem> {
  yield* inTemplate(text, (at, end) =>
    written === undefined ? span : { start: span.start + at, end: span.start + end },
  );
}

function* inTemplate(text: string, place: (at: number, end: number) => Problem['span']): Iterable<Problem> {
  if (!/__|attr|import|include|extends|from|lipsum|cycler|joiner|popen|system|getattr|eval|exec|self/.test(text))
    return;
  for (const { 0: tag, index } of text.matchAll(TAGS)) {
    // What a template writes out as text does nothing.
    const code = tag.replace(/'[^'\n]{0,2000}'|"[^"\n]{0,2000}"/g, (quoted) =>
      /^["']__\w+__["']$/.test(quoted) ? quoted : ' '.repeat(quoted.length),
    );
    const reaches = REACHES.exec(code);
    const span = place(index, index + tag.length);
    if (reaches) yield { span, message: 'reaches', data: { part: reaches[0].trim() } };
    else if (INCLUDES.test(tag)) yield { span, message: 'includes' };
  }
}
