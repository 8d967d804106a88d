/**
 * The item in one line, for menus and lists: number and title. Headings that a citation quotes because the publication
 * numbers no further are left to the pages.
 */
export function nameOf(item: { readonly citation: string; readonly title: string }): string {
  return `${item.citation.replace(/, “[^”]*”$/, '')}: ${item.title}`;
}
