/** A service that answers everybody who reaches it unless it is told otherwise. */
export interface ServiceRow {
  readonly name: string;
  /** Its image, without registry and tag. */
  readonly image: RegExp;
  /** Ports inside the container. */
  readonly ports: readonly number[];
  /** Variables, and options of its command, that make it ask for a key. */
  readonly asks: RegExp;
}

const row = (name: string, image: RegExp, ports: readonly number[], asks: RegExp): ServiceRow => ({
  name,
  image,
  ports,
  asks,
});
const KEY = /--api[-_]key/;

/** Sources: documentation of each image; those that ask for a login when unset (Jupyter, Open WebUI, n8n) are left out. */
export const SERVICES: readonly ServiceRow[] = [
  row('Ollama', /(?:^|\/)ollama$/, [11434], /^$/),
  row('vLLM', /(?:^|\/)vllm(?:-openai)?$/, [8000], /--api[-_]key|^VLLM_API_KEY/),
  row('Text Generation Inference', /(?:^|\/)text-generation-inference$/, [80, 3000, 8080], /--api[-_]key|^API_KEY/),
  row('Text Embeddings Inference', /(?:^|\/)text-embeddings-inference$/, [80, 3000, 8080], /--api[-_]key|^API_KEY/),
  row('SGLang', /(?:^|\/)sglang$/, [30000], KEY),
  row('llama.cpp', /(?:^|\/)llama\.cpp$/, [8080, 8000], /--api-key|^LLAMA_API_KEY/),
  row('LocalAI', /(?:^|\/)local-?ai$/, [8080], /--api-keys|^(?:LOCALAI_)?API_KEY/),
  row('Triton', /(?:^|\/)tritonserver$/, [8000, 8001, 8002], /restricted/),
  row('Ray', /(?:^|\/)(?:ray|ray-ml|ray-llm)$/, [8265, 10001, 6379], /^RAY_AUTH_MODE/),
  row('MLflow', /(?:^|\/)mlflow$/, [5000], /basic-auth/),
  row('Qdrant', /(?:^|\/)qdrant$/, [6333, 6334], /^QDRANT__SERVICE__(?:READ_ONLY_)?API_KEY/),
  row('Chroma', /(?:^|\/)chroma$/, [8000], /^CHROMA_(?:SERVER_)?AUTH/),
  row('Weaviate', /(?:^|\/)weaviate$/, [8080, 50051], /^AUTHENTICATION_(?:APIKEY|OIDC)_ENABLED/),
  row('Milvus', /(?:^|\/)milvus$/, [19530, 9091], /AUTHORIZATIONENABLED/i),
  row('LiteLLM', /(?:^|\/)litellm(?:-database)?$/, [4000], /^LITELLM_MASTER_KEY|--config/),
  row('Langflow', /(?:^|\/)langflow$/, [7860], /^LANGFLOW_(?:AUTO_LOGIN|SUPERUSER)/),
  row('ComfyUI', /(?:^|\/)comfyui$/, [8188], /^$/),
];
