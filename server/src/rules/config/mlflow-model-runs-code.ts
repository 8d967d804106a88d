import { defineRule } from '../../engine/rule.ts';
import { allEntries, under } from '../../languages/tree.ts';

/** Keys whose value is a place below the model's folder. */
const PLACES =
  /^(?:pickled_model|model_path|data|code|python_model|model_data|saved_model_dir|artifact_path|model_binary|state_dict)$/;
const OUTSIDE = /(?:^|[\\/])\.\.(?:[\\/]|$)|^(?:[\\/]|[A-Za-z]:[\\/]|(?:https?|ftp|file|s3|gs):)/;

export const mlflowModelRunsCode = defineRule({
  meta: {
    id: 'GL530',
    name: 'mlflow-model-runs-code',
    title: 'MLflow model that runs code of its own or from elsewhere',
    kinds: ['ai-config', 'model-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-94',
      'cwe:CWE-22',
      'atlas:AML.T0011.000',
    ],
    detections: ['CFG-05'],
    why: 'MLflow imports the module and unpickles the files that `MLmodel` names when the model is loaded. A place outside of the folder leads to files that nobody has checked with the model.',
    how: 'Log the model in a flavour without pickles (`onnx`, `skops`), and keep everything it needs in its folder.',
    messages: {
      outside: '`{key}: {value}` leads out of the folder of the model',
      loader: '`loader_module: {value}` is imported when the model is loaded, and is no part of MLflow',
      pickle: 'The model is a pickle (`{key}: {value}`): loading it runs what it contains',
    },
    peers: ['modelscan (the pickle itself)'],
    examples: [
      {
        path: 'model/MLmodel',
        bad: 'flavors:\n  python_function:\n    loader_module: my_loader\n    data: ../other\n',
        good: 'artifact_path: model\nflavors:\n  onnx:\n    data: model.onnx\n  python_function:\n    loader_module: mlflow.onnx\n    data: model.onnx\n',
      },
      {
        path: 'MLmodel',
        bad: 'flavors:\n  sklearn:\n    pickled_model: model.pkl\n    serialization_format: cloudpickle\n',
      },
    ],
  },
  *check(file) {
    const flavors = /(?:^|\/)MLmodel$/.test(file.path) ? under(file.tree[0], 'flavors') : undefined;
    if (!flavors) return;
    let pickled = false;
    for (const { key, node } of allEntries(flavors)) {
      if (node.kind !== 'scalar' || !node.text) continue;
      const data = { key, value: node.text };
      if (key === 'loader_module' && !/^mlflow\./.test(node.text)) yield { span: node.span, message: 'loader', data };
      else if (PLACES.test(key) && OUTSIDE.test(node.text))
        yield { span: node.span, message: 'outside', data, severity: 'error' };
      else if (!pickled && (key === 'serialization_format' ? /pickle/.test(node.text) : isPickle(key, node.text))) {
        pickled = true;
        yield { span: node.span, message: 'pickle', data, severity: 'info' };
      }
    }
  },
});

function isPickle(key: string, value: string): boolean {
  return /^(?:pickled_model|python_model|model_path|data)$/.test(key) && /\.(?:pkl|pickle|joblib)$/.test(value);
}
