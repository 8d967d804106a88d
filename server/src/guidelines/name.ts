/** A citation without the heading that it quotes because the publication numbers no further; pages have the whole. */
export function shortCitation({ citation }: { readonly citation: string }): string {
  return citation.replace(/, “[^”]*”$/, '');
}

/** The item in one line, for menus and lists: number and title. */
export function nameOf(item: { readonly citation: string; readonly title: string }): string {
  return `${shortCitation(item)}: ${item.title}`;
}
