import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { templateList } from '../../../core/document/template-list.ts';
import { graphPicture } from '../../../core/drawing/graph-picture.ts';
import { pictureColors } from '../../../core/drawing/picture-theme.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { sampleDocument } from '../document/sample-document.ts';

function template(id: string): GraphDocument {
  const parsed = parseDocument(readFileSync(new URL(`../../../assets/templates/${id}.unroll`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(id);
  return parsed.value.document;
}

const textsOf = (svg: string): readonly string[] => [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</gu)].map(([, words]) => words!);

it('says each node by its name, its type where the name does not tell it, and its key figures', () => {
  const texts = textsOf(graphPicture(template('encoder-decoder'), {}, { theme: 'light', shapes: false }));
  expect(texts).toEqual(expect.arrayContaining(['Encoder', 'LSTM · 20 units · tanh', 'Dense 1', 'horizon 10 · mse']));
});

it('writes a long name smaller before it leaves its end out, so that two layers are told apart', () => {
  const svg = graphPicture(template('layer-norm-cell'), {}, { theme: 'light', shapes: false });
  expect(svg).toContain('>Layer-norm RNN 1</text>');
  expect(svg).toContain('>Layer-norm RNN 2</text>');
});

it('names the axes of what runs on each wire where that is asked for', () => {
  const document = template('encoder-decoder');
  expect(textsOf(graphPicture(document, {}, { theme: 'light', shapes: false })).join('')).not.toContain('batch');
  const shown = textsOf(graphPicture(document, {}, { theme: 'light', shapes: true })).join('');
  expect(shown).toContain('(10,000 series, 60 time, 1 column)');
  expect(shown).toContain('(batch, 10 time, 20 feature)');
});

it('shows states only where something is wired to them', () => {
  const ringsIn = (id: string): number => graphPicture(template(id), {}, { theme: 'light', shapes: false }).split('r="3.5"').length - 1;
  expect([ringsIn('encoder-decoder'), ringsIn('next-value')]).toEqual([4, 0]);
});

test.for(templateList.map(({ id }) => id))('everything of %s lies in its view, in both themes', (id) => {
  for (const theme of ['light', 'dark'] as const) {
    const document = template(id);
    const svg = graphPicture(document, {}, { theme, shapes: true });
    const [left, top, width, height] = /viewBox="([^"]*)"/u.exec(svg)![1]!.split(' ').map(Number) as [number, number, number, number];
    const boxes = [...svg.matchAll(/<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/gu)].map((found) => found.slice(1).map(Number) as [number, number, number, number]);
    expect(boxes.length).toBeGreaterThan(document.nodes.length);
    expect(boxes.filter(([x, y, wide, high]) => x < left || y < top || x + wide > left + width || y + high > top + height)).toEqual([]);
    expect(svg.split('<path').length - 1).toBeGreaterThanOrEqual(document.wires.length + document.nodes.length);
  }
});

it('draws what is wrong, and lets no name become markup', () => {
  const base = sampleDocument;
  const document: GraphDocument = {
    ...base,
    nodes: [...base.nodes, { id: nodeId('x-1'), type: 'no-such-type', label: '</text><script>a & "b"\u0000', parameters: {} }],
    wires: [...base.wires, { id: wireId('x-wire'), from: { node: nodeId('x-1'), port: 'y' }, to: { node: nodeId('nowhere'), port: 'z' } }],
  };
  const svg = graphPicture(document, {}, { theme: 'dark', shapes: true });
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;/text&gt;');
  expect(svg).not.toContain('\u0000');
});

it('is a small drawing to the last letter', async () => {
  const document: GraphDocument = {
    ...template('next-value'),
    nodes: [{ id: nodeId('series-1'), type: 'series', label: 'Waves', parameters: {} }, { id: nodeId('window-1'), type: 'window', label: 'Window', parameters: { window: 50 } }],
    wires: [{ id: wireId('wire-1'), from: { node: nodeId('series-1'), port: 'series' }, to: { node: nodeId('window-1'), port: 'series' } }],
    layout: { 'series-1': { x: 0, y: 0 }, 'window-1': { x: 240, y: 0 } },
    name: 'Two nodes',
  };
  await expect(graphPicture(document, {}, { theme: 'light', shapes: true })).toMatchFileSnapshot('two-nodes.svg');
});

it('an empty graph is an empty picture', () => {
  const svg = graphPicture({ ...sampleDocument, nodes: [], wires: [], layout: {} }, {}, { theme: 'light', shapes: true });
  expect(svg).toContain('viewBox="-16 -16 32 32"');
});

it('has the hues of the window', () => {
  const tokens = readFileSync(new URL('../../../renderer/theme/tokens.css', import.meta.url), 'utf8');
  const wanted = { node: 'surface-raised', border: 'border', wire: 'border-strong', text: 'text', muted: 'text-muted', danger: 'danger' } as const;
  const tokenOf = (name: string, theme: 'light' | 'dark'): string => {
    const found = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\)`, 'u').exec(tokens);
    return hexOf(found![theme === 'light' ? 1 : 2]!);
  };
  for (const theme of ['light', 'dark'] as const) {
    const { categories, ground: _, ...others } = pictureColors[theme];
    expect(others).toEqual(Object.fromEntries(Object.entries(wanted).map(([name, token]) => [name, tokenOf(token, theme)])));
    expect(categories).toEqual(Object.fromEntries(Object.keys(categories).map((category) => [category, tokenOf(`category-${category}`, theme)])));
  }
});

/** "0.54 0.12 235" → "#0078aa". Source: B. Ottosson (2020), https://bottosson.github.io/posts/oklab/ */
function hexOf(oklch: string): string {
  const [lightness, chroma, hue] = oklch.split(' ').map(Number) as [number, number, number];
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  const byte = (value: number): number => {
    const clipped = Math.min(1, Math.max(0, value));
    return Math.round((clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055) * 255);
  };
  return `#${linear.map((value) => byte(value).toString(16).padStart(2, '0')).join('')}`;
}
