import type { TreeEntry, TreeNode } from '../../tree.ts';
import { at, type CardFormat, entryOf, or, type Subject, textAt } from './format.ts';

/** Elements of the graph that are looked at. */
const MAX_ELEMENTS = 20_000;

/**
 * SPDX 3 in JSON-LD with its AI or Dataset profile. What other elements say of the package (its licence, what it was trained
 * on) is read as if it stood in the package itself, under the name of the relationship.
 */
export const spdx: CardFormat = {
  id: 'spdx',
  title: 'SPDX 3',
  names: /(?:spdx|bom)[^/]*\.(?:json|jsonld)$|\.jsonld$|(?:^|\/)spdx[^/]*\/[^/]+\.json$/i,
  marks: [/spdx\.org\/rdf\/3|"spdxId"/, /"(?:ai_AIPackage|dataset_DatasetPackage)"/],
  subject,
  prose: ['description', 'summary', 'comment'],
  licenseIds: [
    'hasDeclaredLicense.simplelicensing_licenseExpression',
    'hasConcludedLicense.simplelicensing_licenseExpression',
  ],
  model: {
    name: at('name'),
    version: or(at('software_packageVersion'), 'software_packageVersion', '$'),
    'release-date': at('releaseTime'),
    owner: at('suppliedBy', 'originatedBy'),
    license: at('hasDeclaredLicense', 'hasConcludedLicense'),
    'base-model': at('descendantOf', 'ancestorOf', 'trainedOn'),
    architecture: or(at('ai_typeOfModel'), 'ai_typeOfModel', ['$']),
    'intended-use': or(at('ai_informationAboutApplication', 'ai_domain'), 'ai_informationAboutApplication', '$'),
    limitations: or(at('ai_limitation'), 'ai_limitation', '$'),
    'failure-modes': at('ai_safetyRiskAssessment'),
    oversight: at('ai_autonomyType'),
    'training-data': or(at('trainedOn', 'ai_informationAboutTraining'), 'ai_informationAboutTraining', '$'),
    preprocessing: or(at('ai_modelDataPreprocessing'), 'ai_modelDataPreprocessing', ['$']),
    privacy: at('ai_useSensitivePersonalInformation'),
    'training-procedure': at('ai_hyperparameter', 'ai_informationAboutTraining'),
    compute: at('ai_energyConsumption'),
    software: at('dependsOn'),
    evaluation: at('ai_metric', 'ai_metricDecisionThreshold'),
    'evaluation-data': at('testedOn'),
    files: at('contains', 'hasDistributionArtifact'),
    integrity: at('verifiedUsing', 'contains.verifiedUsing', 'hasDistributionArtifact.verifiedUsing'),
    citation: at('software_homePage', 'externalRef', 'software_sourceInfo', 'hasDocumentation'),
  },
  data: {
    name: at('name'),
    version: or(at('software_packageVersion'), 'software_packageVersion', '$'),
    'release-date': at('releaseTime'),
    owner: at('originatedBy', 'suppliedBy'),
    license: at('hasDeclaredLicense', 'hasConcludedLicense'),
    description: or(at('description', 'summary'), 'description', '$'),
    sources: at('software_downloadLocation', 'software_sourceInfo'),
    acquired: at('builtTime'),
    collection: or(at('dataset_dataCollectionProcess'), 'dataset_dataCollectionProcess', '$'),
    lineage: at('descendantOf', 'generates'),
    preprocessing: or(at('dataset_dataPreprocessing'), 'dataset_dataPreprocessing', ['$']),
    quality: or(at('dataset_datasetNoise'), 'dataset_datasetNoise', '$'),
    synthetic: at('dataset_datasetType'),
    size: at('dataset_datasetSize'),
    'personal-data': at(
      'dataset_hasSensitivePersonalInformation',
      'dataset_anonymizationMethodUsed',
      'dataset_confidentialityLevel',
    ),
    bias: or(at('dataset_knownBias'), 'dataset_knownBias', ['$']),
    'intended-use': or(at('dataset_intendedUse'), 'dataset_intendedUse', '$'),
    maintenance: or(at('dataset_datasetUpdateMechanism'), 'dataset_datasetUpdateMechanism', '$'),
    integrity: at('verifiedUsing', 'contains.verifiedUsing', 'hasDistributionArtifact.verifiedUsing'),
    access: at('dataset_datasetAvailability'),
    citation: at('software_homePage', 'externalRef', 'hasDocumentation'),
  },
};

function subject(root: TreeNode): Subject | undefined {
  const graph = (entryOf(root, '@graph')?.node.items ?? [root]).slice(0, MAX_ELEMENTS);
  const typed = (type: string) => graph.find((node) => textAt(node, 'type') === type || textAt(node, '@type') === type);
  const model = typed('ai_AIPackage');
  const node = model ?? typed('dataset_DatasetPackage');
  if (!node) return undefined;
  const type = model ? 'model' : 'data';
  return { type, node: { ...node, entries: [...node.entries, ...relations(graph, idOf(node))] } };
}

function idOf(node: TreeNode): string {
  return textAt(node, 'spdxId') || textAt(node, '@id');
}

/** Relationships from an element, with the elements they lead to in place of their ids. */
function relations(graph: readonly TreeNode[], id: string): TreeEntry[] {
  if (!id) return [];
  const byId = new Map(graph.map((node) => [idOf(node), node]));
  return graph.flatMap((node): TreeEntry[] => {
    const name = entryOf(node, 'relationshipType');
    const to = entryOf(node, 'to');
    if (!name || !to || textAt(node, 'from') !== id) return [];
    const targets = to.node.kind === 'list' ? to.node.items : [to.node];
    const items = targets.map((target) => byId.get(target.text) ?? target);
    return [{ key: name.node.text, keySpan: name.node.span, node: { ...to.node, kind: 'list', items } }];
  });
}
