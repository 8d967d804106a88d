import type { SyntaxNode } from '@lezer/common';
import { type ApiTable, apiTable, type PythonProgram } from '../../languages/python/program.ts';

const rows = <Row>(row: Row, names: string): (readonly [string, Row])[] =>
  names.split(/\s+/).map((name) => [name, row] as const);

/**
 * Calls whose result is written by a model, by SDK; the label completes "the reply of …". Sources: the SDKs' references.
 * Models and chains of LangChain count from their construction on, because `prompt | model | parser` hides the call.
 */
export const REPLIES: ApiTable<string> = apiTable<string>([
  ...rows(
    'an OpenAI model',
    `openai.**.chat.completions.create openai.chat.completions.create openai.**.chat.completions.parse
    openai.**.beta.chat.completions.parse openai.**.chat.completions.stream openai.**.completions.create
    openai.completions.create openai.**.responses.create openai.responses.create openai.**.responses.parse
    openai.**.responses.stream openai.ChatCompletion.create openai.ChatCompletion.acreate openai.Completion.create
    openai.Completion.acreate openai.**.beta.threads.messages.list`,
  ),
  ...rows(
    'an Anthropic model',
    `anthropic.**.messages.create anthropic.**.messages.stream anthropic.**.completions.create
    anthropic.**.beta.messages.create`,
  ),
  ...rows(
    'a Google model',
    `google.genai.**.models.generate_content google.genai.**.models.generate_content_stream
    google.genai.**.chats.create().send_message google.genai.**.send_message google.generativeai.**.generate_content
    google.generativeai.**.generate_content_async google.generativeai.**.send_message google.generativeai.generate_text
    google.generativeai.chat vertexai.**.generate_content vertexai.**.send_message vertexai.**.predict`,
  ),
  ...rows(
    'a Mistral model',
    `mistralai.**.chat.complete mistralai.**.chat.stream mistralai.**.chat.complete_async mistralai.**.chat
    mistralai.**.agents.complete mistralai.**.fim.complete`,
  ),
  ...rows('a Cohere model', 'cohere.**.chat cohere.**.generate cohere.**.chat_stream cohere.**.v2.chat'),
  ...rows(
    'a Groq model',
    'groq.**.chat.completions.create together.**.chat.completions.create together.**.completions.create',
  ),
  ...rows('an Amazon Bedrock model', 'boto3.**.invoke_model boto3.**.converse boto3.**.converse_stream'),
  ...rows(
    'an Ollama model',
    'ollama.chat ollama.generate ollama.Client().chat ollama.Client().generate ollama.AsyncClient().chat ollama.AsyncClient().generate',
  ),
  ...rows(
    'a model called through LiteLLM',
    'litellm.completion litellm.acompletion litellm.text_completion litellm.responses litellm.Router().completion litellm.Router().acompletion',
  ),
  ...rows(
    'a transformers model',
    `transformers.pipeline() transformers.**.generate transformers.**.decode transformers.**.batch_decode
    transformers.**.chat`,
  ),
  ...rows('a model on Snowflake Cortex', 'snowflake.cortex.complete snowflake.cortex.Complete'),
  ...rows('a vLLM model', 'vllm.LLM().generate vllm.LLM().chat'),
  ...rows(
    'a llama.cpp model',
    'llama_cpp.Llama() llama_cpp.Llama().create_chat_completion llama_cpp.Llama().create_completion',
  ),
  ...rows(
    'a model on the Hugging Face Hub',
    `huggingface_hub.InferenceClient().text_generation huggingface_hub.InferenceClient().chat_completion
    huggingface_hub.InferenceClient().chat.completions.create huggingface_hub.InferenceApi()`,
  ),
  ...rows(
    'a LangChain model',
    `langchain_openai.ChatOpenAI langchain_openai.OpenAI langchain_openai.AzureChatOpenAI langchain_openai.AzureOpenAI
    langchain_anthropic.ChatAnthropic langchain_anthropic.AnthropicLLM langchain_google_genai.ChatGoogleGenerativeAI
    langchain_google_genai.GoogleGenerativeAI langchain_google_vertexai.ChatVertexAI langchain_google_vertexai.VertexAI
    langchain_mistralai.ChatMistralAI langchain_cohere.ChatCohere langchain_groq.ChatGroq langchain_ollama.ChatOllama
    langchain_ollama.OllamaLLM langchain_aws.ChatBedrock langchain_aws.ChatBedrockConverse
    langchain_huggingface.HuggingFacePipeline.from_model_id langchain_huggingface.ChatHuggingFace
    langchain_huggingface.HuggingFaceEndpoint langchain.chat_models.init_chat_model langchain.chat_models.ChatOpenAI
    langchain.chat_models.** langchain.llms.** langchain_community.chat_models.** langchain_community.llms.**
    langchain.OpenAI langchain.LLMChain langchain.chains.LLMChain langchain.chains.ConversationChain
    langchain.agents.initialize_agent langchain.agents.AgentExecutor langchain.agents.create_agent
    langgraph.prebuilt.create_react_agent`,
  ),
  ...rows(
    'a LlamaIndex engine',
    `llama_index.**.query llama_index.**.aquery llama_index.**.chat llama_index.**.achat llama_index.**.complete
    llama_index.**.acomplete llama_index.**.predict`,
  ),
]);

/** A word without which no reply can be known by its shape. */
export const SHAPED_REPLY = /completions|ChatCompletion|choices/;

/**
 * A reply whose client is not known here but whose form leaves no doubt: `x.chat.completions.create(...)` and
 * `x.choices[0].message.content`.
 */
export function replyByShape(program: PythonProgram, node: SyntaxNode): string | undefined {
  if (node.name === 'CallExpression' && node.firstChild?.name === 'MemberExpression') {
    const callee = node.firstChild;
    const tail = program.text.slice(Math.max(callee.from, callee.to - 60), callee.to).replace(/\s+/g, '');
    if (/\.(?:chat\.completions|ChatCompletion)\.(?:create|acreate|parse)$/.test(tail)) return 'a model';
  }
  if (node.name === 'MemberExpression') {
    const tail = program.text.slice(Math.max(node.from, node.to - 60), node.to).replace(/\s+/g, '');
    const chat = /\.choices\[\w+\]\.(?:message|delta)\.(?:content|tool_calls|function_call)$/;
    if (chat.test(tail) || /\[["']choices["']\]\[\w+\]\[["']message["']\]\[["']content["']\]$/.test(tail))
      return 'a model';
  }
  return undefined;
}

/** Where text becomes action. */
export interface Sink {
  /** Position and name of the argument that is run. */
  readonly position: number;
  readonly parameter: string;
  readonly runs: 'code' | 'shell' | 'command';
}

const code = (parameter: string, position = 0): Sink => ({ position, parameter, runs: 'code' });
const shell = (parameter: string): Sink => ({ position: 0, parameter, runs: 'shell' });
const command = (parameter: string, position = 0): Sink => ({ position, parameter, runs: 'command' });

/** Functions that run the text they are given. `command` takes a list of arguments too, or a shell line with `shell=True`. */
export const SINKS: ApiTable<Sink> = apiTable<Sink>([
  ...rows(code('source'), 'exec eval builtins.exec builtins.eval'),
  ...rows(code('command'), 'execfile pandas.eval'),
  ...rows(code('name'), 'importlib.import_module __import__'),
  ...rows(
    code('source'),
    `code.InteractiveInterpreter().runsource code.InteractiveInterpreter().runcode code.InteractiveConsole().push
    runpy.run_path`,
  ),
  ...rows(
    code('command'),
    `langchain_experimental.utilities.PythonREPL().run langchain_experimental.utilities.python.PythonREPL().run
    langchain.utilities.PythonREPL().run langchain.python.PythonREPL().run`,
  ),
  ...rows(code('raw_cell'), 'get_ipython().run_cell IPython.get_ipython().run_cell'),
  ...rows(shell('command'), 'os.system os.popen commands.getoutput commands.getstatusoutput'),
  ...rows(shell('cmd'), 'subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell'),
  ...rows(shell('command'), 'pexpect.run pexpect.spawn paramiko.SSHClient().exec_command'),
  ...rows(
    command('args'),
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ),
  ...rows(
    command('program'),
    'asyncio.create_subprocess_exec os.execl os.execlp os.execv os.execvp os.execve os.execvpe',
  ),
]);
