import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Rule } from '../engine/rule.ts';
import { findItem, frameworks, items } from '../guidelines/catalogue.ts';
import { type PageLinks, renderFrameworkPage, renderGuidelinePage } from '../guidelines/page.ts';
import { renderRulePage } from '../reports/rulePage.ts';
import { rulesByGuideline } from '../reports/rulesByGuideline.ts';
import { INDEX, type IndexReply, PAGE, type PageParams, type PageReply } from './protocol.ts';

/**
 * Links between pages inside the editor, laid out as in `docs/`: `/rules/GL301.md`, `/guidelines/etsi-en-304-223/5.2.4-1.md`.
 * Only relative links work: VS Code's Markdown preview follows them from one virtual document to the next, while it shows
 * `/…` as plain text and ignores other schemes and commands (tried in 1.139).
 *
 * @param up from the page's folder to `guidelines/`.
 */
function linksFrom(up: string): PageLinks {
  return {
    guideline: (id) => `${up}${id.replace(':', '/')}.md`,
    framework: (id) => `${up}${id}/README.md`,
    rule: (id) => `${up}../rules/${id}.md`,
  };
}

/** The page of a rule, guideline or framework, however it was named; undefined when there is none. */
export function pageOf(name: string, rules: readonly Rule[]): PageReply | undefined {
  const wanted = name.trim();
  const rule = rules.find(({ meta }) => meta.id === wanted.toUpperCase() || meta.name === wanted.toLowerCase());
  if (rule) {
    const { guideline } = linksFrom('../guidelines/');
    return { title: `${rule.meta.id} ${rule.meta.name}`, markdown: renderRulePage(rule, guideline) };
  }
  const citing = rulesByGuideline(rules);
  const links = linksFrom('../');
  const framework = frameworks().find(({ id }) => id === wanted);
  if (framework) return { title: framework.title, markdown: renderFrameworkPage(framework.id, citing, links) };
  const item = findItem(wanted);
  return item && { title: item.citation, markdown: renderGuidelinePage(item.id, citing.get(item.id) ?? [], links) };
}

/** Pages and their index, for readers inside the editor. */
export function offerPages(connection: Connection, rules: readonly Rule[]): void {
  connection.onRequest(PAGE, ({ id }: PageParams) => {
    return pageOf(id, rules) ?? new ResponseError(ErrorCodes.InvalidParams, `no rule or guideline \`${id}\``);
  });
  connection.onRequest(INDEX, (): IndexReply => {
    return {
      rules: rules.map(({ meta: { id, name, title } }) => ({ id, name, title })),
      guidelines: items().map(({ id, citation, title }) => ({ id, citation, title })),
    };
  });
}
