import { defineRule, type Problem } from '../../engine/rule.ts';
import { agentSteps } from '../../languages/agentSteps.ts';
import { readCommands } from '../../languages/shell/commands.ts';
import type { TreeNode } from '../../languages/tree.ts';
import { expressionsOf, type Job, type Step } from '../../languages/workflow.ts';

/** Outputs of the actions that hold no text of the model: paths, names and states that the action itself makes. */
const NO_TEXT =
  /^(?:execution[_-]file|response[_-]file|conclusion|outcome|error|branch[_-]name|session[_-]id|github[_-]token|code[_-]review[_-]status)$/i;
const OUTPUT = /\b(?:steps|needs)\.([\w-]{1,100})\.outputs\.([\w-]{1,100})/g;

export const modelOutputInWorkflowScript = defineRule({
  meta: {
    id: 'GL523',
    name: 'model-output-in-workflow-script',
    title: 'Answer of a model becomes part of a script of a workflow',
    kinds: ['workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.2.5-4.1',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-94',
      'cwe:CWE-78',
      'cwe:CWE-1426',
      'atlas:AML.T0050',
    ],
    detections: ['CFG-15'],
    why: 'The expression is filled in before the shell reads the script: a quote, a backtick or `$(…)` in the answer is a command. Whoever can steer the model runs commands with the token of the workflow.',
    how: 'Set `env: ANSWER: ${{ … }}` on the step and use `"$ANSWER"`; in `github-script` read `process.env.ANSWER`. Never give it to `eval`.',
    messages: {
      spliced:
        'The answer of the model in `{output}` becomes part of this script before it runs: hand it over as a variable',
      run: '`{program}` runs the answer of the model in `${variable}` as commands',
    },
    peers: ['codeql actions/code-injection', 'semgrep run-shell-injection'],
    examples: [
      {
        path: '.github/workflows/summary.yml',
        bad: 'on: issues\njobs:\n  a:\n    steps:\n      - id: ai\n        uses: actions/ai-inference@v1\n        with: { prompt: Summarise }\n      - run: gh issue comment 1 --body "${{ steps.ai.outputs.response }}"\n',
        good: 'on: issues\njobs:\n  a:\n    steps:\n      - id: ai\n        uses: actions/ai-inference@v1\n        with: { prompt: Summarise }\n      - run: gh issue comment 1 --body "$ANSWER"\n        env:\n          ANSWER: ${{ steps.ai.outputs.response }}\n      - run: cat "${{ steps.ai.outputs.response-file }}" ; test ${{ steps.ai.outputs.response == \'yes\' }}\n      - id: other\n        run: echo "x=1" >> $GITHUB_OUTPUT\n      - run: echo ${{ steps.other.outputs.x }}\n',
      },
      {
        title: 'through another job, into JavaScript',
        path: '.github/workflows/summary.yml',
        bad: 'on: issues\njobs:\n  a:\n    outputs:\n      answer: ${{ steps.ai.outputs.final-message }}\n    steps:\n      - id: ai\n        uses: openai/codex-action@v1\n        with: { prompt: Summarise }\n  b:\n    needs: a\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            console.log(`${{ needs.a.outputs.answer }}`)\n',
      },
      {
        title: 'run as a command',
        path: '.github/workflows/fix.yml',
        bad: 'on: push\njobs:\n  a:\n    steps:\n      - id: ai\n        uses: google-github-actions/run-gemini-cli@v0\n        with: { prompt: Which command repairs it? }\n      - run: eval "$ANSWER"\n        env: { ANSWER: "${{ steps.ai.outputs.summary }}" }\n',
      },
    ],
  },
  *check({ workflow }) {
    const agents = agentSteps(workflow).filter(({ step }) => step.uses);
    if (agents.length === 0) return;
    const named = new Map(agents.map(({ job, step }) => [`${job.id} ${step.id}`, step]));
    const ofStep = (job: Job) => (id: string, output: string) => named.has(`${job.id} ${id}`) && !NO_TEXT.test(output);
    const handedOn = new Set(
      workflow.jobs.flatMap((job) =>
        [...job.outputs].flatMap(([name, text]) =>
          answersIn(text, ofStep(job)).length > 0 ? [`${job.id} ${name}`] : [],
        ),
      ),
    );
    for (const job of workflow.jobs) {
      const isAnswer = (id: string, output: string) => ofStep(job)(id, output) || handedOn.has(`${id} ${output}`);
      for (const step of job.steps) yield* inStep(step, isAnswer);
    }
  },
});

type IsAnswer = (id: string, output: string) => boolean;

function* inStep(step: Step, isAnswer: IsAnswer): Iterable<Problem> {
  const isScript = /^actions\/github-script@/.test(step.uses?.text ?? '');
  const script = step.run ?? (isScript ? step.inputs.get('script') : undefined);
  if (!script) return;
  for (const { output, at, end } of answersIn(script.written ?? script.text, isAnswer)) {
    const { start } = script.span;
    const span = script.written === undefined ? script.span : { start: start + at, end: start + end };
    yield { span, message: 'spliced', data: { output } };
  }
  if (step.run) yield* evaluated(step.run, step, isAnswer);
}

/** `eval "$ANSWER"` and `bash -c "$ANSWER"`. */
function* evaluated(run: TreeNode, { env }: Step, isAnswer: IsAnswer): Iterable<Problem> {
  const answers = [...env].flatMap(([name, { text }]) => (answersIn(text, isAnswer).length > 0 ? [name] : []));
  if (answers.length === 0) return;
  const commands =
    run.written === undefined ? readCommands(run.text, run.span) : readCommands(run.written, run.span.start);
  for (const { program, words, span } of commands) {
    const runs =
      program === 'eval' || (/^(?:ba|z|da)?sh$/.test(program) && words.some(({ text }) => /^-\w*c$/.test(text)));
    const variable =
      runs && answers.find((name) => words.some(({ text }) => new RegExp(`\\$\\{?${name}\\b`).test(text)));
    if (variable) yield { span, message: 'run', data: { program, variable } };
  }
}

/** Expressions whose value is the text of a model; comparing it gives yes or no. */
function answersIn(text: string, isAnswer: IsAnswer): { output: string; at: number; end: number }[] {
  return expressionsOf(text).flatMap(({ text: inside, at, end }) => {
    if (/[=!]=|\b(?:contains|startsWith|endsWith|hashFiles)\(/.test(inside)) return [];
    const match = [...inside.matchAll(OUTPUT)].find(([, id = '', output = '']) => isAnswer(id, output));
    return match ? [{ output: match[0], at, end }] : [];
  });
}
