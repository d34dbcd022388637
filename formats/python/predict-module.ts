import type { ImputePlan, Model, TargetPlan } from '../../core/compile/model.ts';
import { firstTarget, takesSequence, tellsWindow } from '../../core/compile/model.ts';
import type { ExportableModel } from '../../core/export/exportable-model.ts';
import { dataNeeds } from './data-needs.ts';
import { fillingFunctions, printFilled } from './fill-code.ts';
import { plainWords } from './python-text.ts';

/** predict.py: what the model says of the last window of each series, in the data's unit, as CSV. */
export function predictModule({ model, name }: ExportableModel): string {
  const target = firstTarget(model);
  const isFile = model.data.source.kind === 'csv';
  const { hasGaps, filling, isScaled, hasMask, labels } = dataNeeds(model);
  const fills = target.kind === 'impute';
  const skipsGaps = hasGaps && filling === null && !fills && (!hasMask || target.kind === 'forecast');
  const isUnscaled = model.data.scale !== null && (target.kind === 'forecast' || tellsWindow(target));
  const masking = hasMask ? ['COLUMNS', ...(fills || skipsGaps ? ['PLACES'] : []), ...(fills && target.centerWindows ? ['levels_of'] : []), 'model_inputs'] : [];
  const takesKnown = hasMask && filling !== null;
  const imports = ['WINDOW', ...namesOf(target), ...masking, 'read_series', ...(filling === null ? [] : ['fill_gaps']), ...(isScaled ? ['scale'] : []), ...(isUnscaled ? ['unscale'] : [])];
  const read = `read_series(${isFile ? 'arguments.file' : ''})`;
  const series = labels.length > 0 ? `values, _ = ${read}` : `values = ${read}`;
  const filled = filling === null ? '' : filling === 'linear' ? '\n    values, _ = fill_gaps(values)' : '\n    values = fill_gaps(values)';
  return `"""${titleOf(target)} with the model of "${plainWords(name)}": reads ${fills ? 'the series' : 'the last window of each series'}, prints CSV."""

import argparse
import csv
import sys
from pathlib import Path

${[...(target.kind === 'classify' ? ['import keras\n'] : []), ...(fills || hasMask || skipsGaps || (target.kind === 'forecast' && (target.iterateTo !== null || hasQuantiles(target))) ? ['import numpy as np\n'] : [])].join('')}
from data import ${isFile ? 'FILE, ' : ''}${imports.join(', ')}
from model import WEIGHTS, load_model


${predictFunction(model, target)}${skipsGaps ? lastWindowCode(hasMask) : ''}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
${isFile ? '    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="a CSV file with the columns of the training data")\n' : ''}    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="trained.weights.h5 after train.py")
    arguments = parser.parse_args()
    ${series}${takesKnown ? '\n    known = ~np.isnan(values[..., : len(COLUMNS)])' : ''}${filled}
${fills ? printFilled : `    found = predict(load_model(arguments.weights), ${skipsGaps ? 'np.stack([last_window(series) for series in values])' : 'values[:, -WINDOW:]'}${takesKnown ? ', known[:, -WINDOW:]' : ''})
    table = csv.writer(sys.stdout)
${printing(target)}`}


if __name__ == "__main__":
    main()
`.replaceAll(/\n{4,}/gu, '\n\n\n').replaceAll('from pathlib import Path\n\n\nfrom', 'from pathlib import Path\n\nfrom');
}

function titleOf(target: TargetPlan): string {
  switch (target.kind) {
    case 'forecast':
      return 'Forecasts';
    case 'classify':
      return 'Probabilities of classes';
    case 'regress':
      return 'Estimates';
    case 'reconstruct':
      return 'Draws windows';
    case 'impute':
      return 'Fills gaps';
  }
}

function hasQuantiles({ loss }: TargetPlan): boolean {
  return loss.kind === 'quantiles';
}

function namesOf(target: TargetPlan): readonly string[] {
  switch (target.kind) {
    case 'forecast':
      return ['HORIZON', ...(hasQuantiles(target) ? ['LEVELS'] : []), 'TARGETS'];
    case 'classify':
      return ['CLASSES'];
    case 'reconstruct':
    case 'impute':
      return ['TARGETS'];
    case 'regress':
      return ['LABELS', 'LABEL_FACTORS', 'LABEL_OFFSETS'];
  }
}

function predictFunction(model: Model, target: TargetPlan): string {
  const { isScaled, hasFeatures, hasMask, filling } = dataNeeds(model);
  const scaled = isScaled ? 'scale(windows)' : 'windows';
  const read = hasFeatures ? '(batch, WINDOW, columns + FEATURES)' : '(batch, WINDOW, columns)';
  if (target.kind === 'impute') return fillingFunctions(model, target, scaled, read);
  const { further = '', says, body } = prediction(model, target, hasMask ? 'inputs' : scaled, read);
  return `def predict(model, windows${hasMask && filling !== null ? ', known=None' : further}):
    """${says}"""
${hasMask ? maskedInputs(scaled, filling !== null) : ''}${body}`;
}

/** Makes masks of what is missing from the windows. */
function maskedInputs(scaled: string, takesKnown: boolean): string {
  const known = '~np.isnan(windows[..., : len(COLUMNS)])';
  return takesKnown
    ? `    # NaN where a value is missing; \`known\`: where one stood in the data, which filled ones did not.
    inputs = model_inputs(${scaled}, ${known} if known is None else known)
`
    : `    # NaN where a value is missing.
    inputs = model_inputs(${scaled}, ${known})
`;
}

/** What predict() says of itself and does, and what it takes besides windows. */
interface Prediction {
  readonly further?: string;
  readonly says: string;
  readonly body: string;
}

function prediction(model: Model, target: Exclude<TargetPlan, ImputePlan>, inputs: string, read: string): Prediction {
  switch (target.kind) {
    case 'forecast':
      return forecast(model, target.iterateTo, inputs, read);
    case 'classify':
      return {
        says: `The probability of each class: windows ${read} in the data's unit → (batch, classes).`,
        body: target.loss.kind === 'binary-crossentropy'
          ? `    second = keras.ops.convert_to_numpy(keras.ops.sigmoid(model.predict(${inputs}, verbose=0)))
    return keras.ops.convert_to_numpy(keras.ops.concatenate([1 - second, second], axis=1))`
          : `    return keras.ops.convert_to_numpy(keras.ops.softmax(model.predict(${inputs}, verbose=0)))`,
      };
    case 'reconstruct': {
      const drawn = model.data.scale === null ? `model.predict(${inputs}, verbose=0)` : `unscale(model.predict(${inputs}, verbose=0), TARGETS)`;
      return { says: `Windows ${read} in the data's unit → as the model draws them (batch, WINDOW, targets), in the same.`, body: `    return ${drawn}` };
    }
    case 'regress':
      return {
        says: `The numbers of each series in their own unit: windows ${read} in the data's unit → (batch, numbers).`,
        body: `    return model.predict(${inputs}, verbose=0) * LABEL_FACTORS + LABEL_OFFSETS`,
      };
  }
}

function forecast(model: Model, iterateTo: number | null, inputs: string, read: string): Prediction {
  const target = firstTarget(model);
  const last = takesSequence(target) ? '[:, -1]' : '';
  const unscaled = model.data.scale === null ? 'forecasts' : 'unscale(forecasts, TARGETS)';
  if (hasQuantiles(target)) {
    const inUnit = model.data.scale === null ? 'quantiles' : 'np.moveaxis(unscale(np.moveaxis(quantiles, -1, -2), TARGETS), -2, -1)';
    return {
      says: `Windows ${read} in the data's unit → quantiles (batch, HORIZON, targets, LEVELS) in the same.`,
      body: `    forecasts = model.predict(${inputs}, verbose=0)${last}
    # Put in order, so that none crosses another.
    quantiles = np.sort(forecasts.reshape(len(windows), HORIZON, len(TARGETS), len(LEVELS)))
    return ${inUnit}`,
    };
  }
  if (iterateTo === null) {
    return {
      says: `Windows ${read} in the data's unit → forecasts (batch, HORIZON, targets) in the same.`,
      body: `    forecasts = model.predict(${inputs}, verbose=0)${last}
    forecasts = forecasts.reshape(len(windows), HORIZON, len(TARGETS))
    return ${unscaled}`,
    };
  }
  return {
    further: `, steps=${iterateTo}`,
    says: `Windows ${read} in the data's unit → forecasts (batch, steps, columns) in the same.

    Beyond HORIZON, forecasts are fed back into the window as if they had been observed.
    `,
    body: `    seen = ${inputs}
    while seen.shape[1] < WINDOW + steps:
        ahead = model.predict(seen[:, -WINDOW:], verbose=0)${last}.reshape(len(windows), HORIZON, len(TARGETS))
        seen = np.concatenate([seen, ahead], axis=1)
    forecasts = seen[:, WINDOW : WINDOW + steps]
    return ${unscaled}`,
  };
}

function printing(target: TargetPlan): string {
  if (hasQuantiles(target)) {
    return `    table.writerow(["series", "step", "quantile", *TARGETS])
    for series, forecast in enumerate(found, start=1):
        for step, values_ahead in enumerate(forecast, start=1):
            for level, numbers in zip(LEVELS, values_ahead.T):
                table.writerow([series, step, level, *numbers])`;
  }
  if (target.kind === 'forecast' || tellsWindow(target)) {
    return `    table.writerow(["series", "step", *TARGETS])
    for series, forecast in enumerate(found, start=1):
        for step, values_ahead in enumerate(forecast, start=1):
            table.writerow([series, step, *values_ahead])`;
  }
  return `    table.writerow(["series", *${target.kind === 'classify' ? 'CLASSES' : 'LABELS'}])
    for series, numbers in enumerate(found, start=1):
        table.writerow([series, *numbers])`;
}

function lastWindowCode(hasMask: boolean): string {
  return `


def last_window(series):
    """The last window of a series that misses no value${hasMask ? ' to forecast from' : ''}. Raises ValueError where there is none."""
    for end in range(len(series), WINDOW - 1, -1):
        if not np.isnan(series[${hasMask ? 'end - 1, PLACES' : 'end - WINDOW : end'}]).any():
            return series[end - WINDOW : end]
    raise ValueError("a value is missing from every window")`;
}
