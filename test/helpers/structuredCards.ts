/** Complete cards, one per structured format: every field that the format has a place for is filled. */
export interface CompleteCard {
  readonly path: string;
  readonly document: Readonly<Record<string, unknown>> | string;
  /** A document of the format that says nothing. */
  readonly bare: Readonly<Record<string, unknown>> | string;
  /** Fields whose deletion takes others with them, because they stand in one place. */
  readonly together?: Readonly<Record<string, readonly string[]>>;
}

const SHA256 = 'd7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592';
const SHA384 = '92e2f481146ed2d5df2d4968357bd8cb715e28e9b70b018b4264df9c895543a0ef34dacb2f353e4f0938b638f1edd0ef';

const bom = (component: Readonly<Record<string, unknown>>, rest = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  components: [component],
  ...rest,
});

const graph = (
  element: Readonly<Record<string, unknown>>,
  rest: readonly Readonly<Record<string, unknown>>[] = [],
) => ({
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [
    {
      type: 'CreationInfo',
      '@id': '_:info',
      specVersion: '3.0.1',
      created: '2026-01-31T00:00:00Z',
      createdBy: ['urn:x'],
    },
    { spdxId: 'urn:subject', creationInfo: '_:info', ...element },
    ...rest,
  ],
});

const relation = (relationshipType: string, ...to: readonly string[]) => ({
  type: 'Relationship',
  spdxId: `urn:relation-${relationshipType}`,
  creationInfo: '_:info',
  from: 'urn:subject',
  relationshipType,
  to,
});

export const COMPLETE: Readonly<Record<string, CompleteCard>> = {
  'CycloneDX, a model': {
    path: 'model.cdx.json',
    bare: bom({ type: 'machine-learning-model', modelCard: {} }),
    document: bom(
      {
        type: 'machine-learning-model',
        'bom-ref': 'toxi',
        name: 'toxi',
        version: '2.1.0',
        supplier: { name: 'Forum team', contact: [{ name: 'Safety desk' }] },
        licenses: [{ license: { id: 'Apache-2.0' } }],
        hashes: [{ alg: 'SHA-256', content: SHA256 }],
        pedigree: {
          ancestors: [{ type: 'machine-learning-model', name: 'distilbert-base at 12040acc' }],
        },
        releaseNotes: { type: 'minor', title: 'Dialects added', timestamp: '2026-01-31T00:00:00Z' },
        externalReferences: [
          { type: 'advisories', url: 'https://github.com/forum-team/toxi/security/advisories' },
          { type: 'pentest-report', url: 'https://github.com/forum-team/toxi/blob/4f3c2a1/red-team.md' },
          { type: 'documentation', url: 'https://github.com/forum-team/toxi' },
        ],
        components: [{ type: 'file', name: 'toxi.safetensors' }],
        modelCard: {
          modelParameters: {
            approach: { type: 'supervised' },
            architectureFamily: 'transformer, instruction-tuned',
            datasets: [
              { type: 'dataset', name: 'Forum archive of 2024', classification: 'personal data, names removed' },
            ],
            inputs: [{ format: 'English text up to 512 tokens' }],
          },
          quantitativeAnalysis: { performanceMetrics: [{ type: 'F1', value: '0.81' }] },
          considerations: {
            useCases: ['Moderators sort reported comments'],
            technicalLimitations: ['Irony is often taken for abuse'],
            ethicalConsiderations: [
              { name: 'Dialects are hidden too often', mitigationStrategy: 'A moderator looks at each comment' },
            ],
            fairnessAssessments: [{ groupAtRisk: 'Writers of dialect', mitigationStrategy: 'Threshold per dialect' }],
            environmentalConsiderations: { properties: [{ name: 'training', value: '12 kWh' }] },
          },
        },
      },
      { dependencies: [{ ref: 'toxi', dependsOn: ['pkg:pypi/transformers@4.57.0'] }] },
    ),
    together: {
      'training-data': ['privacy'],
      lifecycle: ['release-date'],
    },
  },
  'CycloneDX, data': {
    path: 'data.cdx.json',
    bare: bom({ type: 'data', data: [{ type: 'dataset' }] }),
    document: bom({
      type: 'data',
      name: 'Forum archive',
      version: '2024.1',
      description: 'Short texts to try filters on, for download.',
      supplier: { name: 'Forum team', contact: [{ name: 'Safety desk' }] },
      licenses: [{ expression: 'CC-BY-4.0' }],
      hashes: [{ alg: 'SHA-256', content: SHA256 }],
      pedigree: { ancestors: [{ type: 'data', name: 'Raw dump of the forum' }] },
      releaseNotes: { type: 'initial', timestamp: '2026-01-31T00:00:00Z' },
      externalReferences: [
        { type: 'distribution', url: 'https://github.com/forum-team/archive/releases/download/1/posts.csv' },
        { type: 'documentation', url: 'https://github.com/forum-team/archive' },
      ],
      data: [
        {
          type: 'dataset',
          contents: { url: 'https://forum.dev/dump' },
          classification: 'personal data, names removed',
        },
      ],
    }),
    together: { sources: ['access', 'lineage', 'schema'], schema: [], lineage: [] },
  },
  'SPDX 3, a model': {
    path: 'model.spdx.json',
    bare: graph({ type: 'ai_AIPackage', software_primaryPurpose: 'model', software_downloadLocation: 'urn:x' }),
    document: graph(
      {
        type: 'ai_AIPackage',
        name: 'toxi',
        software_packageVersion: '2.1.0',
        software_primaryPurpose: 'model',
        software_downloadLocation: 'https://github.com/forum-team/toxi/releases/download/2/toxi.safetensors',
        releaseTime: '2026-01-31T00:00:00Z',
        suppliedBy: 'urn:forum-team',
        verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: SHA256 }],
        externalRef: [{ type: 'ExternalRef', locator: ['https://arxiv.org/abs/1910.01108'] }],
        ai_typeOfModel: ['transformer, instruction-tuned'],
        ai_informationAboutApplication: 'Moderators sort reported comments',
        ai_limitation: 'Irony is often taken for abuse',
        ai_safetyRiskAssessment: 'low',
        ai_autonomyType: 'no',
        ai_modelDataPreprocessing: ['names removed'],
        ai_useSensitivePersonalInformation: 'no',
        ai_hyperparameter: [{ type: 'DictionaryEntry', key: 'epochs', value: '3' }],
        ai_energyConsumption: { type: 'ai_EnergyConsumption', ai_energyQuantity: '12' },
        ai_metric: [{ type: 'DictionaryEntry', key: 'F1', value: '0.81' }],
      },
      [
        relation('hasDeclaredLicense', 'urn:license'),
        relation('descendantOf', 'urn:distilbert'),
        relation('trainedOn', 'urn:archive'),
        relation('testedOn', 'urn:holdout'),
        relation('dependsOn', 'urn:transformers'),
        relation('contains', 'urn:file'),
        {
          type: 'simplelicensing_LicenseExpression',
          spdxId: 'urn:license',
          simplelicensing_licenseExpression: 'Apache-2.0',
        },
      ],
    ),
    together: { 'base-model': ['training-data'] },
  },
  'SPDX 3, data': {
    path: 'data.spdx.json',
    bare: graph({ type: 'dataset_DatasetPackage', software_primaryPurpose: 'data', dataset_datasetType: [''] }),
    document: graph(
      {
        type: 'dataset_DatasetPackage',
        name: 'Forum archive',
        description: 'Short texts to try filters on.',
        software_packageVersion: '2024.1',
        software_primaryPurpose: 'data',
        software_downloadLocation: 'https://github.com/forum-team/archive/releases/download/1/posts.csv',
        releaseTime: '2026-01-31T00:00:00Z',
        builtTime: '2025-12-31T00:00:00Z',
        originatedBy: ['urn:forum-team'],
        verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: SHA256 }],
        externalRef: [{ type: 'ExternalRef', locator: ['https://github.com/forum-team/archive'] }],
        dataset_dataCollectionProcess: 'Downloaded once through the interface of the forum',
        dataset_dataPreprocessing: ['names removed'],
        dataset_datasetNoise: 'Duplicates were removed by hash',
        dataset_datasetType: ['text, synthetic'],
        dataset_datasetSize: 120_000,
        dataset_hasSensitivePersonalInformation: 'no',
        dataset_knownBias: ['Young men write most, also in the synthetic part'],
        dataset_intendedUse: 'Training of filters for comments',
        dataset_datasetUpdateMechanism: 'none is planned',
        dataset_datasetAvailability: 'directDownload',
      },
      [relation('hasDeclaredLicense', 'urn:license'), relation('descendantOf', 'urn:dump')],
    ),
  },
  Croissant: {
    path: 'croissant.json',
    bare: {
      '@context': { cr: 'http://mlcommons.org/croissant/', rai: 'http://mlcommons.org/croissant/RAI/' },
      '@type': 'sc:Dataset',
      'dct:conformsTo': 'http://mlcommons.org/croissant/1.0',
    },
    document: {
      '@context': { cr: 'http://mlcommons.org/croissant/', rai: 'http://mlcommons.org/croissant/RAI/', md5: 'sc:md5' },
      '@type': 'sc:Dataset',
      'dct:conformsTo': 'http://mlcommons.org/croissant/1.0',
      name: 'forum',
      version: '2024.1.0',
      datePublished: '2026-01-31',
      creator: { '@type': 'sc:Organization', name: 'Forum team', email: 'data@forum.dev' },
      license: 'https://creativecommons.org/licenses/by/4.0/',
      description: 'Short texts to try filters on.',
      inLanguage: 'en',
      url: 'https://forum.dev/archive',
      citeAs: 'Forum team (2026)',
      isLiveDataset: false,
      isBasedOn: 'https://forum.dev/dump',
      'rai:dataUseCases': 'Training of filters for comments',
      'rai:dataCollectionTimeframe': '2024-01-01/2024-12-31',
      'rai:dataCollection': 'Downloaded once through the interface of the forum',
      'rai:dataPreprocessingProtocol': 'Names were removed',
      'rai:machineAnnotationTools': 'a language model rewrote a tenth',
      'rai:dataAnnotationProtocol': 'Two people per post',
      'rai:annotatorDemographics': 'Five members of the team, paid',
      'rai:dataCollectionMissingData': 'Deleted posts are missing',
      'rai:personalSensitiveInformation': 'none after names were removed',
      'rai:dataSocialImpact': 'Members agreed when they signed up',
      'rai:dataBiases': 'Young men write most, also in the synthetic part',
      'rai:dataLimitations': 'No posts before 2019',
      'rai:dataReleaseMaintenancePlan': 'Kept for three years',
      distribution: [
        {
          '@type': 'cr:FileObject',
          name: 'posts.csv',
          contentUrl: 'https://forum.dev/posts.csv',
          contentSize: '12 MB',
          sha256: SHA256,
        },
      ],
      recordSet: [
        { '@type': 'cr:RecordSet', name: 'splits', dataType: 'cr:Split', field: [{ name: 'split' }] },
        { '@type': 'cr:RecordSet', name: 'posts', field: [{ name: 'text', dataType: 'sc:Text' }] },
      ],
    },
    together: { owner: ['contact'], maintenance: ['retention'], access: ['size', 'integrity'], schema: ['splits'] },
  },
  'Model Card Toolkit': {
    path: 'model_card.json',
    bare: { model_details: {}, considerations: {} },
    document: {
      model_details: {
        name: 'toxi',
        version: { name: '2.1.0', date: '2026-01-31', diff: 'Dialects were added' },
        owners: [{ name: 'Forum team', contact: 'safety@forum.dev' }],
        licenses: [{ identifier: 'Apache-2.0' }],
        references: [{ reference: 'https://arxiv.org/abs/1910.01108' }],
        path: 'toxi.safetensors',
      },
      model_parameters: {
        model_architecture: 'transformer',
        data: [{ name: 'Forum archive of 2024', sensitive: { sensitive_data: ['names were removed'] } }],
        input_format: 'English text up to 512 tokens',
      },
      quantitative_analysis: { performance_metrics: [{ type: 'F1', value: '0.81' }] },
      considerations: {
        use_cases: [{ description: 'Moderators sort reported comments' }],
        limitations: [{ description: 'Irony is often taken for abuse' }],
        ethical_considerations: [
          { name: 'Dialects are hidden too often', mitigation_strategy: 'A moderator looks at each comment' },
        ],
      },
    },
  },
  'Mitchell et al.': {
    path: 'modelcards/toxi.json',
    bare: { model_details: {}, intended_use: {} },
    document: {
      display_name: 'toxi',
      model_usage: { archive_file: 'toxi.tar.gz', install_instructions: 'pip install toxi==2.1.0' },
      model_details: {
        developed_by: 'Forum team',
        date: '2026-01-31',
        version: '2.1.0',
        model_type: 'transformer',
        paper: 'https://arxiv.org/abs/1910.01108',
        license: 'Apache-2.0',
        contact: 'safety@forum.dev',
      },
      intended_use: {
        primary_uses: 'Moderators sort reported comments',
        out_of_scope_use_cases: 'Deleting comments without a person',
      },
      metrics: { model_performance_measures: 'F1 of 0.81' },
      evaluation_data: { dataset: 'Posts of January 2025' },
      training_data: { dataset: 'Forum archive of 2024', preprocessing: 'Names were removed' },
      model_caveats_and_recommendations: { caveats_and_recommendations: 'Irony is often taken for abuse' },
      model_ethical_considerations: { ethical_considerations: 'Dialects are hidden too often' },
    },
  },
  MONAI: {
    path: 'configs/metadata.json',
    bare: { monai_version: '', network_data_format: {} },
    document: {
      name: 'Spleen segmentation',
      version: '0.5.2',
      changelog: { '0.5.2': 'Retrained' },
      monai_version: '1.4.0',
      pytorch_version: '2.4.0',
      authors: 'Radiology team',
      data_source: 'https://medicaldecathlon.com/',
      eval_metrics: { mean_dice: 0.96 },
      intended_use: 'Research on segmentation, not for diagnosis',
      references: ['https://arxiv.org/abs/1811.12506'],
      network_data_format: { inputs: { image: { type: 'image', format: 'hounsfield' } } },
    },
  },
  'Open Model Zoo': {
    path: 'public/toxi/model.yml',
    bare: 'task_type: classification\nfiles:\n  - checksum: ""\n    source: ""\n',
    document: {
      description: 'Classifier of comments',
      task_type: 'classification',
      files: [{ name: 'toxi.onnx', size: 1200, checksum: SHA384, source: 'https://forum.dev/toxi.onnx' }],
      input_info: [{ name: 'text', shape: [1, 512] }],
      framework: 'onnx',
      license: 'https://forum.dev/LICENSE',
    },
    together: { files: [] },
  },
  'Kaggle, data': {
    path: 'dataset-metadata.json',
    bare: { id: '', title: '', licenses: [] },
    document: {
      id: 'forum-team/archive',
      title: 'Forum archive',
      licenses: [{ name: 'CC-BY-4.0' }],
      description: 'Short texts to try filters on.',
      userSpecifiedSources: 'https://forum.dev',
      expectedUpdateFrequency: 'never',
    },
  },
  'Kaggle, a model': {
    path: 'model-metadata.json',
    bare: { ownerSlug: '', slug: '' },
    document: { ownerSlug: 'forum-team', title: 'toxi', slug: '' },
  },
  'Data Package': {
    path: 'datapackage.json',
    bare: { resources: [] },
    document: {
      title: 'Forum archive',
      version: '2024.1',
      created: '2026-01-31',
      licenses: [{ name: 'CC-BY-4.0' }],
      description: 'Short texts to try filters on.',
      contributors: [{ title: 'Forum team', email: 'data@forum.dev' }],
      sources: [{ title: 'Forum', path: 'https://forum.dev' }],
      resources: [
        {
          name: 'posts',
          path: 'posts.csv',
          bytes: 1200,
          hash: `sha256:${SHA256}`,
          schema: { fields: [{ name: 'text' }] },
        },
      ],
    },
    together: { owner: ['contact'] },
  },
  MLflow: {
    path: 'model/MLmodel',
    bare: 'flavors: {}\n',
    document: {
      model_uuid: '0d1c2b3a',
      mlflow_version: '3.4.0',
      utc_time_created: '2026-01-31 10:00:00.000000',
      flavors: { onnx: { data: 'model.onnx' } },
      signature: { inputs: '[{"type": "string"}]' },
    },
  },
};
