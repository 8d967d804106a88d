import type { SyntaxNode } from '@lezer/common';
import { type ApiTable, apiTable, rows } from './apiTable.ts';
import { mayUse } from './near.ts';
import type { PythonProgram } from './program.ts';

/**
 * Calls whose result is written by a model, by SDK; the label completes "the reply of …". Sources: the SDKs' references.
 * Models and chains of LangChain count from their construction on, because `prompt | model | parser` hides the call.
 */
export const MODEL_REPLIES: ApiTable<string> = apiTable<string>([
  ...rows(
    'an OpenAI model',
    `openai.**.chat.completions.create openai.chat.completions.create openai.**.chat.completions.parse
    openai.**.beta.chat.completions.parse openai.**.chat.completions.stream openai.**.completions.create
    openai.completions.create openai.**.responses.create openai.responses.create openai.**.responses.parse
    openai.**.responses.stream openai.**.responses.retrieve openai.ChatCompletion.create openai.ChatCompletion.acreate
    openai.Completion.create openai.Completion.acreate openai.**.beta.threads.messages.list
    openai.beta.threads.messages.list openai.**.beta.threads.messages.retrieve openai.**.beta.threads.runs.stream`,
  ),
  ...rows('an Azure model', 'azure.ai.inference.**.complete'),
  ...rows(
    'an Anthropic model',
    `anthropic.**.messages.create anthropic.**.messages.stream anthropic.**.messages.parse
    anthropic.**.messages.tool_runner anthropic.**.completions.create anthropic.**.beta.messages.create
    claude_agent_sdk.query claude_code_sdk.query claude_agent_sdk.ClaudeSDKClient().receive_response
    claude_agent_sdk.ClaudeSDKClient().receive_messages`,
  ),
  ...rows(
    'a Google model',
    `google.genai.**.models.generate_content google.genai.**.models.generate_content_stream
    google.genai.**.chats.create().send_message google.genai.**.send_message google.genai.**.send_message_stream
    google.genai.**.interactions.create google.generativeai.**.generate_content
    google.generativeai.**.generate_content_async google.generativeai.**.send_message
    google.generativeai.**.send_message_async google.generativeai.generate_text google.generativeai.chat
    vertexai.**.generate_content vertexai.**.generate_content_async vertexai.**.send_message vertexai.**.predict
    vertexai.**.predict_streaming`,
  ),
  ...rows(
    'a Mistral model',
    `mistralai.**.chat.complete mistralai.**.chat.stream mistralai.**.chat.complete_async mistralai.**.chat.stream_async
    mistralai.**.chat.parse mistralai.**.chat mistralai.**.chat_stream mistralai.**.agents.complete
    mistralai.**.fim.complete mistralai.**.beta.conversations.start`,
  ),
  ...rows('a Cohere model', 'cohere.**.chat cohere.**.generate cohere.**.chat_stream cohere.**.v2.chat'),
  ...rows('a Groq model', 'groq.**.chat.completions.create'),
  ...rows(
    'a model on Together AI',
    `together.**.chat.completions.create together.**.completions.create together.Complete.create
    together.ChatCompletion.create`,
  ),
  ...rows(
    'a model on Replicate',
    'replicate.run replicate.async_run replicate.stream replicate.**.run replicate.**.stream',
  ),
  ...rows(
    'a hosted model',
    `cerebras.cloud.sdk.**.chat.completions.create fireworks.client.**.create zhipuai.**.chat.completions.create
    dashscope.Generation.call dashscope.MultiModalConversation.call g4f.ChatCompletion.create
    g4f.client.**.chat.completions.create aisuite.**.chat.completions.create ai21.**.chat.completions.create
    xai_sdk.**.chat.create().sample xai_sdk.**.chat.create().stream portkey_ai.**.chat.completions.create`,
  ),
  ...rows(
    'an Amazon Bedrock model',
    `boto3.**.invoke_model boto3.**.invoke_model_with_response_stream boto3.**.converse boto3.**.converse_stream
    boto3.**.invoke_agent boto3.**.retrieve_and_generate`,
  ),
  ...rows('a model on SageMaker', 'boto3.**.invoke_endpoint boto3.**.invoke_endpoint_with_response_stream'),
  ...rows('an Ollama model', 'ollama.chat ollama.generate ollama.**.chat ollama.**.generate'),
  ...rows(
    'a model called through LiteLLM',
    `litellm.completion litellm.acompletion litellm.text_completion litellm.atext_completion litellm.batch_completion
    litellm.completion_with_retries litellm.responses litellm.aresponses litellm.Router().completion
    litellm.Router().acompletion litellm.Router().text_completion`,
  ),
  ...rows(
    'a transformers model',
    `transformers.pipeline() transformers.**.generate transformers.**.decode transformers.**.batch_decode
    transformers.**.chat`,
  ),
  ...rows('a model on Snowflake Cortex', 'snowflake.cortex.complete snowflake.cortex.Complete'),
  ...rows(
    'a vLLM model',
    'vllm.LLM().generate vllm.LLM().chat vllm.LLM().beam_search vllm.AsyncLLMEngine.from_engine_args().generate',
  ),
  ...rows('an SGLang model', 'sglang.Engine().generate sglang.Engine().async_generate'),
  ...rows(
    'a llama.cpp model',
    `llama_cpp.Llama() llama_cpp.Llama().create_chat_completion llama_cpp.Llama().create_completion
    llama_cpp.Llama.from_pretrained() llama_cpp.Llama.from_pretrained().create_chat_completion
    llama_cpp.Llama.from_pretrained().create_completion`,
  ),
  ...rows(
    'a local model',
    `gpt4all.GPT4All().generate ctransformers.AutoModelForCausalLM.from_pretrained() mlx_lm.generate
    mlx_lm.stream_generate`,
  ),
  ...rows(
    'a model on the Hugging Face Hub',
    `huggingface_hub.**.text_generation huggingface_hub.**.chat_completion huggingface_hub.**.chat.completions.create
    huggingface_hub.**.conversational huggingface_hub.InferenceApi()`,
  ),
  ...rows(
    'a LangChain model',
    `langchain_openai.ChatOpenAI langchain_openai.OpenAI langchain_openai.AzureChatOpenAI langchain_openai.AzureOpenAI
    langchain_anthropic.ChatAnthropic langchain_anthropic.AnthropicLLM langchain_google_genai.ChatGoogleGenerativeAI
    langchain_google_genai.GoogleGenerativeAI langchain_google_vertexai.ChatVertexAI langchain_google_vertexai.VertexAI
    langchain_mistralai.ChatMistralAI langchain_cohere.ChatCohere langchain_groq.ChatGroq langchain_ollama.ChatOllama
    langchain_ollama.OllamaLLM langchain_aws.ChatBedrock langchain_aws.ChatBedrockConverse langchain_aws.BedrockLLM
    langchain_deepseek.ChatDeepSeek langchain_xai.ChatXAI langchain_fireworks.ChatFireworks
    langchain_together.ChatTogether langchain_nvidia_ai_endpoints.ChatNVIDIA langchain_perplexity.ChatPerplexity
    langchain_huggingface.HuggingFacePipeline langchain_huggingface.HuggingFacePipeline.from_model_id
    langchain_huggingface.ChatHuggingFace langchain_huggingface.HuggingFaceEndpoint
    langchain.chat_models.init_chat_model langchain.chat_models.ChatOpenAI langchain.chat_models.** langchain.llms.**
    langchain_community.chat_models.** langchain_community.llms.** langchain.OpenAI langchain.LLMChain
    langchain.chains.LLMChain langchain.chains.ConversationChain langchain.agents.initialize_agent
    langchain.agents.AgentExecutor langchain.agents.create_agent langgraph.prebuilt.create_react_agent
    deepagents.create_deep_agent`,
  ),
  ...rows(
    'a LlamaIndex engine',
    `llama_index.**.query llama_index.**.aquery llama_index.**.chat llama_index.**.achat llama_index.**.complete
    llama_index.**.acomplete llama_index.**.predict llama_index.**.stream_chat llama_index.**.stream_complete`,
  ),
  ...rows(
    'a DSPy program',
    'dspy.Predict() dspy.ChainOfThought() dspy.ReAct() dspy.ProgramOfThought() dspy.LM() dspy.MultiChainComparison()',
  ),
  ...rows(
    'a model called through instructor',
    'instructor.**.chat.completions.create instructor.**.messages.create instructor.**.create',
  ),
  ...rows(
    'an agent',
    `smolagents.CodeAgent().run smolagents.ToolCallingAgent().run smolagents.InferenceClientModel()
    smolagents.LiteLLMModel() smolagents.TransformersModel() smolagents.OpenAIServerModel() smolagents.OpenAIModel()
    agents.Runner.run agents.Runner.run_sync agents.Runner.run_streamed crewai.**.kickoff crewai.**.kickoff_async
    crewai.LLM().call pydantic_ai.Agent().run pydantic_ai.Agent().run_sync pydantic_ai.Agent().run_stream
    autogen.**.initiate_chat autogen.**.generate_reply agno.agent.Agent().run agno.agent.Agent().arun
    agno.team.Team().run phi.agent.Agent().run haystack.components.generators.**.run`,
  ),
]);

/** What SDKs say about a reply or a model themselves, and files made beside it; none of it is written by the model. */
export const ABOUT_REPLIES: ReadonlySet<string> = new Set(
  `usage usage_metadata response_metadata finish_reason stop_reason done_reason role created created_at object model
  model_name model_id id tool_call_id system_fingerprint index logprobs status_code total_tokens prompt_tokens
  completion_tokens input_tokens output_tokens config tokenizer device dtype client n_ctx n_embd n_vocab max_seq_len context_window
  get_num_tokens get_num_tokens_from_messages callbacks verbose audio audios images videos`.split(/\s+/),
);

/** A word without which no reply can be known by its shape. */
const SHAPED_REPLY =
  /completions|ChatCompletion|choices|(?:llm|gpt|assistant|model)_(?:reply|response|output|answer|completion)/i;

/** False for texts in which nothing can be the reply of a model. No parse. */
export function mayHoldReply(program: PythonProgram): boolean {
  return mayUse(program, MODEL_REPLIES) || SHAPED_REPLY.test(program.text);
}

const REPLY_NAME =
  /^(?:llm|gpt|chatgpt|assistant|model)_(?:reply|response|output|answer|completion)(?:_text|_str|_content)?$/i;

/** A parameter that is called the reply of a model, in a function whose callers are elsewhere. */
export function replyByName(_: PythonProgram, { name }: { readonly name: string }): string | undefined {
  return REPLY_NAME.test(name) ? 'a model' : undefined;
}

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
