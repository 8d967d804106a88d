import { type CallRow, callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, isTest } from '../../languages/python/program.ts';
import { inTexts, written } from '../../languages/python/triggers.ts';

const ROWS: readonly CallRow[] = [
  // Cohere API reference: CONTEXTUAL by default; OFF and its older name NONE switch it off.
  {
    detection: 'PRM-11',
    apis: 'cohere.**.chat cohere.**.chat_stream',
    when: [{ parameter: 'safety_mode', is: ['OFF', 'NONE'] }],
    message: 'filter',
    fixes: [{ remove: 'safety_mode', kind: 'suggestion' }],
  },
  // diffusers 0.36: pipelines of Stable Diffusion load a checker unless told not to.
  {
    detection: 'PRM-11',
    apis: 'diffusers.**.from_pretrained diffusers.**.from_single_file',
    when: [{ parameter: 'safety_checker', is: 'None' }],
    message: 'images',
    severity: 'info',
    fixes: [{ remove: 'safety_checker', kind: 'suggestion' }],
  },
];
const TABLE = callTable(ROWS);

/** Gemini API reference, "Safety settings": two thresholds that let everything through. */
const THRESHOLD = /\bBLOCK_NONE\b|\bHarmBlockThreshold\.OFF\b/g;
const GEMINI = /\b(?:google|vertexai|genai|langchain_google_\w+)\b/;

export const modelSafeguardOff = defineRule({
  meta: {
    id: 'GL333',
    name: 'model-safeguard-off',
    title: 'Safety filter of a model switched off',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.6.b',
      'ncsc-cisa-2023:ncsc-3.5.2',
      'etsi-en-304-223:5.1.2-2',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2025:LLM09',
      'owasp-llm-2026:LLM10',
      'owasp-llm-2026:LLM07',
      'atlas:AML.T0054',
    ],
    why: 'The filter is the part that a clever prompt cannot talk out of its job. Without it, what the model says or draws reaches people unseen.',
    how: 'Leave the default on, or filter what comes out yourself. For an evaluation that nobody else sees, suppress the finding with that reason.',
    messages: {
      filter: '`{argument}` switches off the safety filter of the model',
      images: '`{argument}` switches off the check of the pictures that the model draws',
      threshold: '`{argument}` lets through everything that the filter of the model finds',
    },
    peers: ['semgrep cohere-safety-mode-off'],
    detections: ['PRM-11'],
    examples: [
      {
        path: 'ask.py',
        bad: 'import google.generativeai as genai\n\nmodel = genai.GenerativeModel(\n    NAME,\n    safety_settings=[{"category": "HARM_CATEGORY_HATE_SPEECH", "threshold": "BLOCK_NONE"}],\n)\n',
      },
      {
        path: 'ask.py',
        bad: 'from google.genai import types\n\nsetting = types.SafetySetting(category=CATEGORY, threshold=types.HarmBlockThreshold.OFF)\n',
      },
      {
        path: 'ask.py',
        bad: 'import cohere\n\nreply = cohere.ClientV2().chat(model=MODEL, messages=messages, safety_mode="OFF")\n',
        fixed: 'import cohere\n\nreply = cohere.ClientV2().chat(model=MODEL, messages=messages)\n',
      },
      {
        title: 'a picture model',
        path: 'draw.py',
        bad: 'from diffusers import StableDiffusionPipeline\n\npipe = StableDiffusionPipeline.from_pretrained(name, safety_checker=None)\n',
        fixed:
          'from diffusers import StableDiffusionPipeline\n\npipe = StableDiffusionPipeline.from_pretrained(name)\n',
      },
      {
        title: 'a pipeline without a checker',
        path: 'draw.py',
        good: 'from diffusers import StableDiffusion3Pipeline, StableDiffusionXLPipeline\n\npipe = StableDiffusion3Pipeline.from_pretrained(name, safety_checker=None)\nbase = StableDiffusionXLPipeline.from_pretrained(name, safety_checker=None)\n',
      },
      {
        path: 'ask.py',
        good: 'import google.generativeai as genai\n\nmodel = genai.GenerativeModel(NAME, safety_settings={"HARM_CATEGORY_HATE_SPEECH": "BLOCK_ONLY_HIGH"})\n',
      },
      {
        title: 'a name in another program',
        path: 'layout.py',
        good: 'BLOCK_NONE = 0\nstyle = BLOCK_NONE\n',
      },
      {
        title: 'a comment',
        path: 'ask.py',
        good: 'import google.generativeai as genai\n\n# BLOCK_NONE would let everything through.\nmodel = genai.GenerativeModel(NAME)\n',
      },
    ],
  },
  triggers: [TABLE, inTexts(GEMINI, ...written('BLOCK_NONE', 'OFF'))],
  *check(file) {
    for (const problem of checkCalls(file, TABLE, 'warning')) {
      if (problem.message !== 'images') yield problem;
      else if (!isTest(file.path) && CHECKED.test(problem.data?.call ?? '')) yield problem;
    }
    if (GEMINI.test(file.text)) yield* thresholds(file);
  },
});

/**
 * Pipelines that come with a checker, by diffusers 0.36: those of Stable Diffusion 1 and 2 and of DeepFloyd IF, and whatever
 * the checkpoint says. The later ones take the argument and have nothing to switch off.
 */
const CHECKED =
  /\.(?:DiffusionPipeline|AutoPipelineFor\w+|(?:Flax)?StableDiffusion(?!XL|3)\w*|IF\w*Pipeline)\.from_\w+$/;

/** More places than this are not told one by one. */
const MAX_SHOWN = 50;

/** One finding per file: the setting comes once for each of four categories. */
function* thresholds(file: SourceFile): Iterable<Problem> {
  const spans = [...file.text.matchAll(THRESHOLD)].slice(0, MAX_SHOWN).flatMap(({ index, 0: word }) => {
    const node = file.python.tree.tree.resolveInner(index, 1);
    // The name itself, an attribute of the enumeration, or the text that stands for it.
    const meant =
      node.name === 'PropertyName' ||
      (node.name === 'VariableName' && node.parent?.name === 'MemberExpression') ||
      (node.name === 'String' && node.to - node.from === word.length + 2);
    return meant ? [{ start: index, end: index + word.length }] : [];
  });
  const [span, ...others] = spans;
  if (!span) return;
  yield {
    span,
    message: 'threshold',
    data: { argument: file.text.slice(span.start, span.end) },
    severity: inContext('warning', file.path),
    related: others.map((each) => ({ span: each, message: 'Here too' })),
  };
}
