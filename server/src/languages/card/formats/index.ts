import { croissant } from './croissant.ts';
import { cyclonedx } from './cyclonedx.ts';
import type { CardFormat } from './format.ts';
import { mitchell, modelCardToolkit } from './modelCardJson.ts';
import { datapackage, mlflow } from './packages.ts';
import { spdx } from './spdx.ts';
import { kaggleDataset, kaggleModel, monai, openModelZoo } from './zoos.ts';

export type { CardFormat, FieldRow, Place, Subject } from './format.ts';

/** Formats of structured cards, in the order in which a document is held against them; the first that fits counts. */
export const FORMATS: readonly CardFormat[] = [
  cyclonedx,
  spdx,
  croissant,
  modelCardToolkit,
  mitchell,
  monai,
  openModelZoo,
  kaggleDataset,
  kaggleModel,
  datapackage,
  mlflow,
];
