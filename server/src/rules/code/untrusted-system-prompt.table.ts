import { type ApiTable, apiTable, rows } from '../../languages/python/program.ts';

/** A parameter that a model takes for an instruction of the developer. */
export interface Instruction {
  readonly parameter: string;
  readonly position?: number;
  readonly kind: 'instruction' | 'tool';
}

const under = (packages: string, names: string): string =>
  names
    .split(' ')
    .flatMap((name) => packages.split(' ').flatMap((each) => [`${each}.${name}`, `${each}.**.${name}`]))
    .join(' ');
const LANGCHAIN = 'langchain langchain_core langchain_classic';

/** Sources: references of the SDKs (Anthropic, OpenAI, Google, Cohere) and of LangChain and openai-agents. */
export const INSTRUCTIONS: ApiTable<Instruction> = apiTable<Instruction>([
  ...rows<Instruction>(
    { parameter: 'system', kind: 'instruction' },
    'anthropic.**.messages.create anthropic.**.messages.stream ollama.generate ollama.Client().generate',
  ),
  ...rows<Instruction>(
    { parameter: 'instructions', kind: 'instruction' },
    `openai.**.responses.create openai.responses.create openai.**.beta.assistants.create openai.beta.assistants.create
    agents.Agent`,
  ),
  ...rows<Instruction>(
    { parameter: 'system_instruction', kind: 'instruction' },
    `google.generativeai.GenerativeModel google.genai.types.GenerateContentConfig
    vertexai.generative_models.GenerativeModel vertexai.preview.generative_models.GenerativeModel`,
  ),
  ...rows<Instruction>(
    { parameter: 'preamble', kind: 'instruction' },
    'cohere.Client().chat cohere.AsyncClient().chat',
  ),
  ...rows<Instruction>({ parameter: 'content', position: 0, kind: 'instruction' }, under(LANGCHAIN, 'SystemMessage')),
  ...rows<Instruction>(
    { parameter: 'template', position: 0, kind: 'instruction' },
    under(LANGCHAIN, 'SystemMessagePromptTemplate.from_template'),
  ),
  ...rows<Instruction>(
    { parameter: 'description', kind: 'tool' },
    `${under(LANGCHAIN, 'Tool StructuredTool.from_function Tool.from_function')} agents.FunctionTool`,
  ),
]);

/** Calls that take a whole list of messages. */
export const CHATS: ApiTable<'messages'> = apiTable<'messages'>(
  rows(
    'messages',
    `openai.**.chat.completions.create openai.chat.completions.create openai.ChatCompletion.create
    openai.ChatCompletion.acreate anthropic.**.messages.create anthropic.**.messages.stream litellm.completion
    litellm.acompletion groq.**.chat.completions.create mistralai.**.chat.complete mistralai.**.chat.stream ollama.chat
    ollama.Client().chat ollama.AsyncClient().chat`,
  ),
);
