/** Outlines on a grid of 16 × 16, drawn with round strokes of 1.5. */
const outlines = {
  undo: 'M6 3.5 3 6.5l3 3M3 6.5h6a4 4 0 0 1 0 8H7',
  redo: 'M10 3.5l3 3-3 3M13 6.5H7a4 4 0 0 0 0 8h2',
  play: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4 4h8v8H4z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  arrange: 'M2.5 6h4v4h-4zM9.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM6.5 8h1.5M8 4.5v7M8 4.5h1.5M8 11.5h1.5',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.6-.8 1.1M8 11.3v.1',
  chevronDown: 'M4 6l4 4 4-4',
  chevronRight: 'M6 4l4 4-4 4',
  panelLeft: 'M2.5 3.5h11v9h-11zM6 3.5v9',
  panelRight: 'M2.5 3.5h11v9h-11zM10 3.5v9',
  panelBottom: 'M2.5 3.5h11v9h-11zM2.5 9.5h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  folder: 'M2.5 4.5V12a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H8L6.5 3.5h-3a1 1 0 0 0-1 1z',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  save: 'M3 3h8l2 2v8H3zM5.5 3v3h4V3M5.5 13V9.5h5V13',
  trash: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  link: 'M9.5 3H13v3.5M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  wrench: 'M13.3 4.7a3.3 3.3 0 0 1-4.4 4.1l-4.6 4.6a1.2 1.2 0 0 1-1.7-1.7l4.6-4.6a3.3 3.3 0 0 1 4.1-4.4L9.4 4.6l.4 1.6 1.6.4z',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.7M8 11v.1',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.7v3M8 11.6v.1',
  note: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3V11M8 5v.1',
  check: 'M3 8.5l3.2 3.2L13 5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.7V8l2.3 1.5',
  chart: 'M2.5 13.5h11M4 11l3-4 2.5 2L13 4',
  download: 'M8 2.5v7.5M5 7.5l3 3 3-3M3 13.5h10',
  settings: 'M2.5 4.5h7M12 4.5h1.5M2.5 11.5H4M6.5 11.5h7M10.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  home: 'M2.5 7.5 8 3l5.5 4.5M4 6.5V13h3v-3.5h2V13h3V6.5',
  restore: 'M3 8a5 5 0 1 0 1.7-3.8M3 2.8v2.7h2.7',
} as const;

export type IconName = keyof typeof outlines;

/** A picture beside or instead of words; what it means is said by the words or by the button's label. */
export function Icon({ name }: { readonly name: IconName }): React.JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={outlines[name]} />
    </svg>
  );
}
