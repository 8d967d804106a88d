import { defineRule, type Problem } from '../../engine/rule.ts';
import { allEntries, type TreeNode, under } from '../../languages/tree.ts';

/** Libraries that a pipeline of diffusers takes its parts from without asking. */
const PIPELINE_LIBRARIES =
  /^(?:diffusers|transformers|onnxruntime|optimum|peft|flax|controlnet_aux|compel|optimum\.[\w.]+)$/;

export const modelConfigNamesCode = defineRule({
  meta: {
    id: 'GL525',
    name: 'model-config-names-code',
    title: 'Configuration of a model that names program code',
    kinds: ['ai-config'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'atlas:AML.T0010.003',
    ],
    detections: ['CFG-01', 'CFG-03', 'CFG-04'],
    why: 'Whoever loads the model with `trust_remote_code` runs the classes that this file names. Where they lie in another repository, its owner decides what runs, today and later.',
    how: 'Port the model to classes of the library. Else keep the code beside the configuration, review it, and tell users the commit that was reviewed.',
    messages: {
      own: '`{key}` names `{module}`: whoever loads the model with `trust_remote_code` runs it',
      foreign: '`{key}` names code of the repository `{repository}`: its owner decides what users of this model run',
      module:
        '`{module}` is no module of Sentence Transformers: whoever loads the model with `trust_remote_code` runs it',
      part: '`{module}` is no library that diffusers knows: the part `{key}` is code beside the model',
    },
    examples: [
      {
        path: 'config.json',
        bad: '{\n  "model_type": "tiny",\n  "auto_map": { "AutoModel": "somebody/tiny--modeling_tiny.TinyModel" }\n}\n',
        good: '{\n  "model_type": "bert",\n  "architectures": ["BertModel"]\n}\n',
      },
      {
        path: 'tokenizer_config.json',
        bad: '{ "auto_map": { "AutoTokenizer": ["tokenization_tiny.TinyTokenizer", null] } }\n',
      },
      {
        path: 'modules.json',
        bad: '[{ "idx": 0, "name": "0", "path": "", "type": "custom_st.Transformer" }, { "idx": 1, "name": "1", "path": "1", "type": "sentence_transformers.models.Pooling" }]\n',
        good: '[{ "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" }]\n',
      },
      {
        path: 'model_index.json',
        bad: '{ "_class_name": "Pipe", "unet": ["my_unet", "MyUnet"], "vae": ["diffusers", "AutoencoderKL"] }\n',
        good: '{ "_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": [null, null], "scheduler": ["diffusers", "DDIMScheduler"], "image_encoder": ["stable_diffusion", "StableDiffusionSafetyChecker"] }\n',
      },
    ],
  },
  *check({ path, tree: [root] }) {
    if (!root) return;
    if (/(?:^|\/)modules\.json$/.test(path)) yield* sentenceModules(root);
    else if (/model_index\.json$/.test(path)) yield* pipelineParts(root);
    else if (path.endsWith('.json')) yield* autoMap(root);
  },
});

function* autoMap(root: TreeNode): Iterable<Problem> {
  // One finding per file: the classes of one model belong together. Code of somebody else goes first.
  const named = ['auto_map', 'custom_pipelines'].flatMap((key) => {
    const node = under(root, key);
    return node
      ? [...allEntries(node)].flatMap((entry) => classesOf(entry.node).map((each) => ({ key, node: each })))
      : [];
  });
  const worst = named.find(({ node }) => node.text.includes('--')) ?? named[0];
  if (!worst) return;
  const { key, node } = worst;
  const [repository, module] = node.text.split('--', 2);
  if (module) yield { span: node.span, message: 'foreign', data: { key, repository }, severity: 'error' };
  else yield { span: node.span, message: 'own', data: { key, module: node.text } };
}

/** `"module.Class"` or a list of a slow and a fast one. */
function classesOf(node: TreeNode): readonly TreeNode[] {
  return [node, ...node.items].filter(({ value }) => typeof value === 'string' && /^[\w./-]+\.\w+$/.test(value));
}

function* sentenceModules(root: TreeNode): Iterable<Problem> {
  for (const item of root.items) {
    const type = under(item, 'type');
    // A file of another program has other keys.
    if (typeof type?.value !== 'string' || !under(item, 'idx') || !under(item, 'path')) continue;
    if (/^sentence_transformers\./.test(type.value)) continue;
    const [repository, module] = type.value.split('--', 2);
    if (module) yield { span: type.span, message: 'foreign', data: { key: 'type', repository }, severity: 'error' };
    else yield { span: type.span, message: 'module', data: { module: type.value } };
  }
}

function* pipelineParts(root: TreeNode): Iterable<Problem> {
  if (!under(root, '_class_name')) return;
  for (const { key, node } of root.entries) {
    const [library, name] = node.items;
    if (key.startsWith('_') && key !== '_class_name') continue;
    if (typeof library?.value !== 'string' || typeof name?.value !== 'string') continue;
    // Folders of pipelines inside diffusers are named as if they were libraries.
    if (PIPELINE_LIBRARIES.test(library.value) || isPipelineFolder(library.value)) continue;
    yield { span: library.span, message: 'part', data: { key, module: library.value } };
  }
}

/** Source: the folders of diffusers/pipelines whose classes pipelines name in their index. */
function isPipelineFolder(name: string): boolean {
  return /^(?:stable_\w+|latent_diffusion|paint_by_example|deepfloyd_if|kandinsky\w*|wuerstchen|audioldm2?|musicldm|shap_e|unidiffuser|alt_diffusion|versatile_diffusion|vq_diffusion|spectrogram_diffusion|blip_diffusion|t2i_adapter|animatediff|hunyuan\w*|flux\w*|ltx\w*|cogvideo\w*|pixart_alpha|kolors|consisid|wan|mochi|sana|lumina\w*|omnigen|stable_cascade|visualcloze|qwenimage|bria\w*|chroma|cosmos\w*|semantic_stable_diffusion|controlnet\w*)$/.test(
    name,
  );
}
