import { scaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import type { SampleForecast } from '../../engine/host/sample-messages.ts';
import { layersOf } from './forecast-layers.ts';
import type { ForecastLayers, PlotPoint } from './forecast-layers.ts';

export interface Drawing {
  readonly title: string;
  readonly subtitle: string;
  readonly samples: readonly SampleForecast[];
}

const panel = { width: 452, height: 214, left: 44, right: 12, top: 30, bottom: 26 } as const;
const margin = { side: 24, top: 104, bottom: 20 } as const;
const columns = 2;

/** Forecasts of several windows as one SVG document: truth, model and naive forecast, in light and dark as the reader's system is. */
export function drawForecasts({ title, subtitle, samples }: Drawing): string {
  const rows = Math.ceil(samples.length / columns);
  const width = margin.side * 2 + columns * panel.width;
  const height = margin.top + rows * panel.height + margin.bottom;
  const panels = samples.map((sample, position) => {
    const x = margin.side + (position % columns) * panel.width;
    const y = margin.top + Math.floor(position / columns) * panel.height;
    return `<g transform="translate(${x} ${y})">${drawPanel(sample)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escapeText(title)}</title>
<desc id="description">${escapeText(subtitle)}</desc>
<style>${style}</style>
<rect class="surface" width="${width}" height="${height}" rx="12"/>
<text class="title" x="${margin.side}" y="40">${escapeText(title)}</text>
<text class="subtitle" x="${margin.side}" y="62">${escapeText(subtitle)}</text>
${drawLegend()}
${panels.join('\n')}
</svg>
`;
}

/** Plain rules, twice: not every program that shows SVG knows custom properties. */
function paletteRules({ surface, ink, soft, rule, band, model, naive }: Palette): string {
  return [
    `text{fill:${soft}}.title,.label{fill:${ink}}.surface{fill:${surface}}.band{fill:${band}}.rule{stroke:${rule}}.origin{stroke:${soft}}`,
    `.truth{stroke:${ink}}.model{stroke:${model}}.naive{stroke:${naive}}.dot{fill:${surface};stroke:${model}}`,
  ].join('');
}

interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  readonly band: string;
  readonly model: string;
  readonly naive: string;
}

const light: Palette = { surface: '#ffffff', ink: '#1c2127', soft: '#5b6570', rule: '#e3e7ec', band: '#f4f6f8', model: '#2f6fde', naive: '#b4570a' };
const dark: Palette = { surface: '#16191d', ink: '#eceff3', soft: '#9aa5b1', rule: '#2c323a', band: '#1d2228', model: '#78a8ff', naive: '#f0a35e' };

const style = `
svg{color-scheme:light dark}
text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
.title{font-size:18px;font-weight:600}.subtitle,.label{font-size:13px}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.model{stroke-width:2.25}.naive{stroke-dasharray:5 4}.dot{stroke-width:1.75}.origin{stroke-dasharray:2 3}
${paletteRules(light)}
@media (prefers-color-scheme: dark){${paletteRules(dark)}}
`;

const legend = [
  ['truth', 'what happened'],
  ['model', "the model's forecast"],
  ['naive', 'the naive forecast: the last value'],
] as const;

function drawLegend(): string {
  let x: number = margin.side;
  const entries = legend.map(([name, words]) => {
    const entry = `<path class="line ${name}" d="M${x} 84h26"/><text class="label" x="${x + 34}" y="88">${escapeText(words)}</text>`;
    // Text is not measured here: seven pixels a letter is roomy for this size.
    x += 34 + words.length * 7 + 22;
    return entry;
  });
  return entries.join('');
}

function drawPanel(sample: SampleForecast): string {
  const layers = layersOf(sample, Math.max(20, 2 * sample.model.length));
  const x = scaleLinear([layers.firstStep, layers.lastStep], [panel.left, panel.width - panel.right]);
  const y = scaleLinear(valueRange(layers), [panel.height - panel.bottom, panel.top]).nice(4);
  const path = line<PlotPoint>((point) => round(x(point.step)), (point) => round(y(point.value))).curve(curveMonotoneX);
  const draw = (name: string, points: readonly PlotPoint[]): string => `<path class="line ${name}" d="${path(points) ?? ''}"/>`;
  const right = panel.width - panel.right;
  const bottom = panel.height - panel.bottom;

  const rules = y.ticks(4).map((value) => {
    const height = round(y(value));
    return `<path class="rule" d="M${panel.left} ${height}H${right}"/><text x="${panel.left - 8}" y="${height + 4}" text-anchor="end">${y.tickFormat(4)(value)}</text>`;
  });
  const steps = x.ticks(6).filter(Number.isInteger).map((step) => {
    return `<text x="${round(x(step))}" y="${bottom + 18}" text-anchor="middle">${step > 0 ? `+${step}` : step === 0 ? 'origin' : `−${-step}`}</text>`;
  });
  const dots = layers.model.slice(1).map(({ step, value }) => `<circle class="dot" cx="${round(x(step))}" cy="${round(y(value))}" r="2.75"/>`);
  const origin = round(x(0));
  return [
    `<rect class="band" x="${origin}" y="${panel.top}" width="${round(right - origin)}" height="${bottom - panel.top}"/>`,
    ...rules,
    `<path class="origin" d="M${origin} ${panel.top}V${bottom}"/>`,
    ...steps,
    draw('truth', layers.history),
    draw('naive', layers.naive),
    draw('truth', layers.truth),
    draw('model', layers.model),
    ...(layers.model.length <= 40 ? dots : []),
    `<text class="label" x="${panel.left}" y="${panel.top - 12}">${escapeText(panelTitle(sample))}</text>`,
  ].join('');
}

function panelTitle({ column, series, origin }: SampleForecast): string {
  return series > 0 || /^\d+$/.test(origin) ? `${column}, series ${series + 1}` : `${column}, from ${origin}`;
}

/** A constant series still needs room. */
function valueRange({ lowest, highest }: ForecastLayers): readonly [number, number] {
  if (!Number.isFinite(lowest)) return [0, 1];
  const room = highest > lowest ? (highest - lowest) * 0.06 : Math.max(1, Math.abs(lowest)) * 0.1;
  return [lowest - room, highest + room];
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
