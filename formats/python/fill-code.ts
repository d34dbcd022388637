import type { ImputePlan, Model } from '../../core/compile/model.ts';

/** predict() and fill() of predict.py where gaps are filled. `scaled`: windows as the model reads them; `read`: their shape. */
export function fillingFunctions({ data }: Model, { centerWindows }: ImputePlan, scaled: string, read: string): string {
  const told = centerWindows ? 'model.predict(model_inputs(scaled, known), verbose=0) + levels_of(scaled, known)[..., PLACES]' : 'model.predict(model_inputs(scaled, known), verbose=0)';
  return `def predict(model, windows):
    """Windows ${read} in the data's unit, NaN where a value is missing → what the model tells of every time step
    (batch, WINDOW, targets), in the same.
    """
    scaled, known = ${scaled}, ~np.isnan(windows[..., : len(COLUMNS)])
    told = ${told}
    return ${data.scale === null ? 'told' : 'unscale(told, TARGETS)'}


def fill(model, values):
    """Every missing value of TARGETS as the model tells it, from the window in whose middle it stands.

    A value stays missing where its window knows none of its column.
    """
    series, steps, targets = np.nonzero(np.isnan(values[..., PLACES]))
    if len(series) == 0:
        return values
    last = np.clip(steps + WINDOW // 2, WINDOW - 1, values.shape[1] - 1)
    windows = values[series[:, np.newaxis], last[:, np.newaxis] - np.arange(WINDOW)[::-1]]
    told, gaps = predict(model, windows), np.arange(len(series))
    is_told = ~np.isnan(windows[..., PLACES]).all(axis=1)[gaps, targets]
    filled = values.copy()
    filled[series, steps, np.array(PLACES)[targets]] = np.where(is_told, told[gaps, steps - last + WINDOW - 1, targets], np.nan)
    return filled`;
}

/** The end of main(): a row a time step, and beside each value whether it was filled. */
export const printFilled = `    filled = fill(load_model(arguments.weights), values)
    table = csv.writer(sys.stdout)
    table.writerow(["series", "step", *(heading for name in TARGETS for heading in (name, f"{name} filled"))])
    for series, (before, after) in enumerate(zip(values[..., PLACES], filled[..., PLACES]), start=1):
        for step, (own, told) in enumerate(zip(before, after), start=1):
            cells = [cell for one, other in zip(own, told) for cell in (other, int(np.isnan(one) and not np.isnan(other)))]
            table.writerow([series, step, *cells])`;
