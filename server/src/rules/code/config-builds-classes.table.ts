import { type ApiTable, apiTable, type FlowQuery } from '../../languages/python/program.ts';

/**
 * Functions that build whatever class or function a configuration names. Sources: hydra 1.3 "Instantiating objects",
 * detectron2 "LazyConfig", MONAI bundle, mmengine registry, jsonargparse.
 */
export const BUILDERS: ApiTable<{ readonly parameter: string; readonly position: number }> = apiTable(
  [
    ['config', 0, 'hydra.utils.instantiate hydra.utils.call detectron2.config.instantiate'],
    ['path', 0, 'hydra.utils.get_class hydra.utils.get_method hydra.utils.get_object'],
    ['config', 0, 'monai.bundle.ConfigParser monai.bundle.config_parser.ConfigParser'],
    [
      'cfg',
      0,
      'mmengine.registry.build_from_cfg mmengine.registry.build_model_from_cfg mmengine.runner.Runner.from_cfg',
    ],
    ['cfg', 0, 'jsonargparse.ArgumentParser().instantiate_classes jsonargparse.ArgumentParser().instantiate'],
  ].flatMap(([parameter, position, names]) =>
    String(names)
      .split(/\s+/)
      .map((name) => [name, { parameter: String(parameter), position: Number(position) }] as const),
  ),
);

const list = (source: string, names: string): (readonly [string, string])[] =>
  names.split(/\s+/).map((name) => [name, source] as const);

/** Where a configuration comes from that came with a model, not with the program. */
export const FROM_MODELS: FlowQuery<string> = {
  sources: apiTable<string>([
    ...list(
      'a model hub',
      `huggingface_hub.hf_hub_download huggingface_hub.snapshot_download huggingface_hub.cached_download
      transformers.utils.cached_file transformers.utils.hub.cached_file modelscope.snapshot_download
      modelscope.hub.snapshot_download.snapshot_download`,
    ),
    ...list(
      'a download',
      `requests.** httpx.** urllib.request.urlopen urllib.request.urlretrieve wget.download gdown.download
      torch.hub.download_url_to_file mlflow.artifacts.download_artifacts`,
    ),
    ...list('a checkpoint', 'torch.load safetensors.safe_open'),
    ...list('an archive', 'tarfile.open tarfile.TarFile zipfile.ZipFile'),
  ]),
  passes: new Set(
    `omegaconf.OmegaConf.load omegaconf.OmegaConf.create omegaconf.OmegaConf.to_container omegaconf.OmegaConf.merge
    yaml.safe_load yaml.load yaml.full_load json.load json.loads tomllib.load open io.open os.path.join pathlib.Path
    detectron2.config.LazyConfig.load mmengine.config.Config.fromfile mmengine.Config.fromfile io.BytesIO`.split(/\s+/),
  ),
};
