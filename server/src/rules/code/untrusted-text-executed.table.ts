import { type ApiTable, anySource, apiTable, type FlowQuery, SOURCES } from '../../languages/python/program.ts';

/** What a function makes of the text or path it is given. */
export interface Sink {
  readonly parameter: string;
  readonly position: number;
  readonly runs: 'code' | 'file' | 'module' | 'shell' | 'command' | 'expression';
}

const rows = (runs: Sink['runs'], parameter: string, names: string, position = 0): (readonly [string, Sink])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, { parameter, position, runs }] as const);

/** Where text becomes action. Sources: the library reference of Python; pandas, "Evaluating expressions". */
export const SINKS: ApiTable<Sink> = apiTable<Sink>([
  ...rows('code', 'source', 'exec eval builtins.exec builtins.eval execfile code.InteractiveInterpreter().runsource'),
  ...rows('file', 'path_name', 'runpy.run_path'),
  ...rows('file', 'location', 'importlib.util.spec_from_file_location', 1),
  ...rows('file', 'pathname', 'imp.load_source', 1),
  ...rows('file', 'path', 'importlib.machinery.SourceFileLoader', 1),
  ...rows('file', 'object', 'sys.path.append site.addsitedir'),
  ...rows('file', 'object', 'sys.path.insert', 1),
  ...rows('module', 'name', 'importlib.import_module __import__ runpy.run_module'),
  ...rows(
    'shell',
    'command',
    'os.system os.popen os.popen2 os.popen3 os.popen4 commands.getoutput commands.getstatusoutput',
  ),
  ...rows('shell', 'cmd', 'subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell'),
  ...rows('shell', 'cmd', 'popen2.popen2 popen2.popen3 popen2.popen4 popen2.Popen3 popen2.Popen4'),
  ...rows(
    'command',
    'args',
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ),
  ...rows('expression', 'expr', 'pandas.eval pandas.**.query pandas.**.eval'),
]);

/** Their result holds no text of the source that could still be run: numbers, truth values, literals, quoted words. */
export const STOPS: ReadonlySet<string> = new Set(
  `int float bool len hash id ord isinstance ast.literal_eval shlex.quote pipes.quote re.escape hashlib.sha256 hashlib.md5
  sum uuid.uuid4 shutil.which`.split(/\s+/),
);

/** Opening and joining keep to the file or address they are given. */
const PASSES: ReadonlySet<string> = new Set(
  `open io.open io.BytesIO io.StringIO pathlib.Path os.path.join os.path.abspath os.path.expanduser os.path.dirname
  importlib.resources.read_text gzip.open`.split(/\s+/),
);

/** Where the text may come from. An address in a command is a part of it and no source. */
export const ORIGINS: FlowQuery<string> = {
  ...anySource(
    SOURCES.webRequest,
    SOURCES.upload,
    SOURCES.widget,
    SOURCES.modelHub,
    SOURCES.socket,
    SOURCES.download,
    SOURCES.commandLine,
    SOURCES.environment,
  ),
  passes: PASSES,
  stops: STOPS,
};
