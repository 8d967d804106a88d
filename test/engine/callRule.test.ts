import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CallRow, callTable, checkCalls } from '../../server/src/engine/callRule.ts';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { fileOf } from '../helpers/lintText.ts';

const ROW = { detection: 'LOAD-18', apis: 'lib.load' };

function check(text: string, row: Partial<CallRow>, packages?: Record<string, string>) {
  const file = fileOf('load.py', `import lib\n${text}\n`, packages);
  return [...checkCalls(file, callTable([{ ...ROW, ...row }]), 'warning')];
}

/** Text of the file after the first fix. */
function fixed(text: string, row: Partial<CallRow>) {
  const [problem] = check(text, row);
  return applyEdits(`import lib\n${text}\n`, problem?.fixes?.[0]?.edits ?? [])
    .replace('import lib\n', '')
    .trimEnd();
}

describe('conditions', () => {
  const cases: [code: string, condition: CallRow['when'], reported: boolean][] = [
    ['lib.load(p)', [], true],
    ['lib.load(p, safe=False)', [{ parameter: 'safe', is: 'false' }], true],
    ['lib.load(p, safe=0)', [{ parameter: 'safe', is: 'false' }], true],
    ['lib.load(p, safe=flag)', [{ parameter: 'safe', is: 'false' }], false],
    ['lib.load(p)', [{ parameter: 'safe', is: 'false' }], false],
    ['lib.load(p)', [{ parameter: 'safe', is: 'false', absent: true }], true],
    ['lib.load(p, safe=None)', [{ parameter: 'safe', is: 'false', absent: true, noneIsDefault: true }], true],
    ['lib.load(p, **options)', [{ parameter: 'safe', is: 'false', absent: true }], false],
    ['lib.load(p, False)', [{ parameter: 'safe', position: 1, is: 'false' }], true],
    ['lib.load(p, mode="r")', [{ parameter: 'mode', is: ['r', 'w'] }], true],
    ['lib.load(p, mode="x")', [{ parameter: 'mode', is: ['r', 'w'] }], false],
    ['lib.load("http://x")', [{ parameter: 'url', position: 0, is: /^http:/ }], true],
    ['lib.load(p, names=["a", "os"])', [{ parameter: 'names', is: { has: ['os', '*'] } }], true],
    ['lib.load(p, names=BASE + ["os"])', [{ parameter: 'names', is: { has: ['os'] } }], true],
    ['NAMES = ("os",)\nlib.load(p, names=NAMES)', [{ parameter: 'names', is: { has: ['os'] } }], true],
    ['lib.load(p, names=["a"])', [{ parameter: 'names', is: { has: ['os'] } }], false],
    ['lib.load(p, names=BASE)', [{ parameter: 'names', is: { has: ['os'] } }], false],
    ['lib.load(p)', [{ parameter: 'safe', is: 'absent' }], true],
    ['lib.load(p, safe=1)', [{ parameter: 'safe', is: 'absent' }], false],
  ];
  for (const [code, when, reported] of cases) {
    test(`${code} ${JSON.stringify(when)}`, () => assert.equal(check(code, { when: when ?? [] }).length > 0, reported));
  }
});

test('an exception that cannot be known keeps the rule silent', () => {
  const row: Partial<CallRow> = { unless: [{ parameter: 'check', is: 'true' }] };
  assert.equal(check('lib.load(p)', row).length, 1);
  assert.equal(check('lib.load(p, check=True)', row).length, 0);
  assert.equal(check('lib.load(p, check=maybe)', row).length, 0);
});

test('a default that depends on the version', () => {
  const row: Partial<CallRow> = {
    when: [{ parameter: 'safe', is: 'false', absent: { package: 'lib', below: '2.0' } }],
  };
  assert.equal(check('lib.load(p)', row, { lib: '==1.9' }).length, 1);
  assert.equal(check('lib.load(p)', row, { lib: '==2.0' }).length, 0);
  assert.equal(check('lib.load(p)', row).length, 0);
});

test('data from elsewhere raises the severity and shows the way', () => {
  const [problem] = check('import requests\nlib.load(requests.get(u).content)', {
    source: { parameter: 'f', position: 0 },
  });
  assert.equal(problem?.severity, 'error');
  assert.equal(problem?.data?.source, 'a download');
});

test('what depends on an unknown version is never raised, and says so', () => {
  const row: Partial<CallRow> = {
    when: [{ parameter: 'safe', is: 'absent' }],
    versions: { package: 'lib', below: '2.0', unknown: 'holds' },
    source: { parameter: 'f', position: 0 },
    unsure: 'unsure',
  };
  const [unknown] = check('lib.load(input())', row);
  assert.deepEqual([unknown?.message, unknown?.severity, unknown?.confidence], ['unsure', 'warning', 'medium']);
  const [known] = check('lib.load(input())', row, { lib: '==1.0' });
  assert.deepEqual([known?.message, known?.severity, known?.confidence], ['call', 'error', undefined]);
});

test('versions with a beginning and an end', () => {
  const row: Partial<CallRow> = { versions: { package: 'lib', from: '1.0', below: '1.2.5' } };
  const reported = (version: string) => check('lib.load(p)', row, { lib: version }).length;
  assert.deepEqual(['==0.9', '==1.0', '==1.2.4', '==1.2.5'].map(reported), [0, 1, 1, 0]);
});

test('a condition that makes it worse', () => {
  const row: Partial<CallRow> = { worse: [{ parameter: 'url', position: 0, is: /^http:/ }] };
  assert.equal(check('lib.load("http://x")', row)[0]?.severity, 'error');
  assert.equal(check('lib.load(x)', row)[0]?.severity, 'warning');
});

describe('a file that the program writes itself', () => {
  const source = { parameter: 'f', position: 0 };
  const severity = (code: string) => check(code, { source })[0]?.severity;
  const cases: [code: string, severity: string | undefined][] = [
    ['import torch\ntorch.save(x, "a.pt")\nlib.load("a.pt")', 'info'],
    ['import torch\ntorch.save(x, "./a.pt")\nlib.load("a.pt")', 'info'],
    ['import torch\nP = "a.pt"\ntorch.save(x, P)\ndef read():\n    return lib.load(P)', 'info'],
    ['import pickle\nwith open("a.pkl", "wb") as f:\n    pickle.dump(x, f)\nlib.load(open("a.pkl", "rb"))', 'info'],
    [
      'import os, joblib\nfrom pathlib import Path\njoblib.dump(x, os.path.join("m", "a"))\nlib.load(Path("m") / "a")',
      'info',
    ],
    ['model.save("a.bin")\nlib.load("a.bin")', 'info'],
    ['import torch\ntorch.save(x, "b.pt")\nlib.load("a.pt")', 'warning'],
    ['import torch\ntorch.save(x, "/data/a.pt")\nlib.load("/data/a.pt")', 'warning'],
    ['import torch\ntorch.save(x, path)\nlib.load(path)', 'warning'],
    ['import io, torch\nb = io.BytesIO()\ntorch.save(x, b)\nlib.load(b)', undefined],
  ];
  for (const [code, expected] of cases) {
    test(JSON.stringify(code), () => assert.equal(severity(code), expected));
  }
});

test('only data from elsewhere, and only from afar', () => {
  const source = { parameter: 'f', position: 0 };
  const reported = (code: string, onlyUntrusted: CallRow['onlyUntrusted']) =>
    check(code, { source, ...(onlyUntrusted && { onlyUntrusted }) }).length;
  assert.equal(reported('lib.load(p)', true), 0);
  assert.equal(reported('import sys\nlib.load(sys.argv[1])', true), 1);
  assert.equal(reported('import sys\nlib.load(sys.argv[1])', 'remote'), 0);
  assert.equal(reported('import requests\nlib.load(requests.get(u).content)', 'remote'), 1);
});

describe('fixes', () => {
  const set: Partial<CallRow> = {
    when: [{ parameter: 'safe', is: 'false', absent: true }],
    fixes: [{ set: 'safe', to: 'True', kind: 'safe' }],
  };
  test('adds', () => assert.equal(fixed('lib.load(p)', set), 'lib.load(p, safe=True)'));
  test('replaces', () => assert.equal(fixed('lib.load(p, safe=False)', set), 'lib.load(p, safe=True)'));
  test('adds a value of another module and imports it', () => {
    const row: Partial<CallRow> = {
      when: [{ parameter: 'box', is: 'absent' }],
      fixes: [{ set: 'box', to: 'boxes.Box()', import: 'boxes', kind: 'suggestion' }],
    };
    assert.equal(fixed('lib.load(p)', row), 'import boxes\nlib.load(p, box=boxes.Box())');
  });
  test('removes', () => {
    const row: Partial<CallRow> = {
      when: [{ parameter: 'fast', is: 'true' }],
      fixes: [{ remove: 'fast', kind: 'suggestion' }],
    };
    assert.equal(fixed('lib.load(p, fast=True)', row), 'lib.load(p)');
  });
  test('writes another argument in its place', () => {
    const instead = { parameter: 'safe', value: 'True' };
    const row: Partial<CallRow> = { fixes: [{ remove: 'fast', position: 1, instead, kind: 'suggestion' }] };
    assert.equal(fixed('lib.load(p, fast=True)', row), 'lib.load(p, safe=True)');
    assert.equal(fixed('lib.load(p, fast=True, safe=x)', row), 'lib.load(p, safe=x)');
    assert.equal(fixed('lib.load(p, True)', row), 'lib.load(p, True)');
  });
  test('appends to a text that stands in the call', () => {
    const row: Partial<CallRow> = {
      fixes: [{ append: ':<commit>', parameter: 'name', position: 0, kind: 'suggestion' }],
    };
    assert.equal(fixed('lib.load("o/r", 1)', row), 'lib.load("o/r:<commit>", 1)');
    assert.equal(fixed("lib.load(name='o/r')", row), "lib.load(name='o/r:<commit>')");
    assert.equal(fixed('lib.load(name)', row), 'lib.load(name)');
  });
  test('calls another function and imports it once', () => {
    const row: Partial<CallRow> = { fixes: [{ call: 'other.read', import: 'other', kind: 'suggestion' }] };
    assert.equal(fixed('lib.load(p)', row), 'import other\nother.read(p)');
    assert.equal(fixed('import other\nlib.load(p)', row), 'import other\nother.read(p)');
  });
});
