import type { ArtifactLocation, Location, Log, Notification, Result, Region as SarifRegion, Suppression } from 'sarif';
import type { Rule } from '../engine/rule.ts';
import { type LocatedFinding, type Place, type Region, type Report, reportedFindings } from './located.ts';
import { count, printable } from './printable.ts';
import { LEVELS, sentence, toDescriptor, toTaxonomies } from './sarifRules.ts';

/** The folder that all paths are relative to. No address is given for it, so that nothing in the file is absolute. */
const ROOT = '%SRCROOT%';

export interface SarifOptions {
  /**
   * Whether accepted findings are included. SARIF has a field that says so, which GitHub code scanning does not read: it
   * would show them as open alerts (github/codeql-action issue 1230).
   */
  readonly suppressed?: boolean;
}

/** The report as SARIF 2.1.0 text. Equal input gives equal output: there is no time in it. */
export function sarifReport(report: Report, options?: SarifOptions): string {
  return `${JSON.stringify(toSarif(report, options), null, 2)}\n`;
}

/** The report as one SARIF run. It quotes no source text: a finding may be about a secret. */
export function toSarif(
  { version, homepage, rules, shard, scan }: Report,
  { suppressed = true }: SarifOptions = {},
): Log {
  const taxonomies = toTaxonomies(rules);
  const found = reportedFindings(scan).filter(({ finding }) => suppressed || !finding.suppression);
  const skipped = scan.skipped.map(
    ({ path, reason }): Notification => ({
      level: 'warning',
      message: { text: sentence(printable(`Not checked: ${path} ${reason}`)) },
      locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    }),
  );
  const stopped: Notification = {
    level: 'error',
    message: { text: `Stopped after ${count(scan.files.length, 'file')}; the others were not checked.` },
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Guidelint',
            fullName: `Guidelint ${version}`,
            version,
            semanticVersion: version,
            language: 'en',
            ...(homepage && { informationUri: homepage }),
            shortDescription: { text: 'Checks AI projects against the published guidelines on AI security.' },
            supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
            rules: rules.map((rule) => toDescriptor(rule, taxonomies)),
          },
        },
        taxonomies,
        language: 'en',
        columnKind: 'utf16CodeUnits',
        defaultEncoding: 'utf-8',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The top folder of the project.' } } },
        invocations: [
          {
            executionSuccessful: !scan.partial,
            toolExecutionNotifications: [...(scan.partial ? [stopped] : []), ...skipped],
          },
        ],
        results: found.map((located) => toResult(located, rules)),
        ...(shard && { properties: { shard } }),
      },
    ],
  };
}

function toResult({ finding, place, related, fixes }: LocatedFinding, rules: readonly Rule[]): Result {
  const location = artifact(place.path);
  return {
    ruleId: finding.ruleId,
    ruleIndex: rules.findIndex(({ meta }) => meta.id === finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: sentence(printable(finding.message)) },
    locations: [toLocation(place)],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ message, ...other }, id) => ({
        id,
        ...toLocation(other),
        message: { text: sentence(printable(message)) },
      })),
    }),
    ...(fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: sentence(printable(title)) },
        artifactChanges: [
          {
            artifactLocation: location,
            replacements: edits.map(({ region, text }) => ({
              deletedRegion: toRegion(region),
              ...(text && { insertedContent: { text } }),
            })),
          },
        ],
      })),
    }),
    partialFingerprints: { 'guidelint/v1': finding.fingerprint },
    // SARIF 2.1.0, 3.27.23: either every result says whether it is suppressed, or none does.
    suppressions: suppressionsOf(finding),
    ...(finding.evidence.length > 0 && { properties: { evidence: finding.evidence } }),
  };
}

function suppressionsOf({ suppression }: LocatedFinding['finding']): Suppression[] {
  if (!suppression) return [];
  const { source, reason, until } = suppression;
  const justification = [reason, until && `(until ${until})`].filter(Boolean).join(' ');
  const kind = source === 'comment' ? 'inSource' : 'external';
  return [{ kind, status: 'accepted', ...(justification && { justification }) }];
}

function toLocation({ path, region, cell }: Place): Location {
  return {
    physicalLocation: { artifactLocation: artifact(path), region: toRegion(region) },
    ...(cell && {
      logicalLocations: [
        {
          name: `cell ${cell.number}`,
          kind: 'module',
          decoratedName: `cell ${cell.number}, line ${cell.region.startLine}, column ${cell.region.startColumn}`,
        },
      ],
    }),
  };
}

function toRegion({ startLine, startColumn, endLine, endColumn }: Region): SarifRegion {
  return { startLine, startColumn, endLine, endColumn };
}

function artifact(path: string): ArtifactLocation {
  return { uri: relativeUri(path), uriBaseId: ROOT };
}

/** A path as a relative reference (RFC 3986, 4.2): no `./`, and a colon is encoded, so that none reads as a scheme. */
export function relativeUri(path: string): string {
  // Windows allows half a surrogate pair in a name, of which there is no UTF-8.
  const wellFormed = path.replace(/\p{Surrogate}/gu, '\uFFFD');
  return wellFormed.split('/').map(encodeURIComponent).join('/');
}
