import { apiTable } from '../../languages/python/program.ts';

/** A parameter of an SDK that takes a key, and the variable from which the SDK reads it when the parameter is left out. */
export interface KeyParameter {
  /** Its names, the preferred one first. */
  readonly parameters: readonly string[];
  /** Zero-based; left out where the key is given by keyword only. */
  readonly position?: number;
  readonly variable: string;
}

const row = (
  apis: string,
  parameters: string,
  variable: string,
  position?: number,
): (readonly [string, KeyParameter])[] =>
  apis
    .split(/\s+/)
    .map((api) => [api, { parameters: parameters.split(' '), variable, ...(position !== undefined && { position }) }]);

/** Source: the SDKs' documentation and signatures. */
export const KEYS = apiTable<KeyParameter>([
  ...row('openai.OpenAI openai.AsyncOpenAI', 'api_key', 'OPENAI_API_KEY'),
  ...row('openai.AzureOpenAI openai.AsyncAzureOpenAI', 'api_key', 'AZURE_OPENAI_API_KEY'),
  ...row('anthropic.Anthropic anthropic.AsyncAnthropic', 'api_key', 'ANTHROPIC_API_KEY'),
  ...row('google.generativeai.configure', 'api_key', 'GOOGLE_API_KEY'),
  ...row('google.genai.Client', 'api_key', 'GEMINI_API_KEY'),
  ...row('cohere.Client cohere.ClientV2 cohere.AsyncClient cohere.AsyncClientV2', 'api_key', 'CO_API_KEY', 0),
  ...row('mistralai.Mistral mistralai.client.MistralClient', 'api_key', 'MISTRAL_API_KEY'),
  ...row('groq.Groq groq.AsyncGroq', 'api_key', 'GROQ_API_KEY'),
  ...row('together.Together together.AsyncTogether', 'api_key', 'TOGETHER_API_KEY'),
  ...row('replicate.Client', 'api_token', 'REPLICATE_API_TOKEN'),
  ...row('voyageai.Client', 'api_key', 'VOYAGE_API_KEY', 0),
  ...row('tavily.TavilyClient', 'api_key', 'TAVILY_API_KEY', 0),
  ...row('litellm.completion litellm.acompletion litellm.embedding', 'api_key', 'LITELLM_API_KEY'),
  ...row('huggingface_hub.login', 'token', 'HF_TOKEN', 0),
  ...row(
    'huggingface_hub.HfApi huggingface_hub.snapshot_download huggingface_hub.hf_hub_download',
    'token use_auth_token',
    'HF_TOKEN',
  ),
  ...row('huggingface_hub.InferenceClient huggingface_hub.AsyncInferenceClient', 'token api_key', 'HF_TOKEN'),
  ...row(
    'transformers.**.from_pretrained diffusers.**.from_pretrained datasets.load_dataset',
    'token use_auth_token',
    'HF_TOKEN',
  ),
  ...row(
    'transformers.TrainingArguments transformers.Seq2SeqTrainingArguments',
    'hub_token push_to_hub_token',
    'HF_TOKEN',
  ),
  ...row('langchain_openai.**.ChatOpenAI', 'api_key openai_api_key', 'OPENAI_API_KEY'),
  ...row(
    `langchain_openai.ChatOpenAI langchain_openai.OpenAI langchain_openai.OpenAIEmbeddings langchain.chat_models.ChatOpenAI
    langchain.llms.OpenAI langchain.embeddings.OpenAIEmbeddings langchain_community.chat_models.ChatOpenAI
    langchain.embeddings.openai.OpenAIEmbeddings llama_index.llms.openai.OpenAI`,
    'api_key openai_api_key',
    'OPENAI_API_KEY',
  ),
  ...row('langchain_anthropic.ChatAnthropic', 'api_key anthropic_api_key', 'ANTHROPIC_API_KEY'),
  ...row('langchain_google_genai.ChatGoogleGenerativeAI', 'google_api_key api_key', 'GOOGLE_API_KEY'),
  ...row('langchain_groq.ChatGroq', 'api_key groq_api_key', 'GROQ_API_KEY'),
  ...row('pinecone.Pinecone pinecone.init', 'api_key', 'PINECONE_API_KEY', 0),
  ...row('qdrant_client.QdrantClient', 'api_key', 'QDRANT_API_KEY'),
  ...row(
    'weaviate.auth.AuthApiKey weaviate.classes.init.Auth.api_key weaviate.AuthApiKey',
    'api_key',
    'WEAVIATE_API_KEY',
    0,
  ),
  ...row('wandb.login', 'key', 'WANDB_API_KEY', 1),
  ...row('comet_ml.Experiment comet_ml.init comet_ml.login', 'api_key', 'COMET_API_KEY', 0),
  ...row('neptune.init_run neptune.init', 'api_token', 'NEPTUNE_API_TOKEN'),
]);

/** Modules that keep their key in an attribute. */
export const KEY_MODULES: Readonly<Record<string, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  cohere: 'CO_API_KEY',
  replicate: 'REPLICATE_API_TOKEN',
};
