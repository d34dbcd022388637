import type { BenchRow } from './training-bench.ts';

const colors = { batch: '#8a8f98', call: '#c9ccd1', forward: '#2f6fde', backward: '#7aa7ef', peak: '#d1495b' } as const;
const [rowHeight, left, width, top] = [30, 290, 560, 60] as const;

/** Where each case's training step goes, as bars of ms, with a mark at what the arithmetic alone would take at peak. */
export function drawParts(rows: readonly BenchRow[]): string {
  const longest = Math.max(...rows.map(({ parts }) => parts?.step ?? 0));
  const x = (milliseconds: number): number => left + (milliseconds / longest) * width;
  const bars = rows.map(({ name, parts }, index) => {
    if (parts === undefined) return '';
    const y = top + index * rowHeight;
    const forward = Math.max(0, parts.evaluation - parts.call);
    const pieces = { batch: parts.batch, call: parts.call, forward, backward: Math.max(0, parts.step - parts.batch - parts.call - forward) };
    let start = 0;
    const drawn = Object.entries(pieces).map(([piece, milliseconds]) => {
      const from = x(start);
      start += milliseconds;
      return `<rect x="${from.toFixed(1)}" y="${y}" width="${(x(start) - from).toFixed(1)}" height="18" fill="${colors[piece as keyof typeof pieces]}"/>`;
    });
    const floor = x(parts.multiplyAdds / parts.peak / 1e6).toFixed(1);
    return [
      `<text x="${left - 10}" y="${y + 13}" text-anchor="end">${name}</text>`, ...drawn,
      `<line x1="${floor}" x2="${floor}" y1="${y - 3}" y2="${y + 21}" stroke="${colors.peak}" stroke-width="2"/>`,
      `<text x="${(x(parts.step) + 6).toFixed(1)}" y="${y + 13}">${parts.step.toFixed(2)} ms</text>`,
    ].join('\n');
  });
  const legend = [['batch', 'putting the batch together'], ['call', 'calling TensorFlow'], ['forward', 'forward pass and loss'], ['backward', 'backward pass and optimiser'], ['peak', 'arithmetic alone, at peak']] as const;
  const keys = legend.map(([piece, label], index) => `<rect x="${20 + index * 190}" y="18" width="12" height="12" fill="${colors[piece]}"/><text x="${38 + index * 190}" y="29">${label}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 ${top + rows.length * rowHeight + 10}" font-family="system-ui, sans-serif" font-size="13" fill="#1f2328">
<title>Where the time of a training step goes</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${[...keys, ...bars].join('\n')}
</svg>
`;
}
