// Drives VS Code's workbench as a person would, with Playwright: for what only eyes see.
// Every wait is for something visible; nothing sleeps.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { after, before, type TestContext } from 'node:test';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { type EditorServer, editorAddress, startEditorServer, writeSettings } from '../../../scripts/editor.mjs';
import { root } from '../../../scripts/ensure.mjs';
import { temporaryFolder } from '../../../scripts/processes.mjs';

export interface WorkbenchOptions {
  /** The folder to open a copy of, relative to the project's root. */
  folder?: string;
  /** Files to write into the copy: relative path with forward slashes, text. */
  files?: Record<string, string>;
  /** User settings beyond the quiet ones of scripts/editor.mjs. */
  settings?: Record<string, unknown>;
  /** True gives a server of its own that asks whether to trust the folder. */
  workspaceTrust?: boolean;
  /** CSS pixels. */
  viewport?: { width: number; height: number };
}

const themes = {
  light: { label: 'Light 2026', marker: 'vs' },
  dark: { label: 'Dark 2026', marker: 'vs-dark' },
  hc: { label: 'Dark High Contrast', marker: 'hc-black' },
  'hc-light': { label: 'Light High Contrast', marker: 'hc-light' },
} as const;

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

/**
 * What a test file starts with: `const inWorkbench = onWorkbench({ … });`, and then
 * `test('…', inWorkbench(async (workbench) => { … }))`. The tests share one workbench, opened before the first and closed
 * after the last; one that fails leaves a picture and names its path.
 */
export function onWorkbench(options: WorkbenchOptions = {}) {
  let workbench: Workbench | undefined;
  before(async () => {
    workbench = await openWorkbench(options);
  });
  after(() => workbench?.close());
  return (body: (workbench: Workbench) => Promise<void>) => async (context: TestContext) => {
    if (!workbench) throw new Error('the workbench did not open');
    try {
      await body(workbench);
    } catch (error) {
      const name = `failed ${context.name.replace(/[^\w-]+/g, ' ')}`;
      console.log(`  picture: ${await workbench.screenshot(name, tmpdir())}`);
      throw error;
    }
  };
}

/**
 * Opens the workbench on a copy of a folder with the extension loaded.
 * Uses the server that `npm test` started; a test file run by itself starts its own.
 */
export async function openWorkbench({
  folder = 'examples',
  files = {},
  settings = {},
  workspaceTrust = false,
  viewport = { width: 1280, height: 800 },
}: WorkbenchOptions = {}) {
  const shared = workspaceTrust ? undefined : process.env.GUIDELINT_EDITOR;
  const own = shared ? undefined : await startEditorServer({ workspaceTrust });
  const server: EditorServer = own ?? JSON.parse(shared ?? '');
  const workspace = copyFolder(folder, files);
  writeSettings(server.dataFolder, settings);
  const browser: Browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await own?.stop();
    workspace.remove();
  };
  try {
    // Two device pixels per CSS pixel for pictures that people look at; drawing them takes longer.
    const page = await browser.newPage({ viewport, deviceScaleFactor: process.env.GUIDELINT_PICTURES ? 2 : 1 });
    page.setDefaultTimeout(30_000);
    await page.goto(editorAddress(server, { folder: workspace.path }));
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
    return {
      page,
      /** The copy that is open. */
      folder: workspace.path,
      setTheme: (theme: keyof typeof themes) => setTheme(page, theme),
      openFile: (path: string) => openFile(page, path),
      runCommand: (title: string, options?: { leadsOn: boolean }) => runCommand(page, title, options),
      goTo: (line: number, column?: number) => goTo(page, line, column),
      text: () => visibleText(page),
      save: () => save(page),
      problem: (containing: string) => problem(page, containing),
      problems: () => problems(page),
      squiggle: () => squiggle(page),
      hover: (containing: string) => hover(page, containing),
      noSquiggle: () => noSquiggle(page),
      quickFixes: (picture?: string) => quickFixes(page, picture),
      answer: (text: string) => answer(page, text),
      quickFix: (title: string) => quickFix(page, title),
      webview: () => webview(page),
      notification: (text: string) => page.locator('.notification-toast', { hasText: text }),
      screenshot: (name: string, into?: string) => screenshot(page, name, into),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function copyFolder(folder: string, files: Record<string, string>) {
  const { path, remove } = temporaryFolder('ws');
  const copy = join(path, posix.basename(folder));
  cpSync(join(root, folder), copy, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), text);
  }
  return { path: copy, remove };
}

/** Asks again and again, for what Playwright's own waiting cannot express. @param timeout milliseconds */
export async function waitUntil(ask: () => Promise<boolean>, what: string, timeout = 20_000): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`waited ${timeout} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function setTheme(page: Page, theme: keyof typeof themes): Promise<void> {
  const { label, marker } = themes[theme];
  await runCommand(page, 'Preferences: Color Theme', { leadsOn: true });
  await pick(page, label, label);
  await page.locator(`.monaco-workbench.${marker}`).waitFor();
}

/**
 * Types into VS Code's input at the top, which is open, and chooses the entry with exactly this label.
 * @param leadsOn whether the choice opens another such input instead of closing this one
 */
async function pick(page: Page, text: string, label: string, { leadsOn = false } = {}): Promise<void> {
  const exact = page.getByText(label, { exact: true });
  await page.locator(quickInput).fill(text);
  await page.locator('.quick-input-list .monaco-list-row', { has: exact }).first().click();
  // Out of the way: a pointer over the editor opens and closes hovers.
  await page.mouse.move(0, 0);
  if (!leadsOn) await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const quickInput = '.quick-input-widget input[type=text]';

/** Opens a file through quick open. @param path relative to the folder, with forward slashes */
async function openFile(page: Page, path: string): Promise<void> {
  const name = posix.basename(path);
  await page.keyboard.press('ControlOrMeta+P');
  await pick(page, path, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  // A notebook has cells instead.
  await page.locator('.editor-instance .view-line, .notebook-editor .cell').first().waitFor();
}

/** Runs a command of the palette. @param title with its category, such as `Guidelint: Scan Workspace` */
async function runCommand(page: Page, title: string, options?: { leadsOn: boolean }): Promise<void> {
  await page.keyboard.press('F1');
  await pick(page, `>${title}`, title, options);
}

/** Puts the cursor somewhere. Both numbers count from 1, as the status bar does. */
async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.locator(quickInput).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** Gives the editor the keyboard back, which for example the Problems panel took when it opened. */
async function focusEditor(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+1');
  await page.locator('.editor-group-container.active:focus-within').waitFor();
}

/** The lines of the active editor that are on the screen. */
async function visibleText(page: Page): Promise<string> {
  const lines = page.locator('.editor-group-container.active .view-lines .view-line');
  const placed = await lines.evaluateAll((elements) =>
    elements.map((element) => {
      const { style, textContent } = element as unknown as { style: { top: string }; textContent: string };
      return { top: Number.parseFloat(style.top), text: textContent };
    }),
  );
  // The editor reuses the elements of lines, so their order says nothing; it shows spaces as no-break spaces.
  return placed
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

/** Saves the active editor; on return the file is written. */
async function save(page: Page): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
}

/** Opens the Problems panel and waits for a finding whose message contains `containing`. */
async function problem(page: Page, containing: string): Promise<Locator> {
  if (!(await page.locator('.markers-panel').isVisible())) await runCommand(page, 'View: Toggle Problems');
  const row = page.locator('.markers-panel .monaco-list-row', { hasText: containing }).first();
  await row.waitFor();
  return row;
}

/** The Problems panel's rows that are on the screen, as a screen reader says them: files and findings. */
async function problems(page: Page): Promise<string[]> {
  await problem(page, '');
  const rows = page.locator('.markers-panel .monaco-list-row');
  return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
}

const squiggles = ['error', 'warning', 'info', 'hint']
  .map((kind) => `.editor-group-container.active .squiggly-${kind}`)
  .join(', ');

/** The first underlined place of the active editor, waited for. */
async function squiggle(page: Page): Promise<Locator> {
  const found = page.locator(squiggles).first();
  // Attached, not visible: the line is drawn by the stylesheet and the element may have no size of its own.
  await found.waitFor({ state: 'attached' });
  return found;
}

/** Waits until nothing in the active editor is underlined. Only means something after something was. */
async function noSquiggle(page: Page): Promise<void> {
  await waitUntil(async () => (await page.locator(squiggles).count()) === 0, 'the last squiggle to go');
}

/** Answers what VS Code asks for at the top, once it does. */
async function answer(page: Page, text: string): Promise<void> {
  await page.locator(quickInput).fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/**
 * Shows the hover at the cursor. Its parts arrive one by one, so it is waited for one that matters.
 * @param containing text of that part
 * @returns the text of the whole hover
 */
async function hover(page: Page, containing: string): Promise<string> {
  await focusEditor(page);
  const content = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content', { hasText: containing });
  await waitUntil(async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('ControlOrMeta+I');
    await content.waitFor({ timeout: 3000 }).catch(() => undefined);
    return content.isVisible();
  }, `a hover with "${containing}" at the cursor`);
  return (await content.allInnerTexts()).join('\n');
}

/** The menu itself; an empty panel for submenus wears the same class. */
const actionMenu = '.action-widget:not(.action-list-submenu-panel)';

/** Opens the light bulb's menu at the cursor, again until it offers something. @returns its entries */
async function quickFixMenu(page: Page): Promise<Locator> {
  const menu = page.locator(actionMenu);
  const entries = menu.locator('.monaco-list-row.action');
  await focusEditor(page);
  await waitUntil(async () => {
    await page.keyboard.press('ControlOrMeta+.');
    await menu.waitFor({ timeout: 3000 }).catch(() => undefined);
    return (await entries.count()) > 0;
  }, 'a quick fix at the cursor');
  return entries;
}

/** The titles in the light bulb's menu at the cursor; closes it again. @param picture name of one to take of it */
async function quickFixes(page: Page, picture?: string): Promise<string[]> {
  const titles = await (await quickFixMenu(page)).allInnerTexts();
  if (picture) await screenshot(page, picture);
  await page.keyboard.press('Escape');
  await page.locator(actionMenu).waitFor({ state: 'hidden' });
  return titles.map((title) => title.trim());
}

/** Chooses a quick fix at the cursor. @param title all or part of it */
async function quickFix(page: Page, title: string): Promise<void> {
  await (await quickFixMenu(page)).filter({ hasText: title }).first().click();
  await page.locator(actionMenu).waitFor({ state: 'hidden' });
}

/** What is inside the open webview: the page sits in a frame within a frame. */
async function webview(page: Page): Promise<FrameLocator> {
  const frame = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame();
  await frame.locator('body').waitFor();
  return frame;
}

/**
 * Takes a picture, into docs/images when `npm test -- --update-pictures` asked for it, else into the temporary folder.
 * @returns its path
 */
async function screenshot(page: Page, name: string, into?: string): Promise<string> {
  const folder = into ?? process.env.GUIDELINT_PICTURES ?? join(tmpdir(), 'guidelint-pictures');
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'initial' });
  return path;
}
