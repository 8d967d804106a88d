/**
 * Address of the page of a rule (`GL301`) or a guideline (`framework:item`). Pages are laid out like `docs/`, so that the
 * same relative links lead from page to page in both: `/rules/GL301.md`, `/guidelines/etsi-en-304-223/5.2.4-1.md`.
 */
export function pagePath(id: string): string {
  return id.includes(':') ? `/guidelines/${id.replace(':', '/')}.md` : `/rules/${id}.md`;
}

/** What a page's path stands for; `/guidelines/etsi-en-304-223/README.md` for the framework `etsi-en-304-223`. */
export function pageId(path: string): string {
  const [, kind, first = '', item] = path.replace(/\.md$/, '').split('/');
  return kind === 'rules' || item === undefined || item === 'README' ? first : `${first}:${item}`;
}
