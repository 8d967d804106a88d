import { type ApiTable, apiTable, joinTables, rows } from './apiTable.ts';
import type { FlowQuery } from './flow.ts';
import { MODEL_REPLIES, replyByShape } from './modelReplies.ts';

/**
 * Where untrusted data enters a program, as the part of a `FlowQuery` that finds it. The label that comes out completes the
 * sentence "the data comes from …" (of `modelReply`: "the reply of …").
 */
export type Sources = Pick<FlowQuery<string>, 'sources' | 'shape'>;

const table = (...groups: readonly (readonly [string, string])[]): ApiTable<string> =>
  apiTable(groups.flatMap(([label, names]) => rows(label, names)));

/**
 * The sources by subject. For one: `flowOf(python, node, SOURCES.modelReply)`; for several: make the query once with
 * `anySource(SOURCES.webRequest, SOURCES.upload)` and keep it in a constant. `sources.librariesOccurIn(text)` tells early
 * that a file has none. Facts: the references of the libraries named.
 */
export const SOURCES = {
  /** What a model wrote. */
  modelReply: { sources: MODEL_REPLIES, shape: replyByShape },

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
    sources: table(['a socket', 'socket.** zmq.** multiprocessing.connection.** websocket.** websockets.**']),
  },

  commandLine: {
    sources: table([
      'the command line',
      `sys.argv input raw_input argparse.ArgumentParser().parse_args argparse.ArgumentParser().parse_known_args
      absl.flags.FLAGS optparse.OptionParser().parse_args getopt.getopt tyro.cli docopt.docopt click.prompt
      typer.prompt`,
    ]),
  },

  environment: { sources: table(['the environment', 'os.environ os.environb os.getenv']) },
} as const satisfies Readonly<Record<string, Sources>>;

/** Several subjects as one. Keep the result: what a file has shown is remembered by query. */
export function anySource(...groups: readonly Sources[]): Sources {
  return {
    sources: joinTables(groups.map(({ sources }) => sources)),
    shape(program, node) {
      for (const { shape } of groups) {
        const found = shape?.(program, node);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
