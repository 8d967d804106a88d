import { type ApiTable, apiTable, rows } from './apiTable.ts';

/** A function that makes something happen with a text it is given. */
export interface Sink {
  /** Position and name of the argument that matters. */
  readonly position: number;
  readonly parameter: string;
  readonly does: 'code' | 'shell' | 'command' | 'query' | 'address' | 'read' | 'write' | 'delete' | 'mail';
}

const sink = (does: Sink['does'], parameter: string, position = 0): Sink => ({ position, parameter, does });

/** Run the text. `command` takes a list of arguments too, or a shell line with `shell=True`. Sources: library references. */
const EXECUTION = [
  ...rows(sink('code', 'source'), 'exec eval builtins.exec builtins.eval'),
  ...rows(sink('code', 'command'), 'execfile'),
  ...rows(sink('code', 'expr'), 'pandas.eval sympy.sympify sympy.parsing.sympy_parser.parse_expr'),
  ...rows(sink('code', 'ex'), 'numexpr.evaluate'),
  ...rows(sink('code', 'name'), 'importlib.import_module __import__'),
  ...rows(
    sink('code', 'source'),
    `code.InteractiveInterpreter().runsource code.InteractiveInterpreter().runcode code.InteractiveConsole().push
    runpy.run_path`,
  ),
  ...rows(
    sink('code', 'command'),
    `langchain_experimental.utilities.PythonREPL().run langchain_experimental.utilities.python.PythonREPL().run
    langchain.utilities.PythonREPL().run langchain.python.PythonREPL().run`,
  ),
  ...rows(sink('code', 'raw_cell'), 'get_ipython().run_cell IPython.get_ipython().run_cell'),
  ...rows(sink('shell', 'command'), 'os.system os.popen commands.getoutput commands.getstatusoutput'),
  ...rows(sink('shell', 'cmd'), 'subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell'),
  ...rows(sink('shell', 'command'), 'pexpect.run pexpect.spawn paramiko.SSHClient().exec_command'),
  ...rows(
    sink('command', 'args'),
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ),
  ...rows(
    sink('command', 'program'),
    'asyncio.create_subprocess_exec os.execl os.execlp os.execv os.execvp os.execve os.execvpe',
  ),
] as const;

/** Rebuild any object from the data: the same as running it. */
const OBJECTS = [
  ...rows(sink('code', 'data'), 'pickle.loads dill.loads cloudpickle.loads marshal.loads'),
  ...rows(sink('code', 'string'), 'jsonpickle.decode jsonpickle.loads'),
  ...rows(sink('code', 'stream'), 'yaml.unsafe_load yaml.unsafe_load_all'),
] as const;

const QUERIES = [
  ...rows(sink('query', 'sql'), 'pandas.read_sql pandas.read_sql_query polars.read_database polars.read_database_uri'),
  ...rows(
    sink('query', 'query'),
    `duckdb.sql duckdb.query duckdb.execute duckdb.connect().sql duckdb.connect().query duckdb.connect().execute
    psycopg2.connect().cursor().execute sqlite3.connect().execute sqlite3.connect().cursor().execute
    sqlite3.connect().executescript sqlite3.connect().cursor().executescript psycopg.connect().execute
    psycopg.connect().cursor().execute pymysql.connect().cursor().execute mysql.connector.connect().cursor().execute
    snowflake.connector.connect().cursor().execute google.cloud.bigquery.Client().query
    neo4j.GraphDatabase.driver().session().run neo4j.GraphDatabase.driver().execute_query
    clickhouse_connect.get_client().query clickhouse_connect.get_client().command`,
  ),
  ...rows(sink('query', 'text'), 'sqlalchemy.text sqlalchemy.sql.text sqlalchemy.sql.expression.text'),
  ...rows(
    sink('query', 'command'),
    `langchain_community.utilities.SQLDatabase.from_uri().run
    langchain_community.utilities.sql_database.SQLDatabase.from_uri().run langchain.SQLDatabase.from_uri().run
    langchain.sql_database.SQLDatabase.from_uri().run langchain.utilities.SQLDatabase.from_uri().run`,
  ),
] as const;

const ADDRESSES = [
  ...rows(
    sink('address', 'url'),
    `requests.get requests.post requests.put requests.patch requests.delete requests.head requests.Session().get
    requests.Session().post httpx.get httpx.post httpx.put httpx.delete httpx.stream httpx.Client().get
    httpx.Client().post httpx.AsyncClient().get httpx.AsyncClient().post aiohttp.ClientSession().get
    aiohttp.ClientSession().post urllib.request.urlopen urllib.request.urlretrieve urllib3.PoolManager().urlopen`,
  ),
  ...rows(sink('address', 'url', 1), 'requests.request httpx.request urllib3.request urllib3.PoolManager().request'),
] as const;

const FILES = [
  ...rows(sink('read', 'file'), 'open io.open codecs.open'),
  ...rows(
    sink('write', 'self'),
    `pathlib.Path().write_text pathlib.Path().write_bytes pathlib.Path().unlink pathlib.Path().rmdir`,
  ),
  ...rows(sink('read', 'self'), 'pathlib.Path().read_text pathlib.Path().read_bytes pathlib.Path().open'),
  ...rows(sink('delete', 'path'), 'os.remove os.unlink os.rmdir os.removedirs shutil.rmtree'),
  ...rows(sink('write', 'dst', 1), 'shutil.copy shutil.copyfile shutil.copy2 shutil.move os.rename os.replace'),
  ...rows(
    sink('read', 'path_or_file'),
    'flask.send_file fastapi.responses.FileResponse starlette.responses.FileResponse',
  ),
] as const;

const MAIL = [...rows(sink('mail', 'to_addrs', 1), 'smtplib.SMTP().sendmail smtplib.SMTP_SSL().sendmail')] as const;

/** Where text from outside turns into action, by what happens. */
export const SINKS = {
  /** Runs it as a program or command. */
  execution: apiTable<Sink>([...EXECUTION, ...OBJECTS]),
  /** Asks a database, an address or a file for it; `open` only counts as harmful for what is written, see `does`. */
  query: apiTable<Sink>(QUERIES),
  address: apiTable<Sink>(ADDRESSES),
  file: apiTable<Sink>(FILES),
  mail: apiTable<Sink>(MAIL),
} as const satisfies Readonly<Record<string, ApiTable<Sink>>>;
