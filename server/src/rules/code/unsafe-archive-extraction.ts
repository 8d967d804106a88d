import { type CallRow, callTable, checkRow } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { type ApiCall, type Call, pathNamedBy, provenanceOf, raised } from '../../languages/python/program.ts';

const FILTER_MISSING = { parameter: 'filter', is: ['fully_trusted'], absent: true, noneIsDefault: true } as const;
const ADD_FILTER = { set: 'filter', to: '"data"', kind: 'suggestion' } as const;
const ARCHIVES = 'tarfile.open() tarfile.TarFile() tarfile.TarFile.open() tarfile.TarFile.gzopen()'.split(' ');

/**
 * What unpacks tar archives without looking at paths and links. Python 3.12, and security releases of 3.8 to 3.11, have
 * `filter`; `"data"` is the default from 3.14 (library reference, `tarfile`, "Extraction filters"). `zipfile` has taken
 * absolute paths and `..` out since 2.7.4 and is left alone. keras before 3.12 unpacked without a filter.
 */
const ROWS: readonly CallRow[] = [
  {
    detection: 'DATA-11',
    apis: ARCHIVES.map((archive) => `${archive}.extractall`).join(' '),
    when: [FILTER_MISSING],
    fixes: [ADD_FILTER],
  },
  {
    detection: 'DATA-11',
    apis: ARCHIVES.map((archive) => `${archive}.extract`).join(' '),
    when: [FILTER_MISSING, { parameter: 'member', position: 0, is: 'given' }],
    message: 'member',
    severity: 'info',
    fixes: [ADD_FILTER],
  },
  {
    detection: 'DATA-11',
    apis: 'shutil.unpack_archive',
    when: [FILTER_MISSING, { parameter: 'filename', position: 0, is: /\.(?:tar|tgz|tbz2?|txz|tar\.\w+)$/i }],
    source: { parameter: 'filename', position: 0 },
    fixes: [ADD_FILTER],
  },
  {
    detection: 'DATA-11',
    apis: 'shutil.unpack_archive',
    when: [FILTER_MISSING, { parameter: 'format', position: 2, is: /tar$/ }],
    unless: [{ parameter: 'filename', position: 0, is: /\.(?:tar|tgz|tbz2?|txz|tar\.\w+)$/i }],
    source: { parameter: 'filename', position: 0 },
    fixes: [ADD_FILTER],
  },
  {
    detection: 'DATA-11',
    apis: 'torchvision.datasets.utils.extract_archive torchvision.datasets.utils.download_and_extract_archive',
    when: [{ parameter: 'from_path', position: 0, is: /\.(?:tar|tgz|tbz2?|txz|tar\.\w+)$/i }],
    message: 'library',
    severity: 'info',
  },
  {
    detection: 'DATA-11',
    apis: 'keras.utils.get_file',
    when: [{ parameter: 'untar', position: 2, is: 'true' }],
    versions: { package: 'keras', below: '3.12' },
    message: 'old',
  },
  {
    detection: 'DATA-11',
    apis: 'keras.utils.get_file',
    when: [{ parameter: 'extract', position: 7, is: 'true' }],
    versions: { package: 'keras', below: '3.12' },
    message: 'old',
  },
];
const TABLE = callTable(ROWS);
/** Words of somebody who looks at where members would go. */
const CHECKS = /is_relative_to|commonpath|commonprefix|is_within_directory|safe_extract|startswith\(os\.path\.abs/;

export const unsafeArchiveExtraction = defineRule({
  meta: {
    id: 'GL320',
    name: 'unsafe-archive-extraction',
    title: 'Archive that may write outside its folder',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-22',
    ],
    why: 'A member of a tar archive may be called `../../.bashrc`, or be a link to a file elsewhere. Unpacked as it is, it overwrites files that your program may write, and with them your program.',
    how: 'Unpack with `filter="data"`, which refuses what leaves the folder.',
    messages: {
      call: '`{call}` without `filter="data"` lets the archive write outside the folder, on Python before 3.14',
      member: '`{call}` without `filter="data"` lets the member write outside the folder, on Python before 3.14',
      library: '`{call}` unpacks without looking at the paths in the archive',
      old: '`{call}` unpacks without looking at the paths in the archive: that is so before {package} {version}',
    },
    peers: ['bandit B202', 'ruff S202', 'semgrep tarfile-extractall-traversal', 'codeql py/tarslip'],
    detections: ['DATA-11'],
    examples: [
      {
        path: 'data.py',
        bad: 'import tarfile\n\nwith tarfile.open(path) as archive:\n    archive.extractall("data")\n',
        fixed: 'import tarfile\n\nwith tarfile.open(path) as archive:\n    archive.extractall("data", filter="data")\n',
      },
      {
        title: 'a download, which makes it an error',
        path: 'data.py',
        bad: 'import io\nimport tarfile\nimport requests\n\narchive = tarfile.open(fileobj=io.BytesIO(requests.get(url).content))\narchive.extractall()\n',
        fixed:
          'import io\nimport tarfile\nimport requests\n\narchive = tarfile.open(fileobj=io.BytesIO(requests.get(url).content))\narchive.extractall(filter="data")\n',
      },
      {
        title: 'all members are no choice',
        path: 'data.py',
        bad: 'import tarfile\n\ntar = tarfile.open(path)\ntar.extractall("data", members=tar.getmembers())\n',
        fixed:
          'import tarfile\n\ntar = tarfile.open(path)\ntar.extractall("data", members=tar.getmembers(), filter="data")\n',
      },
      {
        title: 'trusted outright',
        path: 'data.py',
        bad: 'import tarfile\n\ntarfile.open(path).extractall("data", filter="fully_trusted")\n',
        fixed: 'import tarfile\n\ntarfile.open(path).extractall("data", filter="data")\n',
      },
      {
        title: 'shutil',
        path: 'data.py',
        bad: 'import shutil\n\nshutil.unpack_archive("corpus.tar.gz", "data")\n',
        fixed: 'import shutil\n\nshutil.unpack_archive("corpus.tar.gz", "data", filter="data")\n',
      },
      {
        title: 'an old Keras',
        path: 'data.py',
        packages: { keras: '==3.10.0' },
        bad: 'import keras\n\nfolder = keras.utils.get_file("flowers", origin=url, untar=True)\n',
      },
      {
        title: 'chosen members, and zip, which is cleaned by Python',
        path: 'data.py',
        good: 'import tarfile\nimport zipfile\n\ntarfile.open(path).extractall("data", members=checked(members))\nzipfile.ZipFile(path).extractall("data")\n',
      },
      {
        title: 'checked before',
        path: 'data.py',
        good: 'import tarfile\n\n\ndef unpack(path, folder):\n    with tarfile.open(path) as archive:\n        for member in archive.getmembers():\n            if not (folder / member.name).resolve().is_relative_to(folder):\n                raise ValueError(member.name)\n        archive.extractall(folder)\n',
      },
      { path: 'data.py', good: 'import tarfile\n\ntarfile.open(path).extractall("data", filter="data")\n' },
    ],
  },
  triggers: [TABLE],
  *check(file) {
    for (const { call, row: rows, name } of file.python.callsTo(TABLE)) {
      if (isChecked(file, call.nameSpan.start) || (name.endsWith('.extractall') && choosesMembers(file, call)))
        continue;
      for (const row of rows) {
        const problem = checkRow(file, { call, row, name }, 'warning');
        if (problem) yield name.startsWith('tarfile.') ? withSource(file, problem, { call, row, name }) : problem;
      }
    }
  },
});

function isChecked({ python }: SourceFile, offset: number): boolean {
  const { start, end, kind } = python.scopeAt(offset);
  return kind === 'function' && CHECKS.test(python.text.slice(start, end));
}

/** Somebody has chosen the members; whether well, nobody can tell from here. All of them are no choice. */
function choosesMembers({ text }: SourceFile, call: Call): boolean {
  const given = call.argument('members', 1);
  if (given.state !== 'given') return given.state === 'unknown';
  if (given.value.known && given.value.value === null) return false;
  const archive = call.nameText.slice(0, call.nameText.lastIndexOf('.'));
  const members = text.slice(given.node.from, given.node.to);
  const inner = /^(?:list|sorted|tqdm|tqdm\.tqdm)\(([^,]*)/.exec(members)?.[1] ?? members;
  return inner.replace(/\.getmembers\(\)\)?$/, '').replace(/\)$/, '') !== archive;
}

/** An archive that comes from others is worse; it is the object itself, not an argument. */
function withSource({ python }: SourceFile, problem: Problem, { call }: ApiCall<CallRow>): Problem {
  const archive = call.node.firstChild?.firstChild;
  const flow = archive && provenanceOf(python, archive);
  if (!flow || !problem.severity) return problem;
  const evidence = [...(problem.evidence ?? []), `The data comes from ${pathNamedBy(flow.source)}.`];
  return { ...problem, severity: raised(problem.severity), evidence, related: flow.steps };
}
