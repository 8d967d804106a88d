import { ComponentType, ExternalReferenceType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import { Bom, Component, ExternalReference, NamedLicense, SpdxLicense } from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import { PackageURL } from 'packageurl-js';
import type { CardFacts, ListedFile } from '../languages/card/facts.ts';
import { spdxId } from '../languages/card/licenses.ts';
import { type CardWords, modelCardOf } from './bomModelCard.ts';

export interface BomOptions {
  /** Version of Guidelint. */
  readonly version: string;
  /** ISO time; left out, the document holds no time, so that equal workspaces give equal documents. */
  readonly timestamp?: string;
  /** `urn:uuid:…`; left out likewise. */
  readonly serialNumber?: string;
}

const NORMALIZE = new Json.Normalize.Factory(Spec1dot6);
/** Lists that the library keeps as sets come in one order. */
const SORTED = { sortLists: true };
type NormalComponent = NonNullable<ReturnType<ReturnType<typeof NORMALIZE.makeForComponent>['normalize']>>;

/**
 * An AI-BOM of a model: CycloneDX 1.6 as JSON, with its files and their digests, its base models, datasets and libraries.
 * What is not known and has a place in the format is a marked placeholder.
 */
export function aiBom(facts: CardFacts, words: CardWords, options: BomOptions): string {
  const model = new Component(ComponentType.MachineLearningModel, facts.name ?? '[TODO: model name]', {
    bomRef: 'model',
  });
  if (facts.license) model.licenses.add(licenseOf(facts.license));
  const files = facts.weights.map(fileOf);
  const datasets = facts.datasets.map(({ id }) => datasetOf(id));
  const libraries = facts.libraries.map(({ name, version }) => libraryOf(name, version));
  const parts = [...files, ...datasets, ...libraries];
  const bom = new Bom();
  bom.metadata.component = model;
  bom.metadata.tools.components.add(
    new Component(ComponentType.Application, 'Guidelint', { version: options.version }),
  );
  for (const part of parts) {
    // Files are what the model consists of, the others what it was made from.
    (files.includes(part) ? model : bom).components.add(part);
    model.dependencies.add(part.bomRef);
  }
  if (options.timestamp) bom.metadata.timestamp = new Date(options.timestamp);
  if (options.serialNumber) bom.serialNumber = options.serialNumber;
  const normal = NORMALIZE.makeForBom().normalize(bom, SORTED);
  // The library's models end before `pedigree` and `modelCard`.
  const component = normal.metadata?.component;
  if (component) {
    const ancestors = facts.baseModels.flatMap(
      ({ id }) => NORMALIZE.makeForComponent().normalize(baseOf(id), SORTED) ?? [],
    );
    Object.assign(component, {
      ...(ancestors.length > 0 && { pedigree: { ancestors } satisfies Pedigree }),
      modelCard: modelCardOf(
        facts,
        words,
        datasets.map(({ bomRef }) => bomRef.value ?? ''),
      ),
    });
  }
  return `${JSON.stringify(normal, null, 2)}\n`;
}

interface Pedigree {
  readonly ancestors: readonly NormalComponent[];
}

function licenseOf(id: string): SpdxLicense | NamedLicense {
  const spdx = spdxId(id);
  return spdx ? new SpdxLicense(spdx) : new NamedLicense(id);
}

function fileOf({ path, sha256 }: ListedFile): Component {
  const file = new Component(ComponentType.File, path, { bomRef: `file:${path}` });
  if (sha256) file.hashes.set(HashAlgorithm['SHA-256'], sha256);
  return file;
}

function datasetOf(id: string): Component {
  const dataset = new Component(ComponentType.Data, id, { bomRef: `data:${id}` });
  const address = `https://huggingface.co/datasets/${id}`;
  dataset.externalReferences.add(new ExternalReference(address, ExternalReferenceType.Distribution));
  return dataset;
}

function libraryOf(name: string, version: string): Component {
  const purl = new PackageURL('pypi', undefined, name, version).toString();
  return new Component(ComponentType.Library, name, { version, purl, bomRef: purl });
}

function baseOf(id: string): Component {
  const [owner, name = owner] = id.includes('/') ? id.split('/') : [undefined, id];
  const purl = new PackageURL('huggingface', owner, name ?? id).toString();
  return new Component(ComponentType.MachineLearningModel, name ?? id, { ...(owner && { group: owner }), purl });
}
