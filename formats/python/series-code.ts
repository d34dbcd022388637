import type { Model } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';
import type { TableLayout } from '../../core/export/exportable-model.ts';
import { dataNeeds } from './data-needs.ts';
import { featureNames, fileFeatures } from './feature-code.ts';

/** read_series() of data.py: the series in the data's unit, (series, time step, column), and what they are labelled with. */
export function seriesCode(model: Model, layout: TableLayout): string {
  return model.data.source.kind === 'generator' ? generatorCode(model) : fileCode(model, layout);
}

/** Source of the formula: A. Géron (2019), Hands-On Machine Learning, 2nd edition, chapter 15. */
function generatorCode(model: Model): string {
  const { labels } = dataNeeds(model);
  const told: Readonly<Record<string, string>> = {
    'faster wave': 'np.where(frequency_1 > frequency_2, 0, 1)',
    'frequency 1': 'frequency_1',
    'frequency 2': 'frequency_2',
    'offset 1': 'offset_1',
    'offset 2': 'offset_2',
  };
  const features = featureNames(model);
  const further = features.length === 0
    ? ''
    : `
    # FEATURES, the same at every time step.
    further = [${features.map((name) => told[name]).join(', ')}]
    series = np.concatenate([series, *(np.broadcast_to(one[..., np.newaxis], series.shape) for one in further)], axis=2)`;
  const entries = labels.map((name) => `        ${JSON.stringify(name)}: ${told[name]}[:, 0],`);
  const given = entries.length === 0 ? '    return series' : `    labels = {\n${entries.join('\n')}\n    }\n    return series, labels`;
  return `def read_series():
    """Sums of two waves and noise, always the same: (SERIES, STEPS, ${features.length === 0 ? '1' : '1 + FEATURES'})${labels.length === 0 ? '' : ', and the labels of each series'}."""
    random = np.random.RandomState(SEED)
    frequency_1, frequency_2, offset_1, offset_2 = random.rand(4, SERIES, 1)
    time = np.linspace(0, 1, STEPS)
    waves = 0.5 * np.sin((time - offset_1) * (frequency_1 * 10 + 10))
    waves += 0.2 * np.sin((time - offset_2) * (frequency_2 * 20 + 20))
    waves += NOISE * (random.rand(SERIES, STEPS) - 0.5)
    series = waves.astype(np.float32).astype(np.float64)[..., np.newaxis]${further}
${given}`;
}

function fileCode(model: Model, layout: TableLayout): string {
  const { labels } = dataNeeds(model);
  const { source } = model.data;
  const isGrouped = source.kind === 'csv' && source.seriesColumn !== null;
  return [numberCode(layout), tableCode(layout), ...fileFeatures(model, layout), isGrouped ? groupedCode(model, labels) : singleCode(model)].join('\n\n\n');
}

function numberCode({ decimalComma }: TableLayout): string {
  return `def number(cell):
    """A cell as a number; NaN where it is missing."""
    missing = cell.strip().lower() in ("", "na", "n/a", "nan", "null")
    return np.nan if missing else float(cell${decimalComma ? '.replace(",", ".")' : ''})`;
}

function tableCode({ hasHeader, columnCount }: TableLayout): string {
  const kept = columnCount === 1
    ? `        rows = [row or [""] for row in csv.reader(text, delimiter=DELIMITER)]
    while not rows[-1][0].strip():
        rows.pop()`
    : '        rows = [row for row in csv.reader(text, delimiter=DELIMITER) if len(row) > 1]';
  const names = hasHeader
    ? '    names = [name.strip() or f"column {place}" for place, name in enumerate(rows.pop(0), start=1)]'
    : '    names = [f"column {place}" for place in range(1, len(rows[0]) + 1)]';
  return `def read_table(file):
    """The cells of a CSV file, column by column."""
    with open(file, encoding="utf-8-sig", newline="") as text:
${kept}
${names}
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}`;
}

/** The rows of values: every column, and what follows the columns. */
function rowsOfValues(model: Model): { readonly shape: string; readonly code: string } {
  const columns = '[number(cell) for cell in table[name]] for name in COLUMNS';
  return dataNeeds(model).hasFeatures
    ? { shape: 'columns, then FEATURES', code: `np.array([*(${columns}), *read_features(table)]).T` }
    : { shape: 'columns', code: `np.array([${columns}]).T` };
}

function singleCode(model: Model): string {
  const { shape, code } = rowsOfValues(model);
  return `def read_series(file=FILE):
    """The columns of the file: (1, time steps, ${shape}), NaN where a value is missing."""
    table = read_table(file)
    return ${code}[np.newaxis]`;
}

function groupedCode(model: Model, labels: readonly string[]): string {
  const target = firstTarget(model);
  const { shape, code } = rowsOfValues(model);
  const told = target.kind === 'classify'
    ? `    labels = {name: np.array([class_of(table[name][own[0]]) for own in rows.values()]) for name in LABELS}`
    : `    labels = {name: np.array([number(table[name][own[0]]) for own in rows.values()]) for name in LABELS}`;
  const given = labels.length === 0 ? '    return series' : `${told}\n    return series, labels`;
  const classes = target.kind === 'classify'
    ? `def class_of(cell):
    """The position of a class among all of them; -1 where it is missing."""
    cell = cell.strip()
    return CLASSES.index(cell) if cell in CLASSES else -1


`
    : '';
  return `${classes}def read_series(file=FILE):
    """The series of the file, told apart by a column: (series, time steps, ${shape})${labels.length === 0 ? '' : ', and the labels of each'}."""
    table = read_table(file)
    rows = {}
    for row, name in enumerate(table[SERIES_COLUMN]):
        rows.setdefault(name.strip(), []).append(row)
    values = ${code}
    series = values[np.array(list(rows.values()))]
${given}`;
}
