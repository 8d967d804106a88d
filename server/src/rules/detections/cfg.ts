import type { DetectionGroup } from './detection.ts';

export const CFG: DetectionGroup = {
  title: 'Configuration files',
  detections: [
    ['CFG-01', 'Model or tokenizer configuration that names code, in its own or another repository'],
    ['CFG-02', 'Chat template that reaches into the program that renders it'],
    ['CFG-03', 'Module of a sentence embedding model outside of the library'],
    ['CFG-04', 'Part of an image pipeline that is code beside the model'],
    ['CFG-05', 'MLflow model with a loader of its own, a pickle, or a path out of its folder'],
    ['CFG-06', 'Configuration whose target runs, loads or fetches something'],
    ['CFG-07', 'YAML with tags that build Python objects'],
    ['CFG-08', 'Remote code or unpickling switched on in a configuration'],
    ['CFG-09', 'Image that keeps a key it was built with'],
    ['CFG-10', 'Port of a model service on every address, or a container without walls'],
    [
      'CFG-11',
      'Kubernetes and KServe: unpinned model address, load balancer to an open model server',
      'what a load balancer reaches depends on policies and controllers outside of the file; flags, variables and keys of its containers are checked as in every container',
    ],
    ['CFG-12', 'Text of strangers in the prompt of an agent in a workflow'],
    ['CFG-13', 'Agent action that everybody may start or that nothing confines'],
    ['CFG-14', 'Agent that strangers can start, with a strong token or on their code'],
    ['CFG-15', 'Answer of a model spliced into a script of a workflow'],
    ['CFG-16', 'Agent action or program in whatever version is newest'],
    ['CFG-17', 'Key in a file of variables'],
    [
      'CFG-18',
      'Model file of Ollama without a tag or digest',
      'a tag can be moved as well as no tag, and digests are hardly ever written there: nearly every file would be reported',
    ],
    [
      'CFG-19',
      'Custom handlers of Triton, TorchServe and KServe',
      'own handlers are the ordinary way to use these servers; nothing in the file tells whose they are',
    ],
    [
      'CFG-20',
      'Parameters spliced into the command of a pipeline file',
      'whoever sets the parameters of a pipeline runs it already, with the same rights',
    ],
    ['CFG-21', 'Operation of a plugin that changes something and is not confirmed'],
    ['CFG-22', 'Editor tasks that start when a folder is opened, and programs that settings name'],
    [
      'CFG-23',
      'Keys and code providers in the configuration of LiteLLM, promptfoo and their like',
      'not read as a kind of their own yet; keys with a known prefix are found where the file is read for another reason',
    ],
  ],
};
