import { type CallTable, callTable } from '../../engine/callRule.ts';

/** A handle that ends in the number of a version names one unchanging module. */
const VERSIONED = /\/\d{1,9}\/?$/;

/**
 * Formats that hold code, a graph with file access, or pickles, and whose loader has no safe mode.
 * - torch 2.14.1: TorchScript runs code when called and in `__setstate__`; `torch.export.load` reads weights and constants
 *   with `weights_only=False`; `PackageImporter` lets every module be imported unless `module_allowed` says otherwise; the
 *   `.metadata` of a distributed checkpoint is a pickle.
 * - TensorFlow, "Using TensorFlow Securely": a graph is a program and may read and write files.
 * - NeMo: a `.nemo` archive names the classes to build and holds a torch checkpoint (CVE-2025-23304 and later).
 * - onnx.hub (removed by 1.23): `silent=True` leaves out the question about unknown repositories (CVE-2026-28500).
 */
export const EXECUTABLE_FORMATS: CallTable = callTable([
  {
    detection: 'LOAD-07',
    apis: 'torch.jit.load',
    source: { parameter: 'f', position: 0 },
    message: 'torchscript',
    untrusted: 'torchscriptFrom',
  },
  {
    detection: 'LOAD-08',
    apis: 'torch.package.PackageImporter',
    when: [{ parameter: 'module_allowed', position: 1, is: 'absent' }],
    source: { parameter: 'file_or_buffer', position: 0 },
    message: 'package',
    untrusted: 'packageFrom',
  },
  {
    detection: 'LOAD-09',
    apis: 'torch.export.load',
    source: { parameter: 'f', position: 0 },
    message: 'exported',
    untrusted: 'exportedFrom',
  },
  {
    detection: 'LOAD-11',
    apis: 'torch.distributed.checkpoint.FileSystemReader',
    severity: 'info',
    source: { parameter: 'path', position: 0 },
    message: 'distributed',
    untrusted: 'distributedFrom',
  },
  {
    detection: 'LOAD-11',
    apis: 'torch.distributed.checkpoint.format_utils.dcp_to_torch_save',
    severity: 'info',
    source: { parameter: 'dcp_checkpoint_dir', position: 0 },
    message: 'distributed',
    untrusted: 'distributedFrom',
  },
  {
    detection: 'LOAD-32',
    apis: 'tensorflow.saved_model.load',
    severity: 'info',
    source: { parameter: 'export_dir', position: 0 },
    message: 'graph',
    untrusted: 'graphFrom',
  },
  {
    detection: 'LOAD-32',
    apis: 'tensorflow.saved_model.loader.load',
    severity: 'info',
    source: { parameter: 'export_dir', position: 2 },
    message: 'graph',
    untrusted: 'graphFrom',
  },
  {
    detection: 'LOAD-32',
    apis: 'keras.layers.TFSMLayer',
    severity: 'info',
    source: { parameter: 'filepath', position: 0 },
    message: 'graph',
    untrusted: 'graphFrom',
  },
  {
    detection: 'LOAD-32',
    apis: 'tensorflow_hub.load tensorflow_hub.KerasLayer',
    severity: 'info',
    unless: [{ parameter: 'handle', position: 0, is: VERSIONED }],
    source: { parameter: 'handle', position: 0 },
    message: 'graph',
    untrusted: 'graphFrom',
  },
  {
    detection: 'LOAD-36',
    apis: 'onnx.hub.load',
    when: [{ parameter: 'silent', position: 5, is: 'true' }],
    message: 'silent',
    fixes: [{ remove: 'silent', position: 5, kind: 'suggestion' }],
  },
  {
    detection: 'LOAD-36',
    apis: 'onnx.hub.load',
    when: [{ parameter: 'repo', position: 1, is: /^(?!onnx\/models(?::|$))/ }],
    message: 'repository',
  },
  {
    detection: 'LOAD-47',
    apis: 'nemo.**.restore_from',
    source: { parameter: 'restore_path', position: 0 },
    message: 'archive',
    untrusted: 'archiveFrom',
  },
]);
