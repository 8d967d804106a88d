import { grouped } from '../../engine/callRule.ts';
import { mentions } from '../../engine/commandRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Word } from '../../languages/commands.ts';
import { inContext } from '../../languages/python/context.ts';
import { hostOf, isLoopback } from '../../languages/shell/downloads.ts';
import { type Install, installOf } from '../../languages/shell/installs.ts';

/** Makers of hardware-specific builds whose documentation asks for their index beside PyPI. */
const MAKERS =
  /^(?:download\.pytorch\.org|pypi\.nvidia\.com|pypi\.ngc\.nvidia\.com|pypi\.org|files\.pythonhosted\.org|storage\.googleapis\.com|abetlen\.github\.io|wheels\.vllm\.ai|data\.pyg\.org)$/;
/** The installers themselves are part of the environment, not of the work. */
const TOOLS = /^(?:pip|setuptools|wheel|uv|conda|mamba|python|nodejs)$/i;

export const unpinnedNotebookInstall = defineRule({
  meta: {
    id: 'GL361',
    name: 'unpinned-notebook-install',
    title: 'Installation of what is newest or comes from elsewhere',
    kinds: ['notebook', 'script', 'container', 'workflow'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'atlas:AML.T0010.001',
    ],
    why: 'Whoever takes over a package, a branch or an index runs code in the notebook the next time somebody opens it, and results cannot be repeated.',
    how: 'Write the version that was used (`package==1.2.3`) or the commit (`git+https://…@<40 digits>`), and let one index decide.',
    messages: {
      unpinned: '`{package}` is installed in whatever version is newest on the day',
      unpinnedMany: '{count} lines install packages in whatever version is newest on the day, `{package}` first',
      git: '`{package}` is installed from the newest commit of a repository',
      gitMany: '{count} packages are installed from whatever a repository holds on the day, `{package}` first',
      branch: '`{package}` is installed from `{ref}` of a repository, which moves',
      plain: '`{package}` is installed over an unencrypted connection',
      index: '`{option}` lets `{host}` supply any package, also one that PyPI has under the same name',
      trusted: '`{option}` switches the check of the certificate off',
    },
    detections: ['NBK-02'],
    examples: [
      { path: 'explore.ipynb', bad: cells('!pip install -q pandas matplotlib\n') },
      { path: 'explore.ipynb', bad: cells('%pip install git+https://github.com/org/tool.git\n') },
      {
        path: 'explore.ipynb',
        bad: cells('%%bash\npip install --extra-index-url https://pypi.shop.dev/simple tool==1.2\n'),
      },
      { path: 'explore.ipynb', bad: cells('!pip install --trusted-host pypi.shop.dev tool==1.2\n') },
      { path: 'explore.ipynb', bad: cells('!pip install http://files.shop.dev/tool-1.2-py3-none-any.whl\n') },
      {
        title: 'versions, commits, files of the project',
        path: 'explore.ipynb',
        good: cells(
          '!pip install pandas==2.2.3 "torch==2.6.0" --index-url https://download.pytorch.org/whl/cu124\n!pip install -r requirements.txt -e .\n!pip install git+https://github.com/org/tool@0123456789abcdef0123456789abcdef01234567\n!pip install git+https://github.com/org/tool@v1.2.3 ./wheels/x.whl {package}\n!pip install --upgrade pip\n!pip list\n',
        ),
      },
    ],
  },
  *check(file) {
    if (!mentions(file, /\binstall\b/)) return;
    const unpinned: Problem[] = [];
    const moving: Problem[] = [];
    for (const command of file.commands) {
      const install = installOf(command);
      if (!install) continue;
      for (const option of install.options) yield* indexProblem(option);
      let first: Problem | undefined;
      for (const word of install.packages) {
        const problem = packageProblem(install, word);
        // Scripts and images often name versions elsewhere, and other linters ask for them.
        if (problem?.message === 'unpinned') first ??= file.started ? undefined : problem;
        else if (problem?.message === 'git' || problem?.message === 'branch')
          moving.push({ ...problem, severity: file.started ? 'info' : inContext('warning', file.path) });
        else if (problem) yield problem;
      }
      if (first) unpinned.push(first);
    }
    yield* grouped(unpinned, 'unpinnedMany');
    // Builds try the newest state of what they depend on on purpose.
    if (file.kind !== 'workflow') yield* grouped(moving, 'gitMany');
  },
});

function packageProblem({ manager }: Install, { text, span, fixed }: Word): Problem | undefined {
  const data = { package: text.length > 80 ? `${text.slice(0, 79)}…` : text };
  const git = /^(?:[\w.[\],-]+ ?@ ?)?git\+\w+:\/\//.exec(text);
  if (git) {
    const ref = /@([^@#/]+)(?:#.*)?$/.exec(text.slice(git[0].length).replace(/^[^/]*@/, ''))?.[1];
    if (!fixed && (ref === undefined || /[{$]/.test(ref))) return undefined;
    if (!ref) return { span, message: 'git', data };
    const isFixed = /^[0-9a-f]{7,40}$/.test(ref) || /^v?\d+(?:\.\d+)+/.test(ref) || /\d+\.\d+/.test(ref);
    return isFixed ? undefined : { span, message: 'branch', data: { ...data, ref } };
  }
  if (!fixed) return undefined;
  if (/^http:\/\//i.test(text)) {
    const host = hostOf(text);
    return host && !isLoopback(host) ? { span, message: 'plain', data } : undefined;
  }
  if (/^\w+:\/\/|^[./~\\]|^[A-Za-z]:\\|\/|\.(?:whl|zip|gz|conda|txt)$|@/.test(text)) return undefined;
  const [, name = '', version = ''] = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(.*)$/.exec(text) ?? [];
  if (!name || TOOLS.test(name)) return undefined;
  const pinned = manager === 'conda' ? /^=/.test(version) : /^={2,3}\s*[^*]+$/.test(version);
  return pinned ? undefined : { span, message: 'unpinned', data, severity: 'hint' };
}

function* indexProblem({ name, value, word }: Install['options'][number]): Iterable<Problem> {
  if (name === '--trusted-host') {
    if (value?.fixed && isLoopback(value.text.replace(/:\d+$/, ''))) return;
    yield { span: word.span, message: 'trusted', data: { option: `${name} ${value?.text ?? ''}`.trim() } };
    return;
  }
  if (!/^(?:--extra-index-url|--index-url|-i|--index|--default-index)$/.test(name) || !value) return;
  const host = hostOf(value.text);
  if (!host || isLoopback(host) || MAKERS.test(host)) return;
  // One index instead of PyPI decides alone; a second one beside it is what attackers use.
  if (/^http:/i.test(value.text)) yield { span: value.span, message: 'plain', data: { package: value.text } };
  else if (name === '--extra-index-url') yield { span: value.span, message: 'index', data: { option: name, host } };
}

function cells(...sources: string[]): string {
  const list = sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: list });
}
