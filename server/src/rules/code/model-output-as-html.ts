import { type CallRow, callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import {
  type ApiTable,
  apiTable,
  type FlowQuery,
  flowOf,
  inContext,
  isTruthy,
  mayHoldReply,
  removeItem,
  rows,
  SOURCES,
} from '../../languages/python/program.ts';
import { inTexts } from '../../languages/python/triggers.ts';

/** Something that shows HTML. */
interface Page {
  readonly parameter: string;
  /** Only with this switch on. */
  readonly flag?: string;
  /** What a browser makes of it. Streamlit builds the page with React, which runs no script that a text brings along. */
  readonly brings?: string;
}

const METHODS = 'markdown write caption text title header subheader';

/** Streamlit 1.5x (`unsafe_allow_html=False` by default), Gradio 5, MarkupSafe, Django, IPython and FastAPI references. */
const PAGES: ApiTable<Page> = apiTable<Page>([
  ...rows<Page>(
    { parameter: 'body', flag: 'unsafe_allow_html', brings: 'images, links and styles' },
    METHODS.split(' ')
      .map((each) => `streamlit.${each} streamlit.**.${each}`)
      .join(' '),
  ),
  ...rows<Page>({ parameter: 'body', brings: 'images, links and styles' }, 'streamlit.html'),
  ...rows<Page>({ parameter: 'html' }, 'streamlit.components.v1.html'),
  ...rows<Page>({ parameter: 'value' }, 'gradio.HTML gradio.HTML.update'),
  ...rows<Page>({ parameter: 's' }, 'django.utils.safestring.mark_safe django.utils.safestring.SafeString'),
  ...rows<Page>({ parameter: 'object' }, 'markupsafe.Markup flask.Markup jinja2.Markup'),
  ...rows<Page>({ parameter: 'data' }, 'IPython.display.HTML IPython.core.display.HTML'),
  ...rows<Page>(
    { parameter: 'content' },
    'fastapi.responses.HTMLResponse starlette.responses.HTMLResponse fastapi.HTMLResponse',
  ),
]);

const ROWS: readonly CallRow[] = [
  // Gradio 5: on by default for both.
  {
    detection: 'OUT-04',
    apis: 'gradio.Chatbot gradio.Markdown gradio.components.Chatbot gradio.components.Markdown',
    when: [{ parameter: 'sanitize_html', is: 'false' }],
    message: 'sanitize',
    fixes: [{ remove: 'sanitize_html', kind: 'suggestion' }],
  },
];
const SWITCHES = callTable(ROWS);

const QUERY: FlowQuery<string> = {
  ...SOURCES.modelReply,
  stops: new Set(
    `int float bool len hash id isinstance html.escape markupsafe.escape flask.escape bleach.clean bleach.linkify
    nh3.clean django.utils.html.escape django.utils.html.strip_tags lxml.html.clean.clean_html cgi.escape
    sum open`.split(/\s+/),
  ),
  passes: new Set(
    'markdown.markdown markdown2.markdown mistune.html mistune.markdown commonmark.commonmark'.split(' '),
  ),
};

export const modelOutputAsHtml = defineRule({
  meta: {
    id: 'GL338',
    name: 'model-output-as-html',
    title: 'Reply of a model shown as HTML',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.6.b',
      'etsi-en-304-223:5.2.5-4.1',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-79',
      'cwe:CWE-116',
      'cwe:CWE-1426',
      'atlas:AML.T0077',
    ],
    why: 'A document or another user can make the model write a script or an image with an address that carries the conversation away. The browser runs and fetches it.',
    how: 'Show the reply as text or Markdown, or clean it (`nh3.clean`, `bleach.clean`) before it becomes HTML.',
    messages: {
      html: '`{sink}` shows the reply of {source} as HTML, {brings} included',
      sanitize: '`{argument}` lets scripts and images in replies of the model through',
    },
    peers: ['bandit B308', 'bandit B703', 'bandit B704', 'ruff S308', 'ruff S704'],
    detections: ['OUT-04'],
    examples: [
      {
        path: 'app.py',
        bad: 'import streamlit as st\nfrom openai import OpenAI\n\nreply = OpenAI().responses.create(model=MODEL, input=question)\nst.markdown(reply.output_text, unsafe_allow_html=True)\n',
        fixed:
          'import streamlit as st\nfrom openai import OpenAI\n\nreply = OpenAI().responses.create(model=MODEL, input=question)\nst.markdown(reply.output_text)\n',
      },
      {
        path: 'app.py',
        bad: 'import gradio as gr\n\nchat = gr.Chatbot(height=400, sanitize_html=False)\n',
        fixed: 'import gradio as gr\n\nchat = gr.Chatbot(height=400)\n',
      },
      {
        title: 'a place on the page that is filled bit by bit',
        path: 'app.py',
        bad: 'import streamlit as st\nfrom agno.agent import Agent\n\nagent = Agent(model=model)\nplace = st.container().empty()\ntext = ""\nfor chunk in agent.run(question, stream=True):\n    text += chunk.content\n    place.markdown(text, unsafe_allow_html=True)\n',
      },
      {
        path: 'views.py',
        bad: 'import ollama\nfrom markupsafe import Markup\n\nanswer = ollama.chat(model=MODEL, messages=messages)["message"]["content"]\nhtml = Markup(f"<p>{answer}</p>")\n',
      },
      {
        title: 'a literal',
        path: 'app.py',
        good: 'import streamlit as st\nfrom openai import OpenAI\n\nst.markdown("<h1 class=\'title\'>Ask me</h1>", unsafe_allow_html=True)\nreply = OpenAI().responses.create(model=MODEL, input=question)\nst.markdown(reply.output_text)\n',
      },
      {
        title: 'cleaned',
        path: 'views.py',
        good: 'import nh3\nimport ollama\nfrom markupsafe import Markup\n\nanswer = ollama.chat(model=MODEL, messages=messages)["message"]["content"]\nhtml = Markup(nh3.clean(answer))\n',
      },
      {
        title: 'text of the project',
        path: 'app.py',
        good: 'import streamlit as st\n\nst.markdown(open("about.html").read(), unsafe_allow_html=True)\n',
      },
    ],
  },
  triggers: [inTexts(mayHoldReply, PAGES), SWITCHES],
  *check(file) {
    yield* checkCalls(file, SWITCHES, 'warning');
    if (!mayHoldReply(file.python)) return;
    for (const { call, row, name } of file.python.callsTo(PAGES)) {
      const given = call.argument(row.parameter, 0);
      const flag = row.flag ? call.argument(row.flag) : undefined;
      if (given.state !== 'given' || (flag && !(flag.state === 'given' && isTruthy(flag.value)))) continue;
      const flow = flowOf(file.python, given.node, QUERY);
      if (!flow) continue;
      const edits = flag?.state === 'given' ? removeItem(file.python, flag.span) : undefined;
      yield {
        span: call.nameSpan,
        message: 'html',
        data: { sink: name, source: flow.source, brings: row.brings ?? 'scripts and images' },
        severity: inContext('warning', file.path),
        confidence: flow.source === 'a model' ? 'medium' : 'high',
        related: flow.steps,
        fixes: edits ? [{ title: `Remove \`${row.flag}\``, kind: 'suggestion', edits }] : [],
      };
    }
  },
});
