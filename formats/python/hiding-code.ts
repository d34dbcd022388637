import type { ImputePlan, Model } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';
import { hashName } from '../../core/program/random.ts';
import { dataNeeds } from './data-needs.ts';

/** hide_values() of data.py with the random numbers that it draws: those of core/forecast/hidden-values.ts. */
export function hidingCode({ hiddenRun, hiddenShare }: ImputePlan, seed: number): readonly string[] {
  return [philoxCode, hideCode(hiddenShare, hiddenRun, seed)];
}

const philoxCode = `def philox(low, high, key):
    """Random numbers below 2 ** 32 for counters of two words: Philox2x32-10 of Salmon and others (2011)."""
    word = np.uint64(0xFFFFFFFF)
    left, right = np.broadcast_arrays(np.asarray(low, np.uint64) & word, np.asarray(high, np.uint64) & word)
    key = np.uint64(key)
    for _ in range(10):
        product = left * np.uint64(0xD256D193)
        left, right = (product >> np.uint64(32)) ^ key ^ right, product & word
        key = (key + np.uint64(0x9E3779B9)) & word
    return left`;

function hideCode(share: number, run: number, seed: number): string {
  return `def hide_values(first_rows, known, epoch=None):
    """Which of the known values of windows are hidden, so that the model learns to tell them: (windows, WINDOW, COLUMNS).

    Stretches of ${run} time steps on average (geometrically distributed), and at least one value of each column: in every
    epoch others; always the same, and never the ends of what is known, where the model is judged. first_rows: where each
    window begins, all series one after the other.
    """
    judged = epoch is None
    key = philox(0 if judged else epoch, ${hashName('hidden values')}, ${seed === 0 ? '0' : `0 if judged else ${seed}`})
    leaves = ${1 / run}
    enters = min(1.0, leaves * ${share} / (1 - ${share}))
    hidden = np.zeros(known.shape, bool)
    for column in PLACES:
        places = first_rows * len(COLUMNS) + column
        draws = philox(places[:, np.newaxis], np.arange(1, WINDOW + 3), key) / 2**32
        for window, numbers in enumerate(draws):
            own = np.flatnonzero(known[window, :, column])[1 if judged else 0 : -1 if judged else None]
            if len(own) == 0:
                continue
            numbers = iter(numbers)
            stretches = np.zeros(WINDOW, bool)
            is_hidden, step = next(numbers) < ${share}, 0
            while step < WINDOW:
                ends, number = leaves if is_hidden else enters, next(numbers)
                length = 1 if ends >= 1 else 1 + int(np.log(1 - number) / np.log(1 - ends))
                stretches[step : step + length] = is_hidden
                is_hidden, step = not is_hidden, step + length
            chosen = own[stretches[own]]
            hidden[window, chosen if len(chosen) > 0 else own[int(next(numbers) * len(own))], column] = True
    return hidden`;
}

/** What the model reads of windows with masks. */
export function inputsCode(model: Model): readonly string[] {
  const target = firstTarget(model);
  const { hasFeatures } = dataNeeds(model);
  const isCentered = target.kind === 'impute' && target.centerWindows;
  const values = target.kind === 'impute'
    ? `np.where(known, windows[..., :columns]${isCentered ? ' - levels_of(windows, known)' : ''}, 0)`
    : 'np.nan_to_num(windows[..., :columns])';
  return [
    ...(isCentered ? [levelsCode] : []),
    `def model_inputs(windows, known):
    """What the model reads of scaled windows: columns, 0 where they are missing, then where each is known${hasFeatures ? ', then FEATURES' : ''}."""
    columns = len(COLUMNS)
    values = ${values}
    return np.concatenate([values, known${hasFeatures ? ', windows[..., columns:]' : ''}], axis=2)`,
  ];
}

const levelsCode = `def levels_of(windows, known):
    """The mean of what is known in each window, 0 where nothing is: (batch, 1, columns)."""
    values = np.where(known, windows[..., : len(COLUMNS)], 0)
    return values.sum(axis=1, keepdims=True) / np.maximum(known.sum(axis=1, keepdims=True), 1)`;
