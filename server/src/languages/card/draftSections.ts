import type { CardFacts, ListedFile, NamedIn } from './facts.ts';

/** What is put into a section of a draft; the place for the rest is left below it unless the section is then complete. */
export interface DraftSection {
  readonly text: string;
  readonly complete?: true;
}

/** What stands under a heading: what is known, and the placeholder for the rest. */
export function sectionText(placeholder: string, known?: DraftSection): string {
  const rest = known?.complete ? '' : `${placeholder}\n`;
  return `${known ? `${known.text}\n${rest ? '\n' : ''}` : ''}${rest}`;
}

/** Sections of a model card that the workspace can say something about, by field. */
export function modelSections(facts: CardFacts): Readonly<Record<string, DraftSection>> {
  const { architecture, baseModels, datasets, libraries, metrics, weights } = facts;
  const design = [
    ...(architecture ? [`- **Architecture:** ${code(architecture)}`] : []),
    ...baseModels.map(({ id, path }) => `- **Base model:** ${code(id)} (named in ${code(path)})`),
  ];
  return {
    ...section('architecture', design),
    ...section('training-data', named(datasets)),
    ...section(
      'training-procedure',
      libraries.map(({ name, version }) => `- ${name} ${version}`),
    ),
    ...section('evaluation', table(['Metric', 'Value', 'Dataset', 'Stated in'], metrics.map(metricRow))),
    ...integrity(weights),
  };
}

/** Sections of a data card likewise. */
export function dataSections({ datasets, data }: CardFacts): Readonly<Record<string, DraftSection>> {
  const columns = data.flatMap(({ path, columns = [] }) => columns.map((column) => [code(path), code(column), TODO]));
  return {
    ...section('schema', table(['File', 'Field', 'Meaning'], columns)),
    ...section('sources', named(datasets)),
    ...integrity(data),
  };
}

const TODO = '[TODO: meaning]';

function section(id: string, lines: readonly string[]): Record<string, DraftSection> {
  return lines.length > 0 ? { [id]: { text: lines.join('\n') } } : {};
}

function integrity(files: readonly ListedFile[]): Record<string, DraftSection> {
  if (files.length === 0) return {};
  const text = table(
    ['File', 'Bytes', 'sha256'],
    files.map(({ path, size, sha256 }) => [code(path), String(size), sha256 ? code(sha256) : '[TODO: sha256]']),
  ).join('\n');
  return { integrity: { text, complete: true } };
}

function named(ids: readonly NamedIn[]): string[] {
  return ids.map(({ id, path }) => `- ${code(id)}, loaded in ${code(path)}`);
}

function metricRow({ name, value, dataset, path }: CardFacts['metrics'][number]): string[] {
  return [name, String(value), dataset ?? '[TODO: dataset]', code(path)];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)];
}

function escaped(cell: string): string {
  return cell.replace(/\|/g, '\\|').replace(/[\r\n]+/g, ' ');
}

function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, '')}\``;
}
