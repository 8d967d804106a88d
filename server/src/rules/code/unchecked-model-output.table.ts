import { type CallRow, callTable } from '../../engine/callRule.ts';

const under = (packages: string, names: string): string =>
  names
    .trim()
    .split(/\s+/)
    .flatMap((name) => packages.split(' ').flatMap((each) => [`${each}.${name}`, `${each}.**.${name}`]))
    .join(' ');
const LANGCHAIN = 'langchain langchain_community langchain_experimental langchain_classic';

const ROWS: readonly CallRow[] = [
  // They run the statement that the model writes, with the rights of the connection: their references say so themselves.
  {
    detection: 'OUT-03',
    apis: under(LANGCHAIN, 'SQLDatabaseChain SQLDatabaseChain.from_llm SQLDatabaseSequentialChain create_sql_agent'),
    message: 'chain',
  },
  {
    detection: 'OUT-03',
    apis: under('llama_index', 'NLSQLTableQueryEngine SQLTableRetrieverQueryEngine DatabaseToolSpec'),
    message: 'chain',
  },
  {
    detection: 'OUT-07',
    apis: under(LANGCHAIN, 'LLMRequestsChain'),
    message: 'requests',
  },
];

/** Building blocks that put the model's words into a query or an address on their own. */
export const CHAINS = callTable(ROWS);

/** Receivers whose `execute` runs a statement, where the object itself is not known. */
export const CONNECTION = /(?:^|[._])(?:cur|cursor|conn|connection|db|database|session|engine)\d?$/i;

/** Words of a connection that cannot write: SQLite's `mode=ro`, `read_only`, `default_transaction_read_only`. */
export const READ_ONLY = /\bmode=ro\b|read_?only/i;
