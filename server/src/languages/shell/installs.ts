import { type Command, tailOf, type Word } from './commands.ts';

/** What a package manager for Python is told to install. */
export interface Install {
  readonly manager: 'pip' | 'conda';
  /** Requirements, files and addresses, without those after `-r` and `-c`. */
  readonly packages: readonly Word[];
  /** Options with their values, as far as they have one. */
  readonly options: readonly { readonly name: string; readonly value: Word | undefined; readonly word: Word }[];
}

/** Options of `pip install`, `uv pip install` and `conda install` that take a value (their help texts). */
const VALUED = new Set(
  `-r --requirement --requirements -c --constraint --channel -i --index-url --default-index --index --extra-index-url
  -f --find-links -t --target --python -p --prefix --root --src --progress-bar --timeout --retries --proxy --cert
  --client-cert --cache-dir --log --no-binary --only-binary --platform --python-version --implementation --abi
  --upgrade-strategy --report --config-settings --global-option --trusted-host -n --name --file --index-strategy
  --torch-backend --upgrade-package --exclude-newer --link-mode --resolution --prerelease --overrides --keyring-provider`.split(
    /\s+/,
  ),
);

/** The installation that a command makes; undefined when it is another command. `-e` and its value count as a package. */
export function installOf({ program, words }: Command): Install | undefined {
  const texts = words.map(({ text }) => text);
  const isPython = program === 'python' && texts[1] === '-m' && texts[2] === 'pip';
  const manager = /^(?:conda|mamba|micromamba)$/.test(program) ? 'conda' : 'pip';
  const start = isPython
    ? 3
    : program === 'uv' && texts[1] === 'pip'
      ? 2
      : program === 'pip' || manager === 'conda'
        ? 1
        : -1;
  if (start === -1 || texts[start] !== 'install') return undefined;
  const packages: Word[] = [];
  const options: { name: string; value: Word | undefined; word: Word }[] = [];
  for (let index = start + 1; index < words.length; index++) {
    const word = words[index] as Word;
    const { text } = word;
    const equals = text.startsWith('--') ? text.indexOf('=') : -1;
    if (text === '-e' || text === '--editable') continue;
    if (equals !== -1) options.push({ name: text.slice(0, equals), value: tailOf(word, equals + 1), word });
    else if (VALUED.has(text)) options.push({ name: text, value: words[++index], word });
    else if (text.startsWith('-')) options.push({ name: text, value: undefined, word });
    else packages.push(word);
  }
  return { manager, packages, options };
}
