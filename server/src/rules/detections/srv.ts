import type { DetectionGroup } from './detection.ts';

export const SRV: DetectionGroup = {
  title: 'Serving and network defaults',
  detections: [
    ['SRV-01', 'Gradio app shared through a public tunnel'],
    ['SRV-02', 'Gradio app on every address without a login'],
    ['SRV-03', 'Gradio app that hands out the whole disk or has its login in the source'],
    ['SRV-04', 'Streamlit without its protection against foreign websites'],
    ['SRV-05', 'MLflow server open to everybody or to every website'],
    ['SRV-06', 'Ray dashboard and job API open to the network'],
    ['SRV-07', 'vLLM server without a key, or with switches that run or read what it is sent'],
    ['SRV-08', 'Other model servers on every address without a key'],
    ['SRV-09', 'TorchServe without tokens or with its model API on'],
    ['SRV-10', 'Triton lets clients load models'],
    ['SRV-11', 'Ollama open to the network or to every website'],
    ['SRV-12', 'Jupyter without a token, or open to every website'],
    ['SRV-13', 'Web app of a model in debug mode, or with cookies for every website'],
    ['SRV-14', 'TensorBoard and trackers on every address'],
    ['SRV-15', 'LiteLLM proxy with the key of the documentation'],
    ['SRV-16', 'Vector store or database without a login'],
    ['SRV-17', 'Orchestrator without a login'],
    ['SRV-18', 'Image generation page open to everybody, with switches that run code'],
    ['SRV-19', 'Distributed computing without TLS or a login'],
    ['SRV-20', 'MCP inspector without its login'],
  ],
};
