import { performance } from 'node:perf_hooks';
import { startClient } from '../test/helpers/lspClient.ts';
import { ms, printTable, quantile } from './stats.ts';

const KEYSTROKES = 300;
const WARM_UP = 30;

/** A Python file as people write them, of about so many lines: loaders, classes, calls, a finding every 50 lines. */
export function pythonFile(lines: number): string {
  const head = ['import pickle as pkl', 'import numpy as np', 'import torch', 'from transformers import AutoModel', ''];
  const body: string[] = [];
  for (let block = 0; head.length + body.length < lines; block++) {
    body.push(
      `class Model${block}(torch.nn.Module):`,
      '    """Two layers and a dropout in between."""',
      '',
      '    def __init__(self, width=128, rate=0.1):',
      '        super().__init__()',
      '        self.first = torch.nn.Linear(width, width)',
      '        self.second = torch.nn.Linear(width, 1)',
      '        self.dropout = torch.nn.Dropout(rate)',
      '',
      '    def forward(self, batch):',
      '        hidden = torch.relu(self.first(batch["x"]))',
      '        return self.second(self.dropout(hidden)), {"loss": hidden.mean() * 0.5}',
      '',
      `def evaluate_${block}(model, loader, device="cpu"):`,
      '    scores = [float(model(batch)[0].sum()) for batch in loader if batch is not None]',
      '    for index, score in enumerate(scores):',
      `        print(f"{index}: {score:.3f} of {len(scores)}")`,
      '    return np.mean(scores), dict(device=device, count=len(scores))',
      '',
    );
    if (block % 3 === 0) body.push(`weights_${block} = torch.load("model_${block}.pt", map_location="cpu")`, '');
    if (block % 9 === 4) body.push(`with open("cache_${block}.pkl", "rb") as f:`, '    cache = pkl.load(f)', '');
  }
  return [...head, ...body].slice(0, lines).join('\n').concat('\n');
}

/** A model card of about so many lines. */
export function cardFile(lines: number): string {
  const body = ['---', 'license: apache-2.0', 'library_name: transformers', '---', '', '# Model Card for bench', ''];
  for (let section = 0; body.length < lines; section++) {
    body.push(
      `## Section ${section}`,
      '',
      'The model sorts tickets by topic. It was tuned on tickets of two years and does',
      'not read attachments. Scores are in the table.',
      '',
      '| Metric | Value |',
      '|---|---|',
      `| F1 | 0.8${section % 10} |`,
      '',
    );
  }
  return `${body.slice(0, lines).join('\n')}\n`;
}

/** From a key pressed to the findings of the new text, through the real server over stdio. */
export async function benchKeystrokes(): Promise<void> {
  const rows = [['file', 'size', 'open', 'p50', 'p95', 'p99']];
  for (const [path, languageId, make] of [
    ['bench.py', 'python', pythonFile],
    ['MODEL_CARD.md', 'markdown', cardFile],
  ] as const) {
    for (const lines of [200, 2000, 10_000]) {
      const text = make(lines);
      const client = await startClient({ folders: ['file:///nowhere'] });
      const uri = `file:///nowhere/${path}`;
      const opened = performance.now();
      await client.open(uri, text, languageId);
      await client.pull(uri);
      const first = performance.now() - opened;
      // Typing a word in the middle of the file, and taking it back.
      const line = Math.floor(lines / 2);
      const samples: number[] = [];
      for (let key = 0; key < KEYSTROKES + WARM_UP; key++) {
        const at = key % 20;
        const typed = at < 10;
        const start = { line, character: typed ? at : 19 - at };
        const change = { range: { start, end: typed ? start : { line, character: 20 - at } }, text: typed ? 'x' : '' };
        const pressed = performance.now();
        await client.change(uri, key + 2, [change]);
        await client.pull(uri);
        if (key >= WARM_UP) samples.push(performance.now() - pressed);
      }
      await client.stop();
      const size = `${Math.round(text.length / 1000)} kB`;
      rows.push([
        `${path}, ${lines.toLocaleString('en')} lines`,
        size,
        ms(first),
        ...[0.5, 0.95, 0.99].map((share) => ms(quantile(samples, share))),
      ]);
    }
  }
  printTable(`Keystroke to findings (${KEYSTROKES} keystrokes, stdio)`, rows);
}

/** From starting the process to the answer to `initialize`. */
export async function benchServerStart(): Promise<void> {
  const samples: number[] = [];
  for (let run = 0; run < 11; run++) {
    const started = performance.now();
    const client = await startClient();
    samples.push(performance.now() - started);
    await client.stop();
  }
  printTable('Server start to initialized (11 starts)', [
    ['', 'min', 'median', 'max'],
    ['guidelint-server', ms(quantile(samples, 0)), ms(quantile(samples, 0.5)), ms(Math.max(...samples))],
  ]);
}
