import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anySource,
  apiTable,
  flowOf,
  readPython,
  SOURCES,
  type Sources,
} from '../../../server/src/languages/python/program.ts';

const SINK = apiTable([['lib.sink', true]]);

/** The label of what reaches `sink`; empty for nothing. */
function source(sources: Sources, text: string): string {
  const program = readPython(`from lib import sink\n${text}`);
  const node = program.callsTo(SINK)[0]?.call.arguments[0]?.value;
  assert.ok(node, text);
  return flowOf(program, node, sources)?.source ?? '';
}

const REPLIES: readonly (readonly [string, string])[] = [
  [
    'from openai import OpenAI\nr = OpenAI().chat.completions.create()\nsink(r.choices[0].message.content)',
    'an OpenAI model',
  ],
  ['from openai import OpenAI\nsink(OpenAI().responses.create().output_text)', 'an OpenAI model'],
  [
    'from openai import OpenAI\nc = OpenAI()\nfor m in c.beta.threads.messages.list(t):\n    sink(m.content[0].text.value)',
    'an OpenAI model',
  ],
  ['import openai\nsink(openai.ChatCompletion.create()["choices"][0]["message"]["content"])', 'an OpenAI model'],
  ['import openai\nsink(openai.Completion.create().choices[0].text)', 'an OpenAI model'],
  [
    'from openai import AsyncAzureOpenAI\nasync def f():\n    r = await AsyncAzureOpenAI().chat.completions.create()\n    sink(r)',
    'an OpenAI model',
  ],
  [
    'from openai import OpenAI\nc = OpenAI()\ns = ""\nfor e in c.responses.create(stream=True):\n    s += e.delta\nsink(s)',
    'an OpenAI model',
  ],
  [
    'from openai import OpenAI\nc = OpenAI()\nwith c.responses.stream() as s:\n    for e in s:\n        sink(e.delta)',
    'an OpenAI model',
  ],
  [
    'from azure.ai.inference import ChatCompletionsClient\nsink(ChatCompletionsClient(e).complete().choices[0])',
    'an Azure model',
  ],
  ['import anthropic\nsink(anthropic.Anthropic().messages.create().content[0].text)', 'an Anthropic model'],
  [
    'import anthropic\nwith anthropic.Anthropic().messages.stream() as s:\n    for t in s.text_stream:\n        sink(t)',
    'an Anthropic model',
  ],
  [
    'import google.generativeai as genai\nm = genai.GenerativeModel("x")\nsink(m.generate_content(p).text)',
    'a Google model',
  ],
  [
    'import google.generativeai as genai\nc = genai.GenerativeModel("x").start_chat()\nsink(c.send_message(p).text)',
    'a Google model',
  ],
  ['from google import genai\nsink(genai.Client().models.generate_content().text)', 'a Google model'],
  [
    'from google import genai\nc = genai.Client()\nasync def f():\n    async for x in await c.aio.models.generate_content_stream():\n        sink(x.text)',
    'a Google model',
  ],
  ['from mistralai import Mistral\nsink(Mistral().chat.complete().choices[0].message.content)', 'a Mistral model'],
  ['import cohere\nsink(cohere.ClientV2().chat().message.content[0].text)', 'a Cohere model'],
  [
    'import boto3, json\nc = boto3.client("bedrock-runtime")\nr = c.invoke_model(modelId=m)\nsink(json.loads(r["body"].read())["content"])',
    'an Amazon Bedrock model',
  ],
  [
    'import boto3\nsink(boto3.Session().client("bedrock-runtime").converse()["output"]["message"])',
    'an Amazon Bedrock model',
  ],
  ['import ollama\nsink(ollama.chat()["message"]["content"])', 'an Ollama model'],
  [
    'from ollama import AsyncClient\nasync def f():\n    sink((await AsyncClient().generate())["response"])',
    'an Ollama model',
  ],
  ['from litellm import completion\nsink(completion().choices[0].message.content)', 'a model called through LiteLLM'],
  [
    'from transformers import pipeline\np = pipeline("text-generation")\nsink(p("x")[0]["generated_text"])',
    'a transformers model',
  ],
  [
    'from transformers import AutoTokenizer\nt = AutoTokenizer.from_pretrained("x")\nsink(t.decode(out[0]))',
    'a transformers model',
  ],
  ['from vllm import LLM\nfor o in LLM("x").generate(p):\n    sink(o.outputs[0].text)', 'a vLLM model'],
  ['from llama_cpp import Llama\nllm = Llama(p)\nsink(llm("x")["choices"][0]["text"])', 'a llama.cpp model'],
  [
    'from huggingface_hub import InferenceClient\nsink(InferenceClient().chat_completion().choices[0])',
    'a model on the Hugging Face Hub',
  ],
  [
    'from huggingface_hub import AsyncInferenceClient\nasync def f():\n    sink(await AsyncInferenceClient().text_generation("x"))',
    'a model on the Hugging Face Hub',
  ],
  [
    'from langchain_openai import ChatOpenAI\nc = prompt | ChatOpenAI() | parser\nsink(c.invoke({}))',
    'a LangChain model',
  ],
  [
    'from langchain.chat_models import init_chat_model\nsink(init_chat_model("x").invoke("y").content)',
    'a LangChain model',
  ],
  [
    'from langgraph.prebuilt import create_react_agent\na = create_react_agent(m, t)\nsink(a.invoke({})["messages"][-1].content)',
    'a LangChain model',
  ],
  [
    'from llama_index.core import VectorStoreIndex\ne = VectorStoreIndex.from_documents(d).as_query_engine()\nsink(str(e.query("x")))',
    'a LlamaIndex engine',
  ],
  ['import dspy\nqa = dspy.ChainOfThought("q -> a")\nsink(qa(q="x").a)', 'a DSPy program'],
  [
    'import instructor\nfrom openai import OpenAI\nc = instructor.from_openai(OpenAI())\nsink(c.chat.completions.create().command)',
    'a model called through instructor',
  ],
  ['from groq import Groq\nsink(Groq().chat.completions.create().choices[0])', 'a Groq model'],
  ['from together import Together\nsink(Together().chat.completions.create().choices[0])', 'a model on Together AI'],
  ['import replicate\nsink("".join(replicate.run("m", input={})))', 'a model on Replicate'],
  ['from smolagents import CodeAgent\nsink(CodeAgent(tools=[]).run("x"))', 'an agent'],
  ['r = client.chat.completions.create()\nsink(r)', 'a model'],
  ['def f(self, assistant_reply: str):\n    sink(assistant_reply.strip())', 'a model'],
];
for (const [text, label] of REPLIES) {
  test(`knows the reply in ${JSON.stringify(text.slice(0, 70))}`, () =>
    assert.equal(source(SOURCES.modelReply, text), label));
}

const NO_REPLIES: readonly string[] = [
  'def f(reply, response, output, model, llm):\n    sink(reply + response + output + model + llm)',
  'def f():\n    llm_response = "x"\n    sink(llm_response)',
  'from openai import OpenAI\nr = OpenAI().chat.completions.create()\nsink(r.usage.total_tokens)',
  'from openai import OpenAI\nr = OpenAI().chat.completions.create()\nsink(r["usage"]["total_tokens"])',
  'from openai import OpenAI\nr = OpenAI().chat.completions.create()\nsink(r.choices[0].finish_reason)',
  'from openai import OpenAI\nsink(OpenAI().models.list())',
  'from openai import OpenAI\nsink(OpenAI().embeddings.create(input=x))',
  'from langchain_openai import ChatOpenAI\nsink(ChatOpenAI().model_name)',
  'import boto3\nsink(boto3.client("s3").get_object())',
  'from mine import OpenAI\nsink(OpenAI().responses.create().output_text)',
];
for (const text of NO_REPLIES) {
  test(`sees no reply in ${JSON.stringify(text.slice(-50))}`, () => assert.equal(source(SOURCES.modelReply, text), ''));
}

const OUTSIDE = anySource(SOURCES.upload, SOURCES.webRequest, SOURCES.widget, SOURCES.toolCall, SOURCES.commandLine);
const REQUESTS: readonly (readonly [string, string])[] = [
  ['from flask import request\nsink(request.json["x"])', 'a web request'],
  ['from flask import request\nsink(request.files["x"])', 'an upload'],
  ['import flask\napp = flask.Flask(__name__)\n@app.route("/<name>")\ndef f(name):\n    sink(name)', 'a web request'],
  ['from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\nasync def f(q: str):\n    sink(q)', 'a web request'],
  [
    'from fastapi import APIRouter\nrouter = APIRouter()\n@router.post("/")\nasync def f(body: Body):\n    sink(body.text)',
    'a web request',
  ],
  [
    'from fastapi import Request\nasync def f(request: Request):\n    sink((await request.json())["x"])',
    'a web request',
  ],
  ['from fastapi import UploadFile\nasync def f(file: UploadFile):\n    sink(await file.read())', 'an upload'],
  [
    'from fastapi import UploadFile, File\nfrom typing import Annotated\nasync def f(file: Annotated[UploadFile, File()]):\n    sink(file.filename)',
    'an upload',
  ],
  ['from django.http import JsonResponse\ndef view(request):\n    sink(request.POST["x"])', 'a web request'],
  [
    'from django.views import View\nclass V(View):\n    def get(self, request, name):\n        sink(name)',
    'a web request',
  ],
  [
    'import tornado.web\nclass H(tornado.web.RequestHandler):\n    def get(self):\n        sink(self.get_argument("x"))',
    'a web request',
  ],
  [
    'from aiohttp import web\nroutes = web.RouteTableDef()\n@routes.get("/")\nasync def f(request):\n    sink(await request.text())',
    'a web request',
  ],
  ['import streamlit as st\nsink(st.text_input("x"))', 'an input field'],
  ['import streamlit as st\nif q := st.chat_input():\n    sink(q)', 'an input field'],
  ['import streamlit as st\nsink(st.file_uploader("x"))', 'an upload'],
  ['import gradio as gr\ndef f(text):\n    sink(text)\ngr.Interface(fn=f, inputs="text")', 'an input field'],
  [
    'import gradio as gr\nasync def chat(message, history):\n    sink(message)\ngr.ChatInterface(chat)',
    'an input field',
  ],
  [
    'import gradio as gr\ndef f(text):\n    sink(text)\nwith gr.Blocks():\n    b = gr.Button()\n    b.click(f, [x], [y])',
    'an input field',
  ],
  [
    'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef f(command: str) -> str:\n    sink(command)',
    'a tool call',
  ],
  [
    'from fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool\nasync def f(path: str | None = None):\n    sink(path)',
    'a tool call',
  ],
  [
    'from mcp.server import Server\ns = Server("x")\n@s.call_tool()\nasync def f(name, arguments):\n    sink(arguments["q"])',
    'a tool call',
  ],
  ['from langchain_core.tools import tool\n@tool\ndef f(q: str): sink(q)', 'a tool call'],
  [
    'from langchain.tools import BaseTool\nclass T(BaseTool):\n    def _run(self, q: str):\n        sink(q)',
    'a tool call',
  ],
  ['from agents import function_tool\n@function_tool\ndef f(q: str): sink(q)', 'a tool call'],
  ['import click\n@click.command()\n@click.option("--x")\ndef f(x):\n    sink(x)', 'the command line'],
  ['import fire\ndef f(x):\n    sink(x)\nfire.Fire(f)', 'the command line'],
];
for (const [text, label] of REQUESTS) {
  test(`knows the source in ${JSON.stringify(text.slice(0, 70))}`, () => assert.equal(source(OUTSIDE, text), label));
}

const NO_REQUESTS: readonly string[] = [
  'def f(q: str):\n    sink(q)',
  '@mine.get("/")\ndef f(q: str):\n    sink(q)',
  'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\ndef f(n: int):\n    sink(n)',
  'from fastapi import FastAPI, Depends\napp = FastAPI()\n@app.get("/")\ndef f(db: Db = Depends(get_db)):\n    sink(db)',
  'from fastapi import FastAPI\nfrom enum import Enum\nclass E(str, Enum):\n    A = "a"\napp = FastAPI()\n@app.get("/")\ndef f(e: E):\n    sink(e)',
  'from fastapi import FastAPI\nfrom typing import Literal\napp = FastAPI()\n@app.get("/")\ndef f(e: Literal["a"]):\n    sink(e)',
  'import flask\napp = flask.Flask(__name__)\n@app.route("/<int:n>")\ndef f(n):\n    sink(n)',
  'import flask\napp = flask.Flask(__name__)\n@app.before_first_request\ndef f(n):\n    sink(n)',
  'from mcp.server.fastmcp import FastMCP, Context\nmcp = FastMCP("x")\n@mcp.tool()\ndef f(ctx: Context):\n    sink(ctx)',
  'import gradio as gr\ndef f(text):\n    sink(text)\ndef g(text): ...\ngr.Interface(fn=g)',
  'def view(request):\n    sink(request.POST["x"])',
  'class V:\n    def get(self, request):\n        sink(request)',
];
for (const text of NO_REQUESTS) {
  test(`sees no source in ${JSON.stringify(text.slice(-60))}`, () => assert.equal(source(OUTSIDE, text), ''));
}
