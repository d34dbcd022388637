import { scaleLog } from 'd3-scale';
import { median } from '../bench/statistics.ts';
import { exactTask, promised } from './chapter-page.ts';
import { chapterRows } from './chapter-rows.ts';
import type { ChapterTask } from './chapter-rows.ts';
import type { ChapterResults } from './chapter-results.ts';

interface Line {
  readonly title: string;
  readonly own: readonly number[];
  readonly keras: readonly number[];
  readonly notebook: number | null;
  readonly floor: number | undefined;
}

const geometry = { width: 960, left: 380, right: 24, top: 56, row: 26, bottom: 44 } as const;
const groups: readonly (readonly [heading: string, ...tasks: ChapterTask[]])[] = [
  ['One step ahead', 'one step'], ['Ten steps ahead', 'ten steps, iterated', 'ten steps'], ['Ten steps ahead, at every step', 'ten steps at every step'],
];
// Grey text and one accent that read on light and dark pages alike.
const colours = { own: '#3b82f6', other: '#8a8f98', text: '#7a808a', faint: '#8a8f9840' } as const;

/** One row a network on a logarithmic axis: our range and median, the notebook's figure, Keras's, and the floor. */
export function chapterPicture(results: ChapterResults): string {
  const lines = groups.flatMap(([heading, ...tasks]): readonly (Line | string)[] => {
    const rows = chapterRows.filter((row) => tasks.includes(row.task)).map(({ id, title, task, notebook }): Line => ({
      title, notebook,
      floor: results.exact[exactTask(task)]?.floor,
      own: promised(results.unroll[id]).map(({ error }) => error),
      keras: (results.keras[id] ?? []).map(({ error }) => error),
    }));
    return [heading, ...rows];
  });
  if (results.best.length > 0) {
    lines.push('A network of our own (test part)', { title: 'Best ten steps', own: results.best.map(({ test }) => test), keras: [], notebook: null, floor: results.exact['ten steps']?.floor });
  }
  const { width, left, right, top, row, bottom } = geometry;
  const height = top + lines.length * row + bottom;
  const x = scaleLog().domain([0.0008, 0.03]).range([left, width - right]).clamp(true);
  const ticks = [0.001, 0.002, 0.005, 0.01, 0.02];
  const parts = [
    ...ticks.map((tick) => `<line x1="${at(x(tick))}" x2="${at(x(tick))}" y1="${top - 8}" y2="${height - bottom + 8}" stroke="${colours.faint}"/><text x="${at(x(tick))}" y="${height - bottom + 26}" text-anchor="middle">${tick}</text>`),
    legend(left, 24),
    ...lines.flatMap((line, index) => drawLine(line, top + (index + 0.5) * row, x)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Mean squared errors of the chapter's networks" font-family="system-ui, sans-serif" font-size="13" fill="${colours.text}">`,
    ...parts.map((part) => `  ${part}`),
    '</svg>', '',
  ].join('\n');
}

function at(position: number): string {
  return position.toFixed(1);
}

function legend(left: number, y: number): string {
  const entries: readonly (readonly [string, (x: number) => string])[] = [
    ['Unroll: median and range of five seeds', (x) => `<line x1="${x - 8}" x2="${x + 8}" y1="${y}" y2="${y}" stroke="${colours.own}" stroke-width="3"/><circle cx="${x}" cy="${y}" r="5" fill="${colours.own}"/>`],
    ['notebook', (x) => diamond(x, y)],
    ['Keras 3', (x) => `<circle cx="${x}" cy="${y}" r="4" fill="none" stroke="${colours.other}" stroke-width="1.5"/>`],
    ['floor', (x) => `<line x1="${x}" x2="${x}" y1="${y - 8}" y2="${y + 8}" stroke="${colours.other}" stroke-width="2"/>`],
  ];
  const places = [left + 8, left + 300, left + 400, left + 485];
  return entries.map(([words, mark], index) => `${mark(places[index]!)}<text x="${places[index]! + 14}" y="${y + 4.5}">${words}</text>`).join('');
}

function diamond(x: number, y: number): string {
  return `<path d="M ${at(x)} ${at(y - 6)} l 6 6 l -6 6 l -6 -6 z" fill="none" stroke="${colours.other}" stroke-width="1.5"/>`;
}

function drawLine(line: Line | string, y: number, x: (value: number) => number): readonly string[] {
  if (typeof line === 'string') return [`<text x="16" y="${at(y + 4.5)}" font-weight="600">${line}</text>`];
  const { own, keras, notebook, floor } = line;
  return [
    `<text x="32" y="${at(y + 4.5)}">${line.title}</text>`,
    ...(floor === undefined ? [] : [`<line x1="${at(x(floor))}" x2="${at(x(floor))}" y1="${at(y - 11)}" y2="${at(y + 11)}" stroke="${colours.other}" stroke-width="2"/>`]),
    ...(notebook === null ? [] : [diamond(x(notebook), y)]),
    ...keras.map((error) => `<circle cx="${at(x(error))}" cy="${at(y)}" r="4" fill="none" stroke="${colours.other}" stroke-width="1.5"/>`),
    ...(own.length === 0 ? [] : [
      `<line x1="${at(x(Math.min(...own)))}" x2="${at(x(Math.max(...own)))}" y1="${at(y)}" y2="${at(y)}" stroke="${colours.own}" stroke-width="3" stroke-linecap="round"/>`,
      `<circle cx="${at(x(median(own)))}" cy="${at(y)}" r="5" fill="${colours.own}"/>`,
    ]),
  ];
}
