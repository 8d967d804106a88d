import type { SyntaxNode } from '@lezer/common';
import { checkCalls, grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import {
  inContext,
  isOwnFile,
  isTruthy,
  type NamedArgument,
  pathNamedBy,
  provenanceOf,
  replaceValue,
} from '../../languages/python/program.ts';
import { elementsOf } from '../../languages/python/tree.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';
import { COLLECTIVES, PICKLED_STATE, UNPACKS } from './pickled-state-load.table.ts';

const DANGEROUS = 'allow_dangerous_deserialization';
/** Celery and kombu, "Security": workers unpickle every message as soon as pickle is accepted. */
const QUEUES = /\b(?:celery|kombu)\b/i;
const ACCEPTED = ['accept_content', 'result_accept_content'];

export const pickledStateLoad = defineRule({
  meta: {
    id: 'GL311',
    name: 'pickled-state-load',
    title: 'Index, cache or message that is read with pickle',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0011.000',
    ],
    why: 'Vector indexes, agent checkpoints, caches and queues outlive the process, and other processes can write to them. Read with pickle, each entry can run code in whoever reads it next.',
    how: 'Keep state as JSON, MessagePack or in a database, and rebuild an index from its sources instead of loading somebody else’s. Authenticate the peers of a socket before you read objects from it.',
    messages: {
      dangerous: '`{call}` with `allow_dangerous_deserialization=True` runs code that the stored index may contain',
      dangerousFrom:
        '`{call}` with `allow_dangerous_deserialization=True` runs code that the stored index may contain, and it comes from {source}',
      fallback: '`{call}` with `pickle_fallback=True` unpickles checkpoints, and so runs code that they may contain',
      socket: '`{call}` unpickles what arrives, so whoever reaches the socket runs code here; use `recv_json`',
      connection: '`{call}` without `authkey` unpickles what any peer sends',
      collective: '`{call}` unpickles what the other ranks send; use tensors on networks you do not own',
      collectives: '{count} calls unpickle what the other ranks send; use tensors on networks you do not own',
      patch: '`{call}` makes every MessagePack reader of the process unpickle arrays of objects',
      hook: '`{call}` with `msgpack_numpy.decode` unpickles arrays of objects',
      accepted: '`{argument}` lets whoever can write to the queue run code in the worker',
      cache: '`{call}` keeps pickles in {source}, where others can put theirs',
      codec: '`{call}` stores objects as pickles, which run code in whoever reads the array',
      index: '`{call}` unpickles the stored objects; read only folders that your own job wrote',
    },
    peers: ['semgrep multiprocessing-recv', 'semgrep pickles-in-pytorch-distributed', 'semgrep msgpack-numpy'],
    detections: ['LOAD-54', 'LOAD-56', 'LOAD-57', 'LOAD-58', 'LOAD-59', 'LOAD-61', 'LOAD-63'],
    examples: [
      {
        path: 'rag.py',
        bad: 'from langchain_community.vectorstores import FAISS\n\nstore = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=True)\n',
        fixed:
          'from langchain_community.vectorstores import FAISS\n\nstore = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=False)\n',
      },
      {
        title: 'an index from a model hub',
        path: 'rag.py',
        bad: 'from huggingface_hub import snapshot_download\nfrom langchain_community.vectorstores import FAISS\n\nfolder = snapshot_download("org/index", repo_type="dataset")\nstore = FAISS.load_local(folder, embeddings, allow_dangerous_deserialization=True)\n',
      },
      {
        path: 'agent.py',
        bad: 'from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer\n\nserde = JsonPlusSerializer(pickle_fallback=True)\n',
        fixed:
          'from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer\n\nserde = JsonPlusSerializer(pickle_fallback=False)\n',
      },
      {
        path: 'worker.py',
        bad: 'import zmq\n\nsocket = zmq.Context().socket(zmq.PULL)\nsocket.bind("tcp://*:5555")\nbatch = socket.recv_pyobj()\n',
      },
      {
        path: 'worker.py',
        bad: 'from multiprocessing.connection import Listener\n\nlistener = Listener(("", 6000))\n',
      },
      {
        path: 'worker.py',
        bad: 'from celery import Celery\n\napp = Celery("jobs")\napp.conf.accept_content = ["json", "pickle"]\n',
      },
      {
        path: 'io.py',
        bad: 'import msgpack\nimport msgpack_numpy as m\n\nx = msgpack.unpackb(data, object_hook=m.decode)\n',
      },
      { path: 'io.py', bad: 'import joblib\n\nmemory = joblib.Memory("/tmp/features")\n' },
      { path: 'store.py', bad: 'import numcodecs\n\ncodec = numcodecs.Pickle()\n' },
      {
        title: 'between the ranks of one job',
        path: 'train.py',
        bad: 'import torch.distributed as dist\n\ndist.broadcast_object_list(settings, src=0)\n',
      },
      {
        path: 'rag.py',
        good: 'from langchain_community.vectorstores import FAISS\n\nstore = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=False)\n',
      },
      {
        title: 'decided by the caller',
        path: 'rag.py',
        good: 'def load(store, allow_dangerous_deserialization=False):\n    return store.load_local("index", allow_dangerous_deserialization=allow_dangerous_deserialization)\n',
      },
      {
        path: 'worker.py',
        good: 'from multiprocessing.connection import Listener\n\nlistener = Listener(("localhost", 6000), authkey=key)\n',
      },
      { path: 'worker.py', good: 'from celery import Celery\n\napp = Celery("jobs", accept_content=["json"])\n' },
      { path: 'io.py', good: 'import joblib\n\nmemory = joblib.Memory(".cache/features")\n' },
      {
        path: 'worker.py',
        good: 'import zmq\n\nsocket = zmq.Context().socket(zmq.PULL)\nbatch = socket.recv_json()\n',
      },
    ],
  },
  triggers: [PICKLED_STATE, COLLECTIVES, UNPACKS, ...given(DANGEROUS), inTexts(QUEUES, ...given(...ACCEPTED))],
  *check(file) {
    yield* checkCalls(file, PICKLED_STATE, 'warning');
    yield* grouped(checkCalls(file, COLLECTIVES, 'hint'), 'collectives');
    for (const argument of file.python.argumentsNamed(DANGEROUS)) {
      if (isTruthy(argument.value)) yield dangerous(file, argument);
    }
    for (const { call, name } of file.python.callsTo(UNPACKS)) {
      const hook = call.argument('object_hook');
      const names = hook.state === 'given' ? file.python.resolve(hook.node) : undefined;
      if (!names?.some((each) => each.name === 'msgpack_numpy.decode')) continue;
      yield { span: call.nameSpan, message: 'hook', data: { call: name }, severity: inContext('warning', file.path) };
    }
    if (!QUEUES.test(file.text)) return;
    for (const argument of ACCEPTED.flatMap((name) => file.python.argumentsNamed(name))) {
      if (!acceptsPickle(file, argument.node)) continue;
      yield {
        span: argument.span,
        message: 'accepted',
        data: { argument: file.text.slice(argument.span.start, argument.span.end).slice(0, 80) },
        severity: inContext('warning', file.path),
      };
    }
  },
});

/** The flag alone says what it does, whoever takes it. */
function dangerous(file: SourceFile, { span, node, call, through }: NamedArgument): Problem {
  const path = call?.arguments.find(({ name, star }) => !name && !star)?.value;
  const flow = path && provenanceOf(file.python, path);
  const own = path !== undefined && !flow && isOwnFile(file.python, path);
  return {
    span,
    message: flow ? 'dangerousFrom' : 'dangerous',
    data: {
      call: call?.nameText.replace(/\s+/g, ' ') ?? 'The call',
      ...(flow && { source: pathNamedBy(flow.source) }),
    },
    severity: inContext(flow ? 'error' : own ? 'info' : 'warning', file.path),
    ...(through === 'call' ? {} : { confidence: 'medium' as const }),
    evidence: [
      ...(call?.via ? [`${call.via}.`] : []),
      ...(flow ? [`The data comes from ${pathNamedBy(flow.source)}.`] : []),
      ...(own ? ['This program writes the file itself.'] : []),
    ],
    related: flow?.steps ?? [],
    fixes: [{ title: `Use \`${DANGEROUS}=False\``, kind: 'suggestion', edits: replaceValue(node, 'False') }],
  };
}

/** A list, tuple or set that names pickle as a serialisation, by its name or its content type. */
function acceptsPickle({ python }: SourceFile, node: SyntaxNode): boolean {
  if (!/^(?:Array|Tuple|Set)Expression$/.test(node.name)) return false;
  return elementsOf(node).some((each) =>
    /^(?:pickle|application\/x-python-serialize)$/.test(stringOf(python, each) ?? ''),
  );
}
