import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** A writer of pickles with what to write instead. */
export interface PickleWriter {
  readonly instead: string;
  /** Reported only when this argument is true. */
  readonly flag?: string;
}

const TABLES: PickleWriter = { instead: '`to_parquet`' };
const MODELS: PickleWriter = { instead: '`skops.io.dump` for scikit-learn models' };
const OBJECTS: PickleWriter = { instead: 'JSON for records, `safetensors` for weights' };

/** Writers of pickles. `numpy.save` pickles only arrays of objects, so only an explicit `allow_pickle=True` counts. */
export const PICKLE_WRITERS: ApiTable<PickleWriter> = apiTable<PickleWriter>(
  [
    ...['pickle.dump', 'dill.dump', 'cloudpickle.dump'].map((name) => [name, OBJECTS] as const),
    ['joblib.dump', MODELS],
    ['pandas.to_pickle', TABLES],
    ['numpy.save', { instead: '`allow_pickle=False`', flag: 'allow_pickle' }],
  ],
  { wrapped: false },
);

/** `DataFrame.to_pickle`: a method of objects that are rarely resolved, under a name that nothing else has. */
export const TO_PICKLE = 'to_pickle';
export const FRAME_WRITER = TABLES;

/** Calls that hand files on to others: the pickles of such a program reach people who trust its author. */
export const PUBLISHES =
  /\b(?:upload_file|upload_folder|upload_large_folder|push_to_hub|upload_file_to_hub|log_artifacts?|create_release|upload_blob|upload_fileobj|put_object)\s*\(/;

export const SAVES: ApiTable<true> = apiTable([['torch.save', true]], { wrapped: false });
export const LAMBDAS: ApiTable<true> = apiTable(
  [
    ['keras.layers.Lambda', true],
    ['keras.layers.core.Lambda', true],
  ],
  { wrapped: false },
);

/** Classes whose objects are modules of torch, and functions that return such objects; `()` for a call. */
export const MODULES =
  /^(?:torch\.nn\.(?:[A-Z]\w*|modules\.[\w.]+)|torchvision\.models\.[\w.]+|timm\.create_model|timm\.models\.create_model|transformers\.(?:[\w.]+\.)?from_pretrained|torch\.hub\.load|torch\.jit\.(?:script|trace))\(\)$/;
/** Base classes of modules in a project. */
export const MODULE_BASES =
  /^(?:torch\.nn\.(?:modules\.[\w.]*)?(?:Module|Sequential)|(?:pytorch_lightning|lightning(?:\.pytorch)?)\.(?:core\.\w+\.)?LightningModule|transformers\.(?:[\w.]+\.)?PreTrainedModel)$/;
