import { firstTarget, tellsWindow } from '../../core/compile/model.ts';
import type { ExportableModel, TableLayout } from '../../core/export/exportable-model.ts';
import { portableName } from '../../core/export/portable-name.ts';
import { dataNeeds } from './data-needs.ts';
import { featureSettings, usesCalendar } from './feature-code.ts';
import { plainWords, pythonList, pythonValue } from './python-text.ts';
import type { PythonValue } from './python-text.ts';
import { seriesCode } from './series-code.ts';
import { windowsCode } from './windows-code.ts';

/** How the file is written, or usually would be where it cannot be read. */
function layoutOf({ model: { data: { source } }, table }: ExportableModel): TableLayout {
  const dates = { column: source.kind === 'csv' ? (source.dateColumn ?? 'date') : '', order: 'year-first' } as const;
  return table?.layout ?? { delimiter: ',', decimalComma: false, hasHeader: true, columnCount: 2, dates };
}

/** Where the data file of a project lies in the folder. */
export function tableName(file: string): string {
  const name = portableName(file.split(/[\\/]/u).at(-1) ?? '');
  return name === '' ? 'series.csv' : name;
}

/** data.py: the series, their scaling and the windows of each part, with the numbers of the run. */
export function dataModule(exportable: ExportableModel): string {
  const { model, name } = exportable;
  const isFile = model.data.source.kind === 'csv';
  const { labels, hasFeatures } = dataNeeds(model);
  const scalings = hasFeatures ? '(OFFSETS[: len(COLUMNS)], FACTORS[: len(COLUMNS)])' : '(OFFSETS, FACTORS)';
  const values = labels.length > 0 ? 'values, labels = read_series()' : 'values = read_series()';
  const series = labels.length > 0 ? '(values, labels)' : 'values';
  const checked = model.data.scale === null
    ? ''
    : `
    for found, used, what in zip(fit_scaler(values), ${scalings}, ("offsets", "factors")):
        print(f"{what} of the training part: {found}; in use: {used}")`;
  return `"""The data of "${plainWords(name)}": series, scaling and windows, as they were when the model was trained.

Run it to see how many windows there are${model.data.scale === null ? '' : ', and what the scaling would be on other data'}.
"""
${isFile ? `\nimport csv\n${usesCalendar(model) ? 'import re\nfrom datetime import datetime, timedelta\n' : ''}from pathlib import Path\n` : ''}
import numpy as np

${settings(exportable).join('\n')}


${[seriesCode(model, layoutOf(exportable)), ...windowsCode(model, exportable.training.seed)].join('\n\n\n')}


if __name__ == "__main__":
    ${values}
    print(f"series, time steps, columns: {values.shape}")${checked}
    for part in ("training", "validation", "test"):
        print(f"windows of the {part} part: {len(windows(part, ${series})[0])}")
`;
}

function settings(exportable: ExportableModel): readonly string[] {
  const { model, facts } = exportable;
  const { source, window, stride, split, season } = model.data;
  const target = firstTarget(model);
  const assign = (name: string, value: PythonValue, said = ''): string => `${name} = ${pythonValue(value)}${said === '' ? '' : `  # ${said}`}`;
  const array = (name: string, values: readonly number[]): string => pythonList(name, values).replace('= [', '= np.array([').replace(/\]$/u, '])');
  const layout = layoutOf(exportable);
  const { isScaled, labels } = dataNeeds(model);
  const scalings = [...facts.scaling, ...(facts.features ?? []).filter(({ isMask }) => isMask !== true)];
  return [
    ...(source.kind === 'generator'
      ? [assign('SEED', source.seed), assign('SERIES', source.series), assign('STEPS', source.steps, 'time steps of each series'), assign('NOISE', source.noise)]
      : [
          `FILE = Path(__file__).parent / "data" / ${pythonValue(tableName(source.file))}`,
          assign('DELIMITER', layout.delimiter),
          ...(source.seriesColumn === null ? [] : [assign('SERIES_COLUMN', source.seriesColumn)]),
        ]),
    pythonList('COLUMNS', facts.columns),
    ...featureSettings(model, layout.dates),
    ...(target.kind === 'forecast' || tellsWindow(target)
      ? [pythonList('TARGETS', facts.targetColumns), 'PLACES = [COLUMNS.index(name) for name in TARGETS]']
      : [pythonList('LABELS', labels)]),
    ...(target.kind === 'classify' ? [pythonList('CLASSES', target.classes)] : []),
    assign('WINDOW', window, 'time steps that the model sees'),
    ...(target.kind === 'forecast' ? [assign('HORIZON', target.horizon, 'time steps that it forecasts')] : []),
    ...(target.kind === 'forecast' && target.horizonWeights !== null ? [pythonList('HORIZON_WEIGHTS', target.horizonWeights)] : []),
    ...(target.loss.kind === 'quantiles' ? ['# Quantiles of each value that are forecast, the least first.', pythonList('LEVELS', target.loss.levels)] : []),
    assign('STRIDE', stride, 'time steps from one window to the next'),
    ...(season !== null && target.kind === 'forecast' ? [assign('SEASON', season)] : []),
    assign('TRAINING_SHARE', split.trainingShare, split.by === 'time' ? 'of the time steps, oldest first' : 'of the series, in their order'),
    assign('VALIDATION_SHARE', split.validationShare, 'what is left is the test part'),
    ...(isScaled
      ? ['# scaled = (value - OFFSETS) / FACTORS, fitted on the training part', array('OFFSETS', scalings.map(({ offset }) => offset)), array('FACTORS', scalings.map(({ factor }) => factor))]
      : []),
    ...(target.kind === 'regress'
      ? [
          '# The numbers that the model gives are scaled as well.',
          array('LABEL_OFFSETS', facts.labelScaling.map(({ offset }) => offset)),
          array('LABEL_FACTORS', facts.labelScaling.map(({ factor }) => factor)),
        ]
      : []),
  ];
}
