import { type CallTable, callTable } from '../../engine/callRule.ts';
import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** Packages that this program compiles itself before it loads them. */
export const COMPILES: ApiTable<true> = apiTable(
  `torch._inductor.aoti_compile_and_package torch._inductor.aot_compile torch._export.aot_compile
  torch._inductor.package.package_aoti`
    .split(/\s+/)
    .map((name) => [name, true] as const),
);

/**
 * Functions that load or compile machine code. Source: reference documentation of the libraries; AOTInductor packages hold a
 * shared library (PyTorch, "AOTInductor: Ahead-Of-Time Compilation"). Where own build output is what everybody loads, only
 * a file that is known to come from others is reported.
 */
export const NATIVE_LOADERS: CallTable = callTable([
  {
    detection: 'LOAD-10',
    apis: 'torch._inductor.aoti_load_package torch._inductor.package.load_package',
    source: { parameter: 'path', position: 0 },
    message: 'package',
    untrusted: 'untrusted',
    confidence: 'medium',
  },
  {
    detection: 'LOAD-10',
    apis: 'torch._export.aot_load',
    source: { parameter: 'so_path', position: 0 },
    message: 'package',
    untrusted: 'untrusted',
    confidence: 'medium',
  },
  {
    detection: 'LOAD-33',
    apis: 'torch.ops.load_library torch.classes.load_library',
    source: { parameter: 'path', position: 0 },
    onlyUntrusted: true,
    message: 'untrusted',
  },
  {
    detection: 'LOAD-33',
    apis: 'tensorflow.load_op_library tensorflow.load_library',
    source: { parameter: 'library_location', position: 0 },
    onlyUntrusted: true,
    message: 'untrusted',
  },
  {
    detection: 'LOAD-33',
    apis: 'onnxruntime.SessionOptions().register_custom_ops_library',
    source: { parameter: 'path', position: 0 },
    onlyUntrusted: true,
    message: 'untrusted',
  },
  {
    detection: 'LOAD-33',
    apis: `ctypes.CDLL ctypes.PyDLL ctypes.WinDLL ctypes.cdll.LoadLibrary numpy.ctypeslib.load_library
      tvm.runtime.load_module openvino.Core().add_extension openvino.runtime.Core().add_extension`,
    source: { parameter: 'name', position: 0 },
    onlyUntrusted: true,
    message: 'untrusted',
  },
  {
    detection: 'LOAD-34',
    apis: 'torch.utils.cpp_extension.load',
    source: { parameter: 'sources', position: 1 },
    onlyUntrusted: true,
    message: 'compiled',
  },
  {
    detection: 'LOAD-34',
    apis: 'torch.utils.cpp_extension.load_inline',
    source: { parameter: 'cpp_sources', position: 1 },
    onlyUntrusted: true,
    message: 'compiled',
  },
  {
    detection: 'LOAD-34',
    apis: 'numpy.f2py.compile',
    source: { parameter: 'source', position: 0 },
    onlyUntrusted: true,
    message: 'compiled',
  },
]);
