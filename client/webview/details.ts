// What opening a row shows: what its status means, its evidence, the same gap elsewhere, and its findings in portions.
import type { Severity } from '../../server/src/engine/finding.ts';
import { STATUS_WORDS } from '../../server/src/reports/statusWords.ts';
import type {
  SummaryEvidence,
  SummaryFinding,
  SummaryItem,
  SummarySort,
} from '../../server/src/reports/summaryData.ts';
import { button, count, data, element, findingsOf, icon, type Row, rowOf, withCode } from './page.ts';

/** So many findings become elements at once; more on request. */
const CHUNK = 100;
const SEVERITY: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' };

/** Fills the place below a row, once. */
export function fillDetails({ body, item }: Row): void {
  const cell = body.querySelector<HTMLElement>('.detail td:last-child');
  if (!cell || cell.firstChild) return;
  const { id, status, level, phase, roles, rules, files, open, suppressed } = item;
  const facts = [level, phase, roles.join(', ')].filter(Boolean).join(' · ');
  cell.append(element('p', {}, STATUS_WORDS[status].meaning));
  if (facts) cell.append(element('p', { class: 'muted' }, facts));
  if (rules.length > 0) {
    const list = rules.flatMap((rule, at) => [
      element('span', { class: 'keep' }, button(rule, { 'data-page': rule }), at < rules.length - 1 ? ',' : ''),
      ' ',
    ]);
    const words =
      files > 0
        ? ['Looked for by ', ...list, `in ${count(files, 'file')}.`]
        : ['Rules that would look for it: ', ...list];
    cell.append(element('p', { class: 'muted' }, ...words));
  }
  cell.append(
    element(
      'p',
      { class: 'actions' },
      button('Open the guideline', { 'data-page': id }, 'secondary'),
      item.evidence[0]
        ? button('Edit evidence', { 'data-evidence-at': `${id} 0` }, 'secondary')
        : button('Add evidence…', { 'data-evidence': id }, 'secondary'),
    ),
  );
  if (item.evidence.length > 0) cell.append(element('h4', {}, 'Evidence'), evidenceList(item));
  const elsewhere = crosswalk(item);
  if (elsewhere.length > 0) {
    cell.append(element('h4', {}, open > 0 ? 'The same gap elsewhere' : 'Elsewhere on the same'), askers(elsewhere));
  }
  if (open + suppressed > 0) {
    const list = element('ul', { class: 'findings', 'aria-label': `Findings for ${item.citation}` });
    cell.append(element('h4', {}, 'Findings'), list);
    showMore(list, id);
  }
}

function evidenceList({ id, evidence }: SummaryItem): HTMLElement {
  return element('ul', { class: 'lines' }, ...evidence.map((said, index) => evidenceLine(id, said, index)));
}

function evidenceLine(id: string, { standing, counts, text, owner, date, shownBy }: SummaryEvidence, index: number) {
  const line = element('span', {}, button(standing, { 'data-evidence-at': `${id} ${index}` }), text ? ` ${text}` : '');
  const by = [owner, date].filter(Boolean).join(', ');
  const shown = shownBy.flatMap((place, at) => [at > 0 ? ', ' : '', element('code', {}, place)]);
  line.append(element('small', {}, by, by && shown.length > 0 ? ' · ' : '', ...shown));
  return element('li', {}, icon(counts ? 'evidence' : 'evidence-overdue'), line);
}

/** Other items that this item's open findings fall short of, and those that speak of the same; by publication. */
function crosswalk(item: SummaryItem): [framework: string, items: SummaryItem[]][] {
  const ids = new Set(item.related);
  for (const index of findingsOf(item.id)) {
    const { sort, accepted } = data.findings[index] as SummaryFinding;
    if (!accepted) for (const id of data.sorts[sort]?.guidelines ?? []) ids.add(id);
  }
  ids.delete(item.id);
  const others = data.items.filter(({ id }) => ids.has(id));
  return Object.keys(data.publications).flatMap((framework) => {
    const own = others.filter((other) => other.framework === framework);
    return own.length > 0 ? [[framework, own] as [string, SummaryItem[]]] : [];
  });
}

function askers(list: readonly [framework: string, items: readonly SummaryItem[]][]): HTMLElement {
  return element(
    'dl',
    { class: 'elsewhere' },
    ...list.flatMap(([framework, items]) => [
      element('dt', {}, data.publications[framework] ?? framework),
      element(
        'dd',
        {},
        ...items.map((other) =>
          button([icon(other.status), `${other.id.slice(other.id.indexOf(':') + 1)} ${other.title}`], {
            'data-item': other.id,
          }),
        ),
      ),
    ]),
  );
}

/** Appends the next findings of an item, and a button when there are still more. */
export function showMore(list: HTMLElement, id: string): void {
  const more = list.querySelector('.more');
  const indices = findingsOf(id);
  const from = list.children.length - (more ? 1 : 0);
  more?.remove();
  const next = indices.slice(from, from + CHUNK);
  list.append(...next.map(findingLine));
  const left = indices.length - from - next.length;
  if (left > 0) {
    const words = `Show ${Math.min(left, CHUNK)} more of ${left}`;
    list.append(element('li', { class: 'more' }, button(words, { 'data-more': id }, 'secondary')));
  }
  if (more) list.children[from]?.querySelector('button')?.focus();
}

function findingLine(index: number): HTMLElement {
  const { sort, file, line, message, accepted } = data.findings[index] as SummaryFinding;
  const { rule, name, severity } = data.sorts[sort] as SummarySort;
  const open = button(withCode(message), { 'data-finding': String(index) });
  const where = element('p', { class: 'muted' }, `${SEVERITY[severity]} · ${data.files[file]?.path}:${line + 1} · `);
  where.append(button(`${rule} ${name}`, { 'data-page': rule }));
  if (accepted) {
    const until = accepted.until ? ` (until ${accepted.until})` : '';
    where.append(` · accepted: ${accepted.reason || 'no reason given'}${until}`);
  }
  return element('li', {}, icon(accepted ? 'suppressed' : severity), open, where);
}

/** The place of an entry of the register. @param key item and number of the entry, as in `data-evidence-at`. */
export function evidencePlace(key: string) {
  const [id = '', index] = key.split(' ');
  return rowOf.get(id)?.item.evidence[Number(index)]?.place;
}
