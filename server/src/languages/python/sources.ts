import type { SyntaxNode } from '@lezer/common';
import { type ApiTable, apiTable, joinTables, rows } from './apiTable.ts';
import type { FlowQuery } from './flow.ts';
import { type HandlerCall, type Handlers, handlerParameter } from './handlers.ts';
import { ABOUT_REPLIES, MODEL_REPLIES, replyByName, replyByShape } from './modelReplies.ts';
import { isLimitedOption } from './options.ts';
import type { PythonProgram } from './program.ts';

/**
 * Where untrusted data enters a program, as the part of a `FlowQuery` that finds it. The label that comes out completes the
 * sentence "the data comes from …" (of `modelReply`: "the reply of …").
 */
export type Sources = Pick<FlowQuery<string>, 'sources' | 'shape' | 'parameter' | 'ignores' | 'limited' | 'opened'>;

const table = (...groups: readonly (readonly [string, string])[]): ApiTable<string> =>
  apiTable(groups.flatMap(([label, names]) => rows(label, names)));

/** Sources that are parameters of functions which a library calls. */
const calledBack = (handlers: Handlers): Pick<Sources, 'parameter'> => ({
  parameter: (program, binding) => handlerParameter(program, binding, handlers),
});

const methods = (objects: string, names: string): string =>
  objects
    .split(/\s+/)
    .flatMap((object) => names.split(/\s+/).map((name) => `${object}.${name}`))
    .join(' ');

const calls = (label: string, parameter: string, names: string): ApiTable<HandlerCall> =>
  apiTable(rows({ label, parameter, position: 0 }, names));

const ROUTES = 'get post put patch delete options head route api_route websocket';

/**
 * The sources by subject. For one: `flowOf(python, node, SOURCES.modelReply)`; for several: make the query once with
 * `anySource(SOURCES.webRequest, SOURCES.upload)` and keep it in a constant. `mayUse(python, sources)` tells early
 * that a file has none. Facts: the references of the libraries named.
 */
export const SOURCES = {
  /** What a model wrote. */
  modelReply: { sources: MODEL_REPLIES, shape: replyByShape, parameter: replyByName, ignores: ABOUT_REPLIES },

  /** What a browser or another program sent to a server of this file. */
  webRequest: {
    sources: table(
      [
        'a web request',
        `flask.request flask.request.** quart.request quart.request.** fastapi.Request() starlette.requests.Request()
        starlette.requests.HTTPConnection() django.http.HttpRequest() rest_framework.request.Request() bottle.request
        bottle.request.** cherrypy.request cherrypy.request.** sanic.Request() sanic.request.Request()
        aiohttp.web.Request() falcon.Request() litestar.Request() azure.functions.HttpRequest() werkzeug.Request()
        tornado.web.RequestHandler().get_argument tornado.web.RequestHandler().get_arguments
        tornado.web.RequestHandler().get_query_argument tornado.web.RequestHandler().get_body_argument
        tornado.web.RequestHandler().request tornado.web.RequestHandler().get_cookie streamlit.query_params
        streamlit.experimental_get_query_params`,
      ],
      ['a web socket', 'fastapi.WebSocket() starlette.websockets.WebSocket() websocket.** websockets.**'],
      ['a chat message', 'discord.Message() telegram.Update() chainlit.Message() aiogram.types.Message()'],
    ),
    shape: requestByShape,
    ...calledBack({
      decorators: table(
        [
          'a web request',
          `${methods('fastapi.FastAPI() fastapi.APIRouter() flask.Flask() flask.Blueprint() quart.Quart() quart.Blueprint() sanic.Sanic() bottle.Bottle() ninja.NinjaAPI() ninja.Router() aiohttp.web.RouteTableDef() chalice.Chalice() litestar.Router()', ROUTES)}
          ${methods('bottle litestar', 'get post put patch delete route')} functions_framework.http modal.web_endpoint
          modal.fastapi_endpoint bentoml.api rest_framework.decorators.api_view`,
        ],
        [
          'a chat message',
          'chainlit.on_message slack_bolt.App().message slack_bolt.App().command slack_bolt.App().event',
        ],
      ),
      methods: table([
        'a web request',
        methods(
          'django.views.View django.views.generic.View rest_framework.views.APIView flask.views.MethodView flask_restful.Resource tornado.web.RequestHandler',
          'get post put patch delete dispatch',
        ),
      ]),
    }),
  },

  /** What a model, or whatever speaks the Model Context Protocol, passes to a function offered as tool. */
  toolCall: {
    sources: table(['a tool call', 'mcp.types.CallToolRequest() mcp.types.CallToolRequestParams()']),
    ...calledBack({
      decorators: table([
        'a tool call',
        `${methods('mcp.server.fastmcp.FastMCP() fastmcp.FastMCP()', 'tool resource prompt')} mcp.server.Server().call_tool
        mcp.server.Server().get_prompt mcp.server.Server().read_resource langchain.tools.tool langchain_core.tools.tool
        langchain_community.tools.tool langchain.agents.tool smolagents.tool agents.function_tool crewai.tools.tool
        crewai_tools.tool pydantic_ai.Agent().tool pydantic_ai.Agent().tool_plain
        semantic_kernel.functions.kernel_function strands.tool agno.tools.tool haystack.tools.tool
        agent_framework.ai_function qwen_agent.tools.base.register_tool claude_agent_sdk.tool`,
      ]),
      methods: table([
        'a tool call',
        `${methods('langchain.tools.BaseTool langchain_core.tools.BaseTool langchain_community.tools.BaseTool crewai.tools.BaseTool crewai_tools.BaseTool', '_run _arun')} smolagents.Tool.forward smolagents.tools.Tool.forward`,
      ]),
      calls: calls(
        'a tool call',
        'func',
        `langchain_core.tools.StructuredTool.from_function langchain.tools.StructuredTool.from_function
        langchain_core.tools.tool langchain.tools.tool agents.function_tool`,
      ),
    }),
  },

  /** Files that users hand in. */
  upload: {
    sources: table([
      'an upload',
      `fastapi.UploadFile() starlette.datastructures.UploadFile() streamlit.file_uploader
      streamlit.sidebar.file_uploader streamlit.camera_input streamlit.audio_input flask.request.files
      flask.request.files.** quart.request.files werkzeug.datastructures.FileStorage() chainlit.AskFileMessage()
      google.colab.files.upload`,
    ]),
  },

  /** What a user types into a page made with a widget library. */
  widget: {
    sources: table([
      'an input field',
      `streamlit.text_input streamlit.text_area streamlit.chat_input streamlit.sidebar.text_input
      streamlit.sidebar.text_area chainlit.AskUserMessage()
      ipywidgets.Text().value ipywidgets.Textarea().value`,
    ]),
    ...calledBack({
      calls: calls(
        'an input field',
        'fn',
        `gradio.Interface gradio.ChatInterface ${methods('gradio.**', 'click submit change input upload select then')}`,
      ),
    }),
  },

  /** What other machines send, unchecked: addresses, buckets, data sets. */
  download: {
    sources: table([
      'a download',
      `requests.** httpx.** aiohttp.** urllib3.** urllib.request.urlopen urllib.request.urlretrieve urllib2.urlopen
      urllib.urlopen urllib.urlretrieve wget.download gdown.download gdown.cached_download gdown.download_folder boto3.**
      botocore.** google.cloud.storage.** azure.storage.blob.** s3fs.** gcsfs.** kagglehub.** pooch.retrieve
      torch.hub.download_url_to_file keras.utils.get_file torchvision.datasets.utils.download_url
      torchvision.datasets.utils.download_and_extract_archive ftplib.** paramiko.**
      mlflow.artifacts.download_artifacts wandb.**.download wandb.restore modelscope.snapshot_download
      modelscope.hub.snapshot_download.snapshot_download scrapy.** playwright.**`,
    ]),
  },

  /** Files of a model hub, to which anybody may upload. */
  modelHub: {
    sources: table([
      'a model hub',
      `huggingface_hub.hf_hub_download huggingface_hub.snapshot_download huggingface_hub.cached_download
      huggingface_hub.HfApi().hf_hub_download huggingface_hub.HfApi().snapshot_download huggingface_hub.file_download.**
      huggingface_hub.HfFileSystem() transformers.utils.hub.cached_file transformers.utils.cached_file`,
    ]),
  },

  socket: {
    sources: table([
      'a socket',
      'socket.socket socket.socket().** socket.create_connection socket.create_connection().** socket.socketpair zmq.** multiprocessing.connection.** websocket.** websockets.**',
    ]),
  },

  commandLine: {
    limited: isLimitedOption,
    opened: fileNamedBy,
    sources: table([
      'the command line',
      `sys.argv input raw_input argparse.ArgumentParser().parse_args argparse.ArgumentParser().parse_known_args
      absl.flags.FLAGS optparse.OptionParser().parse_args getopt.getopt tyro.cli docopt.docopt click.prompt
      typer.prompt`,
    ]),
    ...calledBack({
      decorators: table([
        'the command line',
        `click.command click.option click.argument click.group().command typer.Typer().command invoke.task
        hydra.main`,
      ]),
      calls: calls('the command line', 'component', 'fire.Fire typer.run'),
    }),
  },

  environment: { opened: fileNamedBy, sources: table(['the environment', 'os.environ os.environb os.getenv']) },
} as const satisfies Readonly<Record<string, Sources>>;

/** What whoever starts the program says or names. */
const STARTERS = ['the command line', 'the environment'];

/** Whether a source is the choice of whoever starts the program. */
export function isStarter(source: string): boolean {
  return STARTERS.some((each) => source === each || source === fileNamedBy(each));
}

/** The label of a source once the file that it names has been opened. */
export function fileNamedBy(source: string): string {
  return STARTERS.includes(source) ? `a file that ${source} names` : source;
}

/** The label of a source of paths: of a file whoever starts the program only says where it is. */
export function pathNamedBy(source: string): string {
  const starter = STARTERS.find((each) => source === each || source === fileNamedBy(each));
  return starter ? `a path that ${starter} names` : source;
}

/** Several subjects as one. Keep the result: what a file has shown is remembered by query. */
export function anySource(...groups: readonly Sources[]): Sources {
  return {
    sources: joinTables(groups.map(({ sources }) => sources)),
    shape: (program, node) => firstKnown(groups, ({ shape }) => shape?.(program, node)),
    parameter: (program, binding) => firstKnown(groups, ({ parameter }) => parameter?.(program, binding)),
    ignores: new Set(groups.flatMap(({ ignores }) => [...(ignores ?? [])])),
    limited: (...asked) => groups.some(({ limited }) => limited?.(...asked)),
    opened: fileNamedBy,
  };
}

function firstKnown<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `request.POST` and its like in a file of Django's, whose views rarely say what type a request is. */
function requestByShape(program: PythonProgram, node: SyntaxNode): string | undefined {
  if (node.name !== 'MemberExpression') return undefined;
  const written = program.text.slice(Math.max(node.from, node.to - 40), node.to);
  if (!/^(?:self\.)?request\.(?:GET|POST|FILES|COOKIES|META|body|data|query_params|headers)$/.test(written))
    return undefined;
  return /\b(?:django|rest_framework)\b/.test(program.text) ? 'a web request' : undefined;
}
