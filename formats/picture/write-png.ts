import { Resvg } from '@resvg/resvg-js';

/** Points of a picture for one of its drawing: sharp on paper and on dense screens. */
const density = 2;
const mostPoints = 16_384;

/** A letter of which nothing shows where the machine has no font. */
const letter = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="15" font-size="14">n</text></svg>';

/** An SVG picture as PNG. null: this machine has no font at all, and a picture without its words is none. */
export function writePng(svg: string): Uint8Array | null {
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };
  if (new Resvg(letter, { font }).innerBBox() === undefined) return null;
  const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } });
  const zoom = Math.min(density, mostPoints / Math.max(width, height, 1));
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } }).render().asPng();
}
