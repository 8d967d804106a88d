import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import {
  appendEntry,
  candidateEntry,
  findCandidates,
  openCandidates,
} from '../../server/src/engine/evidence/candidates.ts';
import { checkRegisterFacts } from '../../server/src/engine/evidence/check.ts';
import { readRegister } from '../../server/src/engine/evidence/register.ts';
import { evidenceByItem } from '../../server/src/engine/evidence/standing.ts';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { kindOf } from '../../server/src/engine/kind.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fileOf, lintText, TODAY } from '../helpers/lintText.ts';

const PATH = '.guidelint/evidence.yaml';
const MET = {
  item: 'etsi-en-304-223:5.1.1-1',
  decision: 'met',
  statement: 'shown',
  links: '[https://example.org/a]',
  owner: 'security lead',
  date: '2026-10-01',
  'review-by': '2027-10-01',
};

function register(...entries: readonly Readonly<Record<string, string | undefined>>[]): string {
  const written = entries.map((entry) => {
    const lines = Object.entries(entry).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
    return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}\n`).join('');
  });
  return `evidence:\n${written.join('')}`;
}

/** Rule id, the text it is reported at, and the message. */
const found = (text: string) =>
  lintText(PATH, text).map(({ ruleId, span, message }) => [ruleId, text.slice(span.start, span.end), message]);

test('the register is a kind of its own, in every folder', () => {
  for (const path of ['.guidelint/evidence.yaml', 'a/.guidelint/evidence.yml'])
    assert.equal(kindOf(path, ''), 'evidence');
  for (const path of ['evidence.yaml', '.guidelint/other.yaml']) assert.equal(kindOf(path, ''), 'other');
});

describe('what is wrong in a register, and where', () => {
  const CASES: readonly [string, string, readonly (readonly string[])[]][] = [
    ['an entry in order', register(MET), []],
    ['an empty file', '', []],
    ['only a comment', '# later\n', []],
    [
      'a key with a typo',
      register({ ...MET, ownr: 'x' }),
      [['GL907', 'ownr', 'unknown key `ownr`; did you mean `owner`?']],
    ],
    [
      'a top-level key with a typo',
      'evidnce: []\n',
      [['GL907', 'evidnce', 'unknown key `evidnce`; did you mean `evidence`?']],
    ],
    [
      'a role with a typo',
      'roles: [Developer]\n',
      [
        [
          'GL907',
          'Developer',
          '`Developer` is not a value this key takes; expected one of Developers, System Operators, Data Custodians; did you mean `Developers`?',
        ],
      ],
    ],
    [
      'a list that is a text',
      'evidence: none\n',
      [['GL907', 'none', '`evidence`: Invalid input: expected array, received string']],
    ],
    ['a register that is a list', '- a\n', [['GL907', '- a', 'Invalid input: expected object, received array']]],
    [
      'no owner',
      register({ ...MET, owner: undefined }),
      [['GL907', 'item: etsi-en-304-223:5.1.1-1', '`owner` is missing']],
    ],
    [
      'a month that does not exist',
      register({ ...MET, date: '2026-13-01' }),
      [['GL907', '2026-13-01', '`date`: expected a date such as 2027-01-31']],
    ],
    [
      'a day without a month',
      register({ ...MET, date: '2026' }),
      [['GL907', '2026', '`date`: Invalid input: expected string, received number']],
    ],
    [
      'a day to come',
      register({ ...MET, date: '2026-12-24' }),
      [['GL907', '2026-12-24', '`date` 2026-12-24 lies in the future']],
    ],
    [
      'a review before the decision',
      register({ ...MET, date: '2026-10-02', 'review-by': '2026-10-01' }),
      [
        ['GL907', '2026-10-01', '`review-by` 2026-10-01 lies before `date` 2026-10-02'],
        ['GL910', '2026-10-01', 'The review was due on 2026-10-01'],
      ],
    ],
    [
      'a path that leaves the project',
      register({ ...MET, files: '[../../etc/passwd]' }),
      [
        [
          'GL907',
          '../../etc/passwd',
          '`files`: expected a file of this repository, relative to the folder that holds `.guidelint`',
        ],
      ],
    ],
    [
      'a link that is none',
      register({ ...MET, links: '["javascript:alert(1)"]' }),
      [['GL907', '"javascript:alert(1)"', '`links`: expected an address that begins with https://']],
    ],
    [
      'a cyclic anchor',
      register({ ...MET, item: '&a [*a]' }),
      [
        ['GL907', '*a', 'a YAML alias (`*name`) is not followed here; write the value out'],
        ['GL908', '*a', 'There is no guideline item ``'],
      ],
    ],
    [
      'an alias for an entry',
      `x: &x 1\nevidence:\n  - *x\n`,
      [
        ['GL907', 'x', 'unknown key `x`'],
        ['GL907', '*x', 'a YAML alias (`*name`) is not followed here; write the value out'],
      ],
    ],
    [
      'an item by its number',
      register({ ...MET, item: '5.2.4-1.2' }),
      [['GL908', '5.2.4-1.2', 'There is no guideline item `5.2.4-1.2`; did you mean `etsi-en-304-223:5.2.4-1.2`?']],
    ],
    [
      'an item of no framework',
      register({ ...MET, item: 'iso:1' }),
      [['GL908', 'iso:1', 'There is no guideline item `iso:1`']],
    ],
    [
      'an item in two entries',
      register(MET, { ...MET, item: '[cwe:CWE-502, etsi-en-304-223:5.1.1-1]' }),
      [
        [
          'GL909',
          'etsi-en-304-223:5.1.1-1',
          '`etsi-en-304-223:5.1.1-1` also stands in line 2; neither entry counts for it',
        ],
      ],
    ],
    [
      'an unfinished entry',
      register({ ...MET, decision: 'TODO', statement: '"TODO: say what"', date: 'TODO' }),
      [
        ['GL915', 'TODO', 'Not confirmed yet: `decision` is still a placeholder'],
        ['GL915', '"TODO: say what"', 'Not confirmed yet: `statement` is still a placeholder'],
        ['GL915', 'TODO', 'Not confirmed yet: `date` is still a placeholder'],
      ],
    ],
    [
      'a register larger than what is read',
      `# ${'x'.repeat(5 * 1024 * 1024)}\n`,
      [['GL907', '', 'larger than 400 kB']],
    ],
    [
      'no YAML',
      'evidence: [\n',
      [
        [
          'GL907',
          '',
          'not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
        ],
      ],
    ],
  ];
  for (const [name, text, expected] of CASES) test(name, () => assert.deepEqual(found(text), expected));
});

test('a missing key is added below the decision, as a placeholder that is a finding', () => {
  const text = register({ item: 'cwe:CWE-502', decision: 'accepted-risk', owner: 'lead', date: '2026-10-01' });
  const [first] = lintText(PATH, text).filter(({ fixes }) => fixes.length > 0);
  assert.equal(first?.ruleId, 'GL914');
  const fixed = applyEdits(text, first?.fixes[0]?.edits ?? []);
  assert.match(fixed, /^ {4}decision: accepted-risk\n {4}justification: TODO\n/m);
  assert.ok(found(fixed).some(([id, at]) => id === 'GL915' && at === 'TODO'));
});

describe('what an entry is worth', () => {
  const ID = 'etsi-en-304-223:5.1.1-1';
  const OTHER = { ...MET, links: undefined, statement: undefined, 'review-by': undefined, justification: 'because' };
  const CASES: readonly [string, string, string | undefined][] = [
    ['met', register(MET), 'met'],
    ['partly', register({ ...MET, decision: 'partly' }), 'partly'],
    ['reviewed on the last day', register({ ...MET, 'review-by': TODAY }), 'met'],
    ['overdue', register({ ...MET, 'review-by': '2026-11-20' }), 'overdue'],
    ['not applicable', register({ ...OTHER, decision: 'not-applicable' }), 'not-applicable'],
    [
      'not applicable without a reason',
      register({ ...OTHER, decision: 'not-applicable', justification: undefined }),
      'void',
    ],
    ['an accepted risk', register({ ...OTHER, decision: 'accepted-risk', until: '2026-12-01' }), 'accepted-risk'],
    ['an expired risk', register({ ...OTHER, decision: 'accepted-risk', until: '2026-11-01' }), 'overdue'],
    ['a risk for ever', register({ ...OTHER, decision: 'accepted-risk' }), 'void'],
    ['a file that exists', register({ ...MET, files: '[here.md]' }), 'met'],
    ['a file with a place in it', register({ ...MET, files: '["here.md#part"]' }), 'met'],
    ['a file that is gone', register({ ...MET, files: '[here.md, gone.md]' }), 'void'],
    ['a file nobody has looked for', register({ ...MET, files: '[unseen.md]' }), 'void'],
    ['unconfirmed', register({ ...MET, decision: 'TODO' }), 'void'],
    ['a date in the future', register({ ...MET, date: '2026-11-22' }), 'void'],
    ['a wrong key', register({ ...MET, extra: 'x' }), 'void'],
    ['twice', register(MET, { ...MET, decision: 'partly' }), 'void'],
    ['of another item', register({ ...MET, item: 'cwe:CWE-502' }), undefined],
    ['in a text that is broken elsewhere', `${register(MET)}  - [\n`, 'void'],
  ];
  const files = new Map([
    ['here.md', true],
    ['gone.md', false],
  ]);
  for (const [name, text, standing] of CASES) {
    test(name, () => {
      const byItem = evidenceByItem(readRegister(text), TODAY, (path) => files.get(path));
      assert.equal(byItem.get(ID)?.standing, standing);
    });
  }
});

test('a role that is misspelt sets nothing aside', () => {
  assert.deepEqual(readRegister('roles: [Developers]\n').roles, ['Developers']);
  assert.deepEqual(readRegister('roles: [Developers, Custodians]\n').roles, []);
});

describe('candidates', () => {
  const PATHS = [
    'SECURITY.md',
    'docs/threat-model.md',
    'docs/incident-response-plan.md',
    'docs/disaster_recovery.md',
    'sbom.cdx.json',
    'model.spdx.json',
    '.github/CODEOWNERS',
    'MODEL_CARD.md',
    'data/DATA_CARD.md',
    'uv.lock',
    'reports/eval-results.json',
    'red-team-report.pdf',
    'LICENSE',
  ];

  test('are recognised by name', () => {
    const sorts = findCandidates(PATHS);
    assert.deepEqual(sorts.flatMap(({ files }) => files).sort(), [...PATHS].sort());
    assert.equal(sorts.length, 11);
  });

  test('are not these', () => {
    const others = [
      'src/security.py',
      'lib/SECURITY.md',
      'bomb.json',
      'evaluate.py',
      'incidents.csv',
      'src/LICENSE',
      'carbom.json',
      'requirements.txt',
      'docs/model-cards.md',
      'src/templates/model_card.md',
      'model_card_template.md',
      'agents/incident-response.agent.md',
      'tests/fixtures/SBOM.json',
    ];
    assert.deepEqual(findCandidates(others), []);
  });

  test('are hints only, and entries made of them count only when a person has filled them in', () => {
    for (const start of [
      '',
      'evidence:\n',
      register(MET),
      register(MET).replaceAll('\n', '\r\n'),
      register(MET).trimEnd(),
      `evidence:\n${register(MET).slice(10).replace(/^ {2}/gm, '')}`,
    ]) {
      let text = start;
      const open = openCandidates(readRegister(text), PATHS);
      for (const candidate of open) {
        const edit = appendEntry(text, candidateEntry(candidate));
        assert.ok(edit);
        text = applyEdits(text, [edit]);
      }
      const { evidence } = parse(text) as { evidence: object[] };
      assert.equal(evidence.length, open.length + (start.includes('item') ? 1 : 0), text);
      assert.deepEqual([...new Set(found(text).map(([id]) => id))], ['GL915']);
      const standings = [...evidenceByItem(readRegister(text), TODAY, () => true).values()].map(
        ({ standing }) => standing,
      );
      assert.ok(standings.filter((standing) => standing !== 'void').length <= 1);
      assert.deepEqual(openCandidates(readRegister(text), PATHS), []);
    }
  });

  test('where the list cannot simply be continued no edit is offered', () => {
    for (const text of ['evidence: []\n', 'evidence:\n  - item: x\nroles: [Developers]\n'])
      assert.equal(appendEntry(text, '  - item: y\n'), undefined);
  });
});

test('what has not been looked at is no finding', () => {
  const file = fileOf(PATH, register({ ...MET, item: 'cwe:CWE-502', files: '[a.md]' }));
  assert.deepEqual([...checkRegisterFacts(file, { exists: new Map() }, rules)], []);
});

test('findings contradict what is said to be met or not to apply, unless they are accepted or hints', () => {
  const code = 'import torch\nmodel = torch.load("m.pt", weights_only=False)\n';
  const [finding] = lintText('load.py', code).filter(({ ruleId }) => ruleId === 'GL301');
  assert.ok(finding);
  const contradictions = (decision: string, findings = [finding]) =>
    [
      ...checkRegisterFacts(
        fileOf(PATH, register({ ...MET, item: 'cwe:CWE-502', decision })),
        { exists: new Map(), findings },
        rules,
      ),
    ].map(({ rule, data, related }) => [rule.meta.id, data?.findings, related?.[0]?.uri]);
  assert.deepEqual(contradictions('met'), [['GL913', '1 finding is open', finding.uri]]);
  assert.deepEqual(contradictions('not-applicable').length, 1);
  assert.deepEqual(contradictions('partly'), []);
  assert.deepEqual(contradictions('met', [{ ...finding, severity: 'hint' }]), []);
  assert.deepEqual(contradictions('met', [{ ...finding, suppression: { source: 'comment', reason: 'x' } }]), []);
});
