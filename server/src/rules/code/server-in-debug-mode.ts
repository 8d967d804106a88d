import { callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';

const ANYWHERE = ['0.0.0.0', '::'];
const DEBUG = { parameter: 'debug', is: 'true' } as const;

/**
 * Flask's documentation ("Debugging application errors"): the interactive debugger runs code from the browser. `run(host,
 * port, debug)`. Starlette shows traces with local values. Uvicorn's `reload` watches the source and is for development.
 */
const CALLS = callTable([
  {
    detection: 'SRV-13',
    apis: 'flask.Flask().run quart.Quart().run',
    when: [
      { ...DEBUG, position: 2 },
      { parameter: 'host', position: 0, is: ANYWHERE },
    ],
    message: 'open',
    severity: 'error',
    fixes: [{ set: 'debug', to: 'False', position: 2, kind: 'suggestion' }],
  },
  {
    detection: 'SRV-13',
    apis: 'flask.Flask().run quart.Quart().run',
    when: [{ ...DEBUG, position: 2 }],
    unless: [{ parameter: 'host', position: 0, is: ANYWHERE }],
    message: 'debugger',
    fixes: [{ set: 'debug', to: 'False', position: 2, kind: 'suggestion' }],
  },
  {
    detection: 'SRV-13',
    apis: 'fastapi.FastAPI starlette.applications.Starlette',
    when: [DEBUG],
    message: 'traces',
    fixes: [{ remove: 'debug', kind: 'suggestion' }],
  },
  {
    detection: 'SRV-13',
    apis: 'uvicorn.run',
    when: [
      { parameter: 'reload', is: 'true' },
      { parameter: 'host', is: ANYWHERE },
    ],
    message: 'reload',
    severity: 'info',
    fixes: [{ remove: 'reload', kind: 'suggestion' }],
  },
]);

export const serverInDebugMode = defineRule({
  meta: {
    id: 'GL356',
    name: 'server-in-debug-mode',
    title: 'Server runs in debug mode',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-489',
      'cwe:CWE-94',
    ],
    why: 'A debug page shows source, variables and keys to whoever provokes an error, and the debugger of Flask runs Python from the browser.',
    how: 'Leave debugging off in the file and switch it on from outside while you develop, for example with `flask run --debug`.',
    messages: {
      open: '`{call}` with `debug=True` on every address: whoever provokes an error may run Python here',
      debugger: '`{call}` with `debug=True` starts a debugger that runs Python from the browser',
      traces: '`{call}` with `debug=True` shows source and variables to whoever provokes an error',
      reload: '`{call}` with `reload=True` on every address is meant for development',
    },
    peers: ['bandit B201', 'ruff S201', 'codeql py/flask-debug'],
    detections: ['SRV-13'],
    examples: [
      {
        path: 'api.py',
        bad: 'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(debug=True)\n',
        fixed:
          'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(debug=False)\n',
      },
      { path: 'api.py', bad: 'import flask\n\napp = flask.Flask("app")\napp.run("0.0.0.0", 5000, True)\n' },
      {
        path: 'api.py',
        bad: 'from fastapi import FastAPI\n\napp = FastAPI(title="x", debug=True)\n',
        fixed: 'from fastapi import FastAPI\n\napp = FastAPI(title="x")\n',
      },
      { path: 'api.py', bad: 'import uvicorn\n\nuvicorn.run("api:app", host="0.0.0.0", reload=True)\n' },
      {
        title: 'decided outside, or another `run`',
        path: 'api.py',
        good: 'import os\n\nfrom flask import Flask\n\napp = Flask(__name__)\napp.run(debug=os.environ.get("DEBUG") == "1")\nloop.run(debug=True)\n',
      },
      { path: 'api.py', good: 'import asyncio\n\nasyncio.run(main(), debug=True)\n' },
    ],
  },
  triggers: [CALLS],
  *check(file) {
    yield* checkCalls(file, CALLS, 'warning');
  },
});
