import { typeNamed, featuresOf, stepsOf } from './graph-draft.ts';
import type { GraphDraft, TensorOutlet } from './graph-draft.ts';
import { pick, randomParameters, wholeNumber } from './random-parameters.ts';
import type { Draw } from './random-parameters.ts';

/** A graph whose layers are drawn, to be ended. */
export interface Unfinished {
  readonly draft: GraphDraft;
  readonly draw: Draw;
  readonly windowLength: number;
  /** What nothing reads yet: at least one. */
  readonly outlets: readonly TensorOutlet[];
}

type Ending = (unfinished: Unfinished) => void;

/** How a graph ends in each target type of the catalogue. */
export const targetEndings: ReadonlyMap<string, Ending> = new Map([['forecast', endInForecast]]);

function endInForecast(unfinished: Unfinished): void {
  const { draft, draw, windowLength } = unfinished;
  const everyStep = draw() < 0.5;
  const joined = joinedEnds(unfinished, everyStep ? windowLength : undefined);
  const columns = columnsOf(joined);
  const chosen = columns.length > 1 && draw() < 0.3 ? columns.slice(0, wholeNumber(1, columns.length, draw)) : null;
  const horizon = wholeNumber(1, 3, draw);
  const readOut = draft.addLayer('dense', { units: horizon * (chosen ?? columns).length }, joined);
  const drawn = randomParameters(typeNamed('forecast').parameters, draw);
  // What is fed back into the window must be all that the window reads, and lead further than the horizon.
  const parameters = { ...drawn, columns: chosen, horizon, everyStep, iterateTo: chosen === null && draw() < 0.5 ? horizon + wholeNumber(1, 3, draw) : null };
  draft.add('forecast', parameters, { predictions: readOut });
}

function columnsOf({ facts }: TensorOutlet): readonly string[] {
  if (facts.series.columns === undefined) throw new RangeError('the columns of a drawn series are known');
  return facts.series.columns;
}

/** All loose ends side by side: one vector a series, or one at each of `steps` time steps. */
function joinedEnds({ draft, draw, outlets }: Unfinished, steps: number | undefined): TensorOutlet {
  const alike = outlets.map((outlet) => (steps === undefined ? asVector(draft, outlet, draw) : asSequence(draft, outlet, steps)));
  return alike.reduce((first, second) => {
    const [joined] = draft.add('concatenate', { axis: 'feature' }, { first, second });
    return joined as TensorOutlet;
  });
}

function asVector(draft: GraphDraft, outlet: TensorOutlet, draw: Draw): TensorOutlet {
  if (stepsOf(outlet) === undefined) return outlet;
  const wide = featuresOf(outlet) * stepsOf(outlet)! > 40;
  const type = pick(['take-step', 'global-max-pooling', 'global-average-pooling', ...(wide ? [] : ['flatten'])], draw);
  return draft.addLayer(type, {}, outlet);
}

function asSequence(draft: GraphDraft, outlet: TensorOutlet, steps: number): TensorOutlet {
  const own = stepsOf(outlet);
  if (own === steps) return outlet;
  const vector = own === undefined ? outlet : draft.addLayer('take-step', {}, outlet);
  return draft.addLayer('repeat-vector', { steps }, vector);
}
