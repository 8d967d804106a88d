import { commands, type Disposable, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { INDEX, type IndexReply, PAGE, type PageReply } from '../../server/src/lsp/protocol.ts';
import { pageId, pagePath } from './pageAddress.ts';
import type { Server } from './server.ts';

const SCHEME = 'guidelint';

/** Pages of rules and guidelines as read-only documents, from the server's own text: no network is needed. */
export function offerPages(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri, token) {
      const client = await server.running();
      const { markdown } = await client.sendRequest<PageReply>(PAGE, { id: pageId(uri.path) }, token);
      return markdown;
    },
  });
}

/** @param rule id or name; the user is asked where it is missing. */
export async function explainRule(server: Server, rule: unknown): Promise<void> {
  const id = typeof rule === 'string' ? rule : await pick(server, l10n.t('Explain which rule?'), ruleItems);
  if (id) await openPage(id);
}

/** @param guideline `framework:item`; the user is asked where it is missing. */
export async function openGuideline(server: Server, guideline: unknown): Promise<void> {
  const id =
    typeof guideline === 'string' ? guideline : await pick(server, l10n.t('Open which guideline?'), guidelineItems);
  if (id) await openPage(id);
}

/**
 * Shows a page in Markdown's preview, which keeps to the theme and follows links from page to page. Locked, because it would
 * otherwise turn to whatever Markdown file is edited next.
 */
export async function openPage(id: string): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: pagePath(id) });
  await commands.executeCommand('markdown.showPreview', uri, undefined, { locked: true });
}

interface PageItem extends QuickPickItem {
  readonly id: string;
}

async function pick(
  server: Server,
  title: string,
  items: (index: IndexReply) => PageItem[],
): Promise<string | undefined> {
  const client = await server.running();
  const choices = client.sendRequest<IndexReply>(INDEX).then(items);
  const chosen = await window.showQuickPick(choices, { title, matchOnDescription: true, matchOnDetail: true });
  return chosen?.id;
}

function ruleItems({ rules }: IndexReply): PageItem[] {
  return rules.map(({ id, name, title }) => ({ id, label: id, description: name, detail: title }));
}

function guidelineItems({ guidelines }: IndexReply): PageItem[] {
  return guidelines.map(({ id, citation, title }) => ({ id, label: citation, detail: title }));
}
