import { defineRule, type Problem } from '../../engine/rule.ts';
import { firstLineOf, type Output } from '../../languages/notebook.ts';
import { hostOf } from '../../languages/shell/downloads.ts';

/** What well-known libraries write into their output; their scripts draw. The last two are the player of Matplotlib's animations. */
const DRAWING =
  /plotly|bokeh|vega|altair|mpld3|pyvis|vis-network|google\.colab|colab-df|widget|shap|folium|leaflet|tensorboard|wandb|datatables|itables|MathJax|nbextensions|sklearn|spacy|displacy|gradio|trackio|bertviz|requirejs|require\.|d3[.@]|three\.|echarts|highcharts|hvplot|holoviews|panel|captum|graphviz|mermaid|ydata|d3\.v\d|isInternetExplorer\(\)|_anim_slider/i;
/** Hosts of libraries and of players that are shown on purpose. */
const KNOWN_HOST =
  /(?:^|\.)(?:jsdelivr\.net|cloudflare\.com|unpkg\.com|googleapis\.com|gstatic\.com|plot\.ly|bokeh\.org|pydata\.org|jquery\.com|bootstrapcdn\.com|youtube\.com|youtube-nocookie\.com|vimeo\.com|wandb\.ai|gradio\.(?:app|live)|hf\.space|huggingface\.co|github\.io|d3js\.org|google\.com|mybinder\.org|kaggle\.com)$/;
const SCRIPT = /<script\b[^<>]{0,500}>/i;
const REMOTE =
  /<(?:script|iframe|embed|object)\b[^<>]{0,500}?\b(?:src|data)\s{0,9}=\s{0,9}["']?((?:https?:)?\/\/[^"'\s>]{1,500})/gi;
const HANDLER = /<[a-z][^<>]{0,500}?\son(?:error|load|click|mouseover|focus|toggle|begin)\s{0,9}=/i;
/** Longer outputs are looked at up to here. In UTF-16 code units. */
const MAX_OUTPUT = 400_000;

export const activeNotebookOutput = defineRule({
  meta: {
    id: 'GL363',
    name: 'active-notebook-output',
    title: 'Saved output of a notebook contains code',
    kinds: ['notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-79',
    ],
    why: 'A viewer that trusts the notebook runs the script in the page of whoever opens it, where it can use their session. Nobody reads saved outputs in a review.',
    how: 'Clear the output before you commit (`jupyter nbconvert --clear-output --inplace`), and show data in a form that needs no script.',
    messages: {
      remote: 'Output {output} of this cell loads a script or page from `{host}`',
      script: 'Output {output} of this cell contains a script that no known library wrote',
      handler: 'Output {output} of this cell contains an event handler (`{found}`)',
      trusted: 'The notebook calls itself trusted; who opens it should decide that',
    },
    detections: ['NBK-04', 'NBK-05'],
    examples: [
      { path: 'a.ipynb', bad: shows('text/html', '<div><script>fetch("/api/contents")</script></div>') },
      { path: 'a.ipynb', bad: shows('text/html', '<script src="https://cdn.evil.dev/x.js"></script>') },
      { path: 'a.ipynb', bad: shows('image/svg+xml', '<svg onload="run()"></svg>') },
      { path: 'a.ipynb', bad: shows('application/javascript', 'alert(1)') },
      { path: 'a.ipynb', bad: JSON.stringify({ nbformat: 4, metadata: { trusted: true }, cells: [] }) },
      {
        title: 'drawn by a library',
        path: 'a.ipynb',
        good: shows('text/html', '<script>window.PlotlyConfig = {}</script>'),
      },
      {
        title: 'an animation of Matplotlib',
        path: 'a.ipynb',
        good: shows('text/html', '<script language="javascript">\n  function isInternetExplorer() {}\n</script>'),
      },
      {
        path: 'a.ipynb',
        good: shows('text/html', '<table border="1" class="dataframe"><tr><td>&lt;script&gt;</td></tr></table>'),
      },
      { title: 'printed text is not run', path: 'a.ipynb', good: shows('text/plain', '<script>x()</script>') },
    ],
  },
  *check({ notebook }) {
    if (!notebook) return;
    for (const output of notebook.outputs) {
      const problem = problemOf(output);
      if (problem) yield { ...problem, span: firstLineOf(notebook, output.cell) };
    }
    const [first] = notebook.trusted;
    // Jupyter asks its own list of signatures; other viewers may believe the file.
    if (first) {
      yield { span: firstLineOf(notebook, first.cell), onDisk: first.onDisk, message: 'trusted', severity: 'hint' };
    }
  },
});

function problemOf(output: Output): Omit<Problem, 'span'> | undefined {
  const { media, index } = output;
  const isScript = /^(?:application|text)\/(?:x-)?javascript$/.test(media);
  if (!isScript && media !== 'text/html' && media !== 'image/svg+xml') return undefined;
  const text = output.text().slice(0, MAX_OUTPUT);
  const common = (start: number, length: number) => ({ onDisk: output.onDisk({ start, end: start + length }) });
  const data = { output: String(index + 1) };
  if (isScript)
    return DRAWING.test(text) ? undefined : { ...common(0, Math.min(text.length, 80)), message: 'script', data };
  for (const match of text.matchAll(REMOTE)) {
    const host = hostOf(match[1]?.replace(/^\/\//, 'https://') ?? '');
    if (!host || KNOWN_HOST.test(host) || /^(?:localhost|127\.)/.test(host)) continue;
    return { ...common(match.index, match[0].length), message: 'remote', data: { ...data, host } };
  }
  if (DRAWING.test(text)) return undefined;
  const script = SCRIPT.exec(text);
  if (script) return { ...common(script.index, script[0].length), message: 'script', data };
  const handler = HANDLER.exec(text);
  if (!handler) return undefined;
  const found = /on\w+\s*=$/.exec(handler[0])?.[0].replace(/\s*=$/, '') ?? '';
  return { ...common(handler.index, handler[0].length), message: 'handler', data: { ...data, found } };
}

function shows(media: string, content: string): string {
  const outputs = [{ output_type: 'display_data', metadata: {}, data: { [media]: [content] } }];
  const cell = { cell_type: 'code', metadata: {}, outputs, source: ['draw()\n', 'more()'] };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
}
