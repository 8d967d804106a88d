import type { Fix } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Card } from '../../languages/card/card.ts';
import { entryOf, placesAt } from '../../languages/card/formats/format.ts';
import { addKey } from '../../languages/card/insertValue.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import { answerIn } from '../../languages/card/structuredCard.ts';
import type { Cell } from '../../languages/markdown.ts';
import type { TreeNode } from '../../languages/tree.ts';

/** Column titles of a table that lists what can go wrong, and what is done about it. */
const FAILURES = /^(?:.* )?(?:risks?|failure(?: modes?)?|harms?|threats?|hazards?)(?: .*)?$/i;
const MITIGATIONS =
  /^(?:.* )?(?:mitigations?|controls?|safeguards?|guardrails?|countermeasures?|response|treatment|handling)(?: .*)?$/i;

/** Lists of risks in structured formats: path, and the keys of a risk and of what is done about it. */
const LISTS = [
  { path: 'modelCard.considerations.ethicalConsiderations', failure: ['name'], mitigation: 'mitigationStrategy' },
  {
    path: 'modelCard.considerations.fairnessAssessments',
    failure: ['harms', 'groupAtRisk'],
    mitigation: 'mitigationStrategy',
  },
  { path: 'considerations.ethical_considerations', failure: ['name'], mitigation: 'mitigation_strategy' },
] as const;

export const failureWithoutMitigation = defineRule({
  meta: {
    id: 'GL115',
    name: 'failure-without-mitigation',
    title: 'Failure mode without a mitigation',
    kinds: ['model-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.3.3',
      'ncsc-cisa-2023:ncsc-2.3.7',
      'etsi-en-304-223:5.2.4-1.1',
      'eu-ai-act:13.3.b.iii',
    ],
    why: 'The other risks of the card have an answer, this one has none. Whoever runs the model cannot tell whether it was accepted, forgotten, or left to them.',
    how: 'Say what is done about it: a filter, a limit, a human who looks. Where nothing is done, say so and why.',
    messages: { open: 'Nothing is said about what is done against "{failure}"' },
    examples: [
      {
        title: 'in a table',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n| Failure | Effect | Mitigation |\n|---|---|---|\n| Irony | wrongly hidden | a moderator looks |\n| Dialect | wrongly hidden | |\n',
        good: '# Model Card for toxi\n\n| Failure | Effect | Mitigation |\n|---|---|---|\n| Irony | wrongly hidden | a moderator looks |\n| Dialect | wrongly hidden | none: accepted for the pilot |\n',
      },
      {
        title: 'in a BOM',
        path: 'model.cdx.json',
        bad: '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "components": [\n    {\n      "type": "machine-learning-model",\n      "name": "toxi",\n      "modelCard": {\n        "considerations": {\n          "ethicalConsiderations": [\n            {\n              "name": "Hides irony",\n              "mitigationStrategy": "A moderator looks"\n            },\n            {\n              "name": "Hides dialects"\n            }\n          ]\n        }\n      }\n    }\n  ]\n}\n',
        fixed:
          '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "components": [\n    {\n      "type": "machine-learning-model",\n      "name": "toxi",\n      "modelCard": {\n        "considerations": {\n          "ethicalConsiderations": [\n            {\n              "name": "Hides irony",\n              "mitigationStrategy": "A moderator looks"\n            },\n            {\n              "name": "Hides dialects",\n              "mitigationStrategy": "[TODO: what is done against it]"\n            }\n          ]\n        }\n      }\n    }\n  ]\n}\n',
        good: '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", "name": "toxi", "modelCard": {"considerations": {"ethicalConsiderations": [{"name": "Hides dialects", "mitigationStrategy": "A moderator looks at every hidden comment"}]}}}]}\n',
      },
      {
        title: 'a table of something else',
        path: 'MODEL_CARD.md',
        good: '# Model Card for toxi\n\n| Failure | Rate |\n|---|---|\n| Irony | |\n',
      },
    ],
  },
  *check({ card }) {
    yield* inTables(card);
    yield* inData(card);
  },
});

function* inTables({ markdown }: Card): Iterable<Problem> {
  for (const { header, rows } of markdown.tables) {
    const failure = header.findIndex(({ text }) => FAILURES.test(text.trim()) && !MITIGATIONS.test(text.trim()));
    const mitigation = header.findIndex(({ text }) => MITIGATIONS.test(text.trim()));
    if (failure === -1 || mitigation === -1 || !rows.some((row) => isAnswered(row[mitigation]))) continue;
    for (const row of rows) {
      const named = row[failure];
      if (named && answerOf(named.text) === 'filled' && !isAnswered(row[mitigation]))
        yield open(named.text, named.span);
    }
  }
}

/** A dash or "none" is an answer of sorts; a mark to fill in is reported as such. */
function isAnswered(cell: Cell | undefined): boolean {
  return cell !== undefined && answerOf(cell.text) !== 'empty';
}

function* inData({ places, text, field }: Card): Iterable<Problem> {
  const { subject, broken, syntax } = places?.structure ?? {};
  // Where nothing is said of any mitigation, that is one finding, and not one per risk.
  if (!subject || broken || field('guardrails').state !== 'filled') return;
  for (const { path, failure, mitigation } of LISTS) {
    for (const { node } of placesAt(subject.node, path)) {
      for (const item of node.kind === 'list' ? node.items : [node]) {
        const named = failure
          .map((key) => entryOf(item, key)?.node)
          .find((value) => value && answerIn(value) === 'filled');
        const stated = entryOf(item, mitigation)?.node;
        if (!named || (stated && answerIn(stated) !== 'empty')) continue;
        yield {
          ...open(named.text, named.span),
          fixes: syntax === 'json' && !stated ? fixOf(text, item, mitigation) : [],
        };
      }
    }
  }
}

function fixOf(text: string, item: TreeNode, key: string): Fix[] {
  const edits = addKey(text, item, key, '[TODO: what is done against it]');
  return [{ title: `Add \`${key}\` to fill in`, kind: 'suggestion', edits }];
}

function open(failure: string, span: Problem['span']): Problem {
  const shown = failure.replace(/\s+/g, ' ').trim();
  return { span, message: 'open', data: { failure: shown.length > 60 ? `${shown.slice(0, 57)}…` : shown } };
}
