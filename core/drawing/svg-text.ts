/** Families in the order in which a reader of the picture is likely to have them; words stay words. */
export const pictureFonts = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** Text as XML holds it: without the characters that no XML may hold. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A number without digits that nobody sees. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export type Attributes = Readonly<Record<string, string | number>>;

/** One element; `content` is markup already. */
export function element(name: string, attributes: Attributes, content: string | null = null): string {
  const spelled = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? shortNumber(value) : escapeXml(value)}"`).join('');
  return content === null ? `<${name}${spelled}/>` : `<${name}${spelled}>${content}</${name}>`;
}

/** The line itself where it fits by its estimated width, else its start and an ellipsis. */
export function fitted(line: string, room: number, typeSize: number, width: (text: string, size: number) => number): string {
  const characters = Array.from(line);
  if (width(line, typeSize) <= room) return line;
  while (characters.length > 1 && width(`${characters.join('')}…`, typeSize) > room) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
