import type { TreeNode } from '../../tree.ts';
import { at, type CardFormat, entryOf, or, type Subject } from './format.ts';

/**
 * Croissant 0.8 to 1.1 with its Responsible AI and provenance vocabularies. Older files write schema.org's own terms with a
 * prefix.
 */
export const croissant: CardFormat = {
  id: 'croissant',
  title: 'Croissant',
  names: /(?:croissant|metadata)[^/]*\.json(?:ld)?$|\.jsonld$|(?:^|\/)croissant\/(?:[^/]+\/)*[^/]+\.json$/i,
  marks: [
    /mlcommons\.org\/croissant|"(?:sc|schema):Dataset"/,
    /"(?:cr:|ml:)?(?:recordSet|distribution|conformsTo|dct:conformsTo)"/,
  ],
  prefix: /^(?:sc|schema|cr|ml|dct):/,
  subject,
  prose: ['description'],
  data: {
    name: at('name', 'alternateName'),
    version: or(at('version', 'sdVersion'), 'version', '$'),
    'release-date': at('datePublished', 'dateModified', 'dateCreated'),
    owner: or(at('creator', 'publisher', 'maintainer', 'author'), 'creator', { '@type': 'sc:Organization', name: '$' }),
    contact: or(
      at(
        'maintainer.email',
        'creator.email',
        'publisher.email',
        'contactPoint',
        'maintainer.url',
        'creator.url',
        'publisher.url',
      ),
      'maintainer',
      { '@type': 'sc:Organization', email: '$' },
    ),
    license: or(at('license', 'sdLicense'), 'license', '$'),
    description: or(at('description'), 'description', '$'),
    language: at('inLanguage'),
    'intended-use': or(at('rai:dataUseCases'), 'rai:dataUseCases', '$'),
    schema: at('recordSet.field', 'recordSet.recordSet', 'recordSet'),
    size: at('distribution.contentSize'),
    splits: at(
      'recordSet[dataType=cr:Split|http://mlcommons.org/croissant/Split|https://mlcommons.org/croissant/Split]',
    ),
    sources: at('url', 'sameAs', 'distribution.contentUrl', 'prov:wasDerivedFrom'),
    acquired: or(
      at('rai:dataCollectionTimeframe', 'temporalCoverage', 'prov:endedAtTime'),
      'rai:dataCollectionTimeframe',
      '$',
    ),
    collection: or(at('rai:dataCollection', 'rai:dataCollectionType'), 'rai:dataCollection', '$'),
    lineage: at('prov:wasDerivedFrom', 'isBasedOn'),
    preprocessing: or(
      at('rai:dataPreprocessingProtocol', 'rai:dataManipulationProtocol', 'rai:dataImputationProtocol'),
      'rai:dataPreprocessingProtocol',
      '$',
    ),
    synthetic: at('rai:machineAnnotationTools', 'rai:hasSyntheticData'),
    annotation: or(
      at(
        'rai:dataAnnotationProtocol',
        'rai:dataAnnotationPlatform',
        'rai:dataAnnotationAnalysis',
        'rai:annotationsPerItem',
      ),
      'rai:dataAnnotationProtocol',
      '$',
    ),
    annotators: or(at('rai:annotatorDemographics'), 'rai:annotatorDemographics', '$'),
    quality: or(at('rai:dataCollectionMissingData'), 'rai:dataCollectionMissingData', '$'),
    'personal-data': or(at('rai:personalSensitiveInformation'), 'rai:personalSensitiveInformation', '$'),
    consent: or(at('rai:dataSocialImpact'), 'rai:dataSocialImpact', '$'),
    bias: or(at('rai:dataBiases'), 'rai:dataBiases', '$'),
    limitations: or(at('rai:dataLimitations'), 'rai:dataLimitations', '$'),
    access: at('distribution'),
    integrity: at('distribution.sha256', 'distribution.md5'),
    retention: or(at('rai:dataReleaseMaintenancePlan'), 'rai:dataReleaseMaintenancePlan', '$'),
    maintenance: or(at('rai:dataReleaseMaintenancePlan', 'isLiveDataset'), 'rai:dataReleaseMaintenancePlan', '$'),
    citation: or(at('citeAs', 'citation'), 'citeAs', '$'),
  },
};

/** schema.org's `Dataset` has data sets of every trade; those for machine learning name Croissant or its parts. */
function subject(root: TreeNode): Subject | undefined {
  const keys = root.entries.map(({ key }) => key.replace(/^(?:sc|schema|cr|ml|dct):/, ''));
  const type = entryOf(root, '@type')?.node.text ?? '';
  const named = [...textsBelow(entryOf(root, '@context')?.node, 0), ...conforms(root)];
  const isCroissant = named.some((text) => /mlcommons\.org\/(?:croissant|schema)/.test(text));
  const hasParts = keys.includes('distribution') && keys.includes('recordSet');
  if (!/(?:^|[:/])Dataset$/.test(type) || !(isCroissant || hasParts)) return undefined;
  return { type: 'data', node: root };
}

function conforms(root: TreeNode): string[] {
  return textsBelow(root.entries.find(({ key }) => /(?:^|:)conformsTo$/.test(key))?.node, 0);
}

function textsBelow(node: TreeNode | undefined, depth: number): string[] {
  if (!node || depth > 3) return [];
  if (node.kind === 'scalar') return [node.text];
  return [...node.items, ...node.entries.map((entry) => entry.node)].flatMap((child) => textsBelow(child, depth + 1));
}
