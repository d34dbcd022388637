/** What charts draw with: names of ours to tokens of the theme. */
const tokens = {
  text: '--text',
  muted: '--text-muted',
  surface: '--surface',
  border: '--border-strong',
  grid: '--chart-grid',
  model: '--chart-model',
  training: '--chart-training',
  truth: '--chart-truth',
  naive: '--chart-naive',
  seasonalNaive: '--chart-seasonal-naive',
  linear: '--chart-linear',
  // The plainest baseline of a target that does not forecast has naive's place, and its colour.
  shares: '--chart-naive',
  mean: '--chart-naive',
  interpolation: '--chart-naive',
  lastValue: '--chart-seasonal-naive',
  meanSeries: '--chart-naive',
  validationPart: '--accent-soft',
  testPart: '--warning-soft',
  column1: '--category-data',
  column2: '--category-dense',
  column3: '--category-normalization',
  column4: '--category-merge',
  column5: '--category-recurrent',
  column6: '--category-regularization',
  column7: '--category-convolution',
  column8: '--category-target',
} as const;

export type ChartColor = keyof typeof tokens;

export type ChartColors = Readonly<Record<ChartColor, string>>;

const columnColors = ['column1', 'column2', 'column3', 'column4', 'column5', 'column6', 'column7', 'column8'] as const;

/** The colour of a data column by its place; after eight they begin again. */
export function columnColor(position: number): ChartColor {
  return columnColors[position % columnColors.length]!;
}

/** The colour as style sheets know it. */
export function cssColor(color: ChartColor): string {
  return `var(${tokens[color]})`;
}

/** The colours of the theme now. A canvas understands no variables, so an element of the page is asked what they come to. */
export function readChartColors(): ChartColors {
  const probe = document.createElement('span');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const colors = Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => {
      probe.style.color = `var(${token})`;
      return [name, style.color];
    }),
  );
  probe.remove();
  return colors as Record<ChartColor, string>;
}

/** Calls the listener when the theme has changed; gives the function that ends it. */
export function watchTheme(listener: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', listener);
  };
}
