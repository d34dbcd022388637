/** Colours of drawings in the documentation: each in the light and in the dark, as the reader's screen is set. */
const palette = {
  paper: ['#ffffff', '#0d1117'],
  ink: ['#1f2328', '#e6edf3'],
  quiet: ['#59636e', '#9198a1'],
  line: ['#afb8c1', '#545d68'],
  blue: ['#2f6fde', '#4c8dff'],
  pale: ['#a9c5f5', '#24477f'],
  grey: ['#8a8f98', '#767d87'],
  faint: ['#dfe3e8', '#30363d'],
  red: ['#c93c50', '#ff7b8a'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

export type Colour = keyof typeof palette;

function rules(scheme: 0 | 1): string {
  return Object.entries(palette).map(([name, colours]) => `.${name}{fill:${colours[scheme]}}.${name}-line{stroke:${colours[scheme]}}`).join('');
}

/** A whole drawing. */
export function drawing(title: string, width: number, height: number, content: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>${title}</title>
<style>${rules(0)}@media (prefers-color-scheme: dark){${rules(1)}}</style>
<rect class="paper" width="100%" height="100%" rx="8"/>
${content.join('\n')}
</svg>
`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

export function area({ x, y, width, height }: Area, colour: Colour, rounding = 0): string {
  return `<rect class="${colour}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"${rounding === 0 ? '' : ` rx="${rounding}"`}/>`;
}

export interface TextStyle {
  readonly colour?: Colour;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

export function text({ x, y }: Place, content: string, { colour = 'ink', anchor = 'start', size = 13, bold = false, mono = false }: TextStyle = {}): string {
  const family = mono ? ' font-family="ui-monospace, monospace"' : '';
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${colour}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}"${bold ? ' font-weight="600"' : ''}${family}>${escaped}</text>`;
}

export function line(from: Place, to: Place, colour: Colour, width = 1.5): string {
  return `<line class="${colour}-line" x1="${from.x.toFixed(1)}" y1="${from.y.toFixed(1)}" x2="${to.x.toFixed(1)}" y2="${to.y.toFixed(1)}" stroke-width="${width}"/>`;
}

/** A line with a head at its end; upright or level. */
export function arrow(from: Place, to: Place, colour: Colour): string {
  const [across, along] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
  const [baseX, baseY] = [to.x - 7 * across, to.y - 7 * along];
  const points = [[to.x, to.y], [baseX + 4 * along, baseY + 4 * across], [baseX - 4 * along, baseY - 4 * across]].map((point) => point.map((value) => value.toFixed(1)).join(',')).join(' ');
  return `${line(from, { x: baseX, y: baseY }, colour)}<polygon class="${colour}" points="${points}"/>`;
}
