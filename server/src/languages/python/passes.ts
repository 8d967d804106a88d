/** Functions that hand on the text they are given, in part or in another form (Python library reference; the libraries' own). */
export const REARRANGES: ReadonlySet<string> = new Set(
  `str repr bytes bytearray list tuple set frozenset dict sorted reversed iter next zip enumerate filter map max min
  memoryview anext aiter vars format ascii str.join str.format str.strip str.replace
  re.sub re.subn re.findall re.finditer re.search re.match re.fullmatch re.split re.compile().search re.compile().match
  re.compile().findall re.compile().finditer re.compile().sub re.compile().fullmatch re.compile().split
  regex.sub regex.findall regex.finditer regex.search regex.match regex.fullmatch regex.split
  json.loads json.dumps json.load json.JSONDecoder().decode json.JSONDecoder().raw_decode orjson.loads ujson.loads
  simplejson.loads json5.loads demjson3.decode json_repair.loads json_repair.repair_json yaml.safe_load yaml.load
  toml.loads tomllib.loads xmltodict.parse
  textwrap.dedent textwrap.indent textwrap.fill inspect.cleandoc html.unescape urllib.parse.unquote
  urllib.parse.unquote_plus codecs.decode codecs.encode copy.copy copy.deepcopy unicodedata.normalize
  string.Template().substitute string.Template().safe_substitute string.Template jinja2.Template jinja2.Template().render
  base64.b64decode base64.b64encode base64.urlsafe_b64decode base64.decodebytes zlib.decompress binascii.unhexlify
  bytes.fromhex io.StringIO io.BytesIO
  shlex.split shlex.join itertools.chain itertools.chain.from_iterable itertools.islice collections.deque
  collections.defaultdict collections.OrderedDict functools.reduce operator.add
  typing.cast asyncio.run asyncio.wait_for asyncio.gather asyncio.create_task asyncio.ensure_future asyncio.shield
  asyncio.get_event_loop().run_until_complete
  ast.parse ast.unparse compile black.format_str autopep8.fix_code`.split(/\s+/),
);

/** Functions that take the name of a file and give what is in it. */
export const OPENS: ReadonlySet<string> = new Set(
  `open io.open codecs.open gzip.open bz2.open lzma.open zipfile.ZipFile tarfile.open smart_open.open fsspec.open h5py.File
  numpy.load os.fdopen`.split(/\s+/),
);

/** Methods that do the same for a path. */
export const READS_PATH = /^(?:read_text|read_bytes|open)$/;

/** Methods of a text that put their arguments into the result. */
export const BUILDS: ReadonlySet<string> = new Set(['format', 'join', 'replace', 'format_map']);

/** Methods whose result says something about the text but does not contain it. */
export const MEASURES: ReadonlySet<string> = new Set(
  `startswith endswith find rfind index rindex count isdigit isalpha isalnum isnumeric isdecimal isidentifier isspace
  islower isupper istitle isascii exists is_file is_dir issubset issuperset isdisjoint __len__ __contains__ tell
  bit_length`.split(/\s+/),
);

/** Functions that take a function and its arguments and hand on what it returns; by the position of the function. */
export const CALLS_FOR_YOU: Readonly<Record<string, number>> = {
  'asyncio.to_thread': 0,
  'anyio.to_thread.run_sync': 0,
  'asyncio.get_event_loop().run_in_executor': 1,
  'asyncio.get_running_loop().run_in_executor': 1,
  'concurrent.futures.ThreadPoolExecutor().submit': 0,
  'concurrent.futures.ProcessPoolExecutor().submit': 0,
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/**
 * What takes the danger out of a text, by what the text is then used for: names of functions for `FlowQuery.stops`. Results
 * that hold no text at all (`value`) are safe for every use.
 */
export const SANITISERS = {
  value: words(
    `int float bool complex len hash id ord isinstance issubclass sum any all callable round ast.literal_eval
    hashlib.sha256 hashlib.sha1 hashlib.md5 hashlib.blake2b hmac.new uuid.UUID uuid.uuid4 decimal.Decimal
    datetime.datetime.fromisoformat datetime.datetime.strptime datetime.date.fromisoformat ipaddress.ip_address
    ipaddress.ip_network time.time`,
  ),
  shell: words('shlex.quote pipes.quote shlex.join'),
  html: words(
    `html.escape markupsafe.escape flask.escape bleach.clean nh3.clean cgi.escape xml.sax.saxutils.escape
    django.utils.html.escape django.utils.html.strip_tags lxml.html.clean.clean_html werkzeug.utils.escape`,
  ),
  path: words('os.path.basename werkzeug.utils.secure_filename pathvalidate.sanitize_filename'),
  url: words('urllib.parse.quote urllib.parse.quote_plus urllib.parse.urlencode'),
  pattern: words('re.escape regex.escape'),
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>;
