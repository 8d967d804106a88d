import { type KeyHelp, keyAtPath } from '../keys.ts';
import type { OpenElement, XmlCursor } from '../xmlCursor.ts';
import { isXmlItem } from './formats/cyclonedxXml.ts';

/** Elements in an element, in the order that the schema demands. Source: `bom-1.6.xsd` of the CycloneDX specification. */
const CHILDREN: Readonly<Record<string, string>> = {
  component:
    'supplier manufacturer authors author publisher group name version description scope hashes licenses copyright cpe purl pedigree externalReferences properties components releaseNotes modelCard data',
  licenses: 'license expression',
  license: 'id name text url',
  modelCard: 'modelParameters quantitativeAnalysis considerations properties',
  modelParameters: 'approach task architectureFamily modelArchitecture datasets inputs outputs',
  approach: 'type',
  datasets: 'dataset ref',
  dataset: 'type name contents classification sensitiveData graphics description governance',
  data: 'type name contents classification sensitiveData graphics description governance',
  contents: 'attachment url properties',
  governance: 'custodians stewards owners',
  custodians: 'custodian',
  stewards: 'steward',
  owners: 'owner',
  inputs: 'input',
  outputs: 'output',
  input: 'format',
  output: 'format',
  quantitativeAnalysis: 'performanceMetrics graphics',
  performanceMetrics: 'performanceMetric',
  performanceMetric: 'type value slice confidenceInterval',
  confidenceInterval: 'lowerBound upperBound',
  considerations:
    'users useCases technicalLimitations performanceTradeoffs ethicalConsiderations environmentalConsiderations fairnessAssessments',
  users: 'user',
  useCases: 'useCase',
  technicalLimitations: 'technicalLimitation',
  performanceTradeoffs: 'performanceTradeoff',
  ethicalConsiderations: 'ethicalConsideration',
  ethicalConsideration: 'name mitigationStrategy',
  environmentalConsiderations: 'energyConsumptions properties',
  energyConsumptions: 'energyConsumption',
  energyConsumption: 'activity energyProviders activityEnergyCost co2CostEquivalent co2CostOffset properties',
  energyProviders: 'description organization energySource energyProvided externalReferences',
  fairnessAssessments: 'fairnessAssessment',
  fairnessAssessment: 'groupAtRisk benefits harms mitigationStrategy',
};

/** Which may stand more than once beside each other: what lists hold, and these. */
const REPEATED = new Set(['sensitiveData', 'energyProviders', 'data', 'dataset', 'ref']);

/** Elements that fit at a place: in the order of the schema, and none that is there already. */
export function elementsAt({ path, before, after }: XmlCursor): readonly string[] {
  const around = path.at(-1);
  const names = (around && isOfModel(path) && CHILDREN[around.name]?.split(' ')) || [];
  const isList = around !== undefined && names.length > 0 && names.every((name) => isXmlItem(around.name, name));
  if (isList || around?.name === 'datasets') return names;
  const rank = (name: string) => names.indexOf(name);
  const from = Math.max(-1, ...before.map(rank));
  const until = Math.min(names.length, ...after.map(rank).filter((index) => index !== -1));
  return names.filter((name, index) => {
    const again = REPEATED.has(name);
    return (again ? index >= from : index > from) && (again ? index <= until : index < until);
  });
}

/** What an element means, by the table that the JSON form is read by. @param table of the keys of a component. */
export function elementHelp(
  table: readonly KeyHelp[],
  path: readonly OpenElement[],
  name: string,
): KeyHelp | undefined {
  const inside = [...path.map((each) => each.name), name];
  const from = inside.lastIndexOf('component') + 1;
  const steps = inside.slice(from).filter((step, index, all) => index === 0 || !isXmlItem(all[index - 1] ?? '', step));
  return isOfModel(path) && steps.length > 0 ? keyAtPath(table, steps) : undefined;
}

/** A BOM lists libraries too, of which no card is asked for. */
function isOfModel(path: readonly OpenElement[]): boolean {
  const component = path.findLast(({ name }) => name === 'component');
  return component !== undefined && /\btype\s{0,5}=\s{0,5}["'](?:machine-learning-model|data)["']/.test(component.tag);
}
