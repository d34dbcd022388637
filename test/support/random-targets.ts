import type { LabelFacts } from '../../core/forecast/series-labels.ts';
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

/** Ends the graph; false where its series have nothing that this target tells. */
type Ending = (unfinished: Unfinished) => boolean;

/** How a graph ends in each target type of the catalogue. */
export const targetEndings: ReadonlyMap<string, Ending> = new Map([['forecast', endInForecast], ['classify', endInClassify], ['regress', endInRegress], ['impute', endInImpute], ['reconstruct', endInReconstruct]]);

function endInForecast(unfinished: Unfinished): boolean {
  const { draft, draw, windowLength } = unfinished;
  const everyStep = draw() < 0.5;
  const joined = joinedEnds(unfinished, everyStep ? windowLength : undefined);
  const columns = columnsOf(joined);
  const chosen = columns.length > 1 && draw() < 0.3 ? columns.slice(0, wholeNumber(1, columns.length, draw)) : null;
  const horizon = wholeNumber(1, 3, draw);
  const drawn = randomParameters(typeNamed('forecast').parameters, draw);
  const quantiles = drawn['loss'] === 'quantile' && draw() < 0.5 ? [0.1, 0.5, 0.9] : null;
  const readOut = draft.addLayer('dense', { units: horizon * (chosen ?? columns).length * (quantiles?.length ?? 1) }, joined);
  // What is fed back into the window must be all that the window reads (a category holds for the whole series), and lead further than the horizon.
  const parameters = { ...drawn, columns: chosen, horizon, everyStep, quantiles, iterateTo: chosen === null && quantiles === null && draw() < 0.5 ? horizon + wholeNumber(1, 3, draw) : null };
  draft.add('forecast', parameters, { predictions: readOut });
  return true;
}

function endInClassify(unfinished: Unfinished): boolean {
  const { draft, draw } = unfinished;
  const labels = labelsOf(unfinished).filter(({ classes }) => classes !== null);
  if (labels.length === 0) return false;
  const { name, classes } = pick(labels, draw);
  const loss = classes!.length === 2 && draw() < 0.5 ? 'binary-crossentropy' : 'categorical-crossentropy';
  const logits = draft.addLayer('dense', { units: loss === 'binary-crossentropy' ? 1 : classes!.length }, joinedEnds(unfinished, undefined));
  draft.add('classify', { ...randomParameters(typeNamed('classify').parameters, draw), label: name, loss }, { predictions: logits });
  return true;
}

function endInRegress(unfinished: Unfinished): boolean {
  const { draft, draw } = unfinished;
  const names = labelsOf(unfinished).filter(({ isNumber }) => isNumber).map(({ name }) => name);
  if (names.length === 0) return false;
  const chosen = draw() < 0.5 ? null : names.slice(0, wholeNumber(1, names.length, draw));
  const readOut = draft.addLayer('dense', { units: (chosen ?? names).length }, joinedEnds(unfinished, undefined));
  draft.add('regress', { ...randomParameters(typeNamed('regress').parameters, draw), labels: chosen }, { predictions: readOut });
  return true;
}

/** Only where the window says what is missing. */
function endInImpute(unfinished: Unfinished): boolean {
  const { draft } = unfinished;
  if (!draft.document.nodes.some(({ type, parameters }) => type === 'window' && parameters['mask'] === true)) return false;
  endInWindow(unfinished, 'impute');
  return true;
}

function endInReconstruct(unfinished: Unfinished): boolean {
  endInWindow(unfinished, 'reconstruct');
  return true;
}

/** A value for each chosen column at every time step of the window. */
function endInWindow(unfinished: Unfinished, type: 'impute' | 'reconstruct'): void {
  const { draft, draw, windowLength } = unfinished;
  const joined = joinedEnds(unfinished, windowLength);
  const columns = columnsOf(joined);
  const chosen = columns.length > 1 && draw() < 0.3 ? columns.slice(0, wholeNumber(1, columns.length, draw)) : null;
  const readOut = draft.addLayer('dense', { units: (chosen ?? columns).length }, joined);
  draft.add(type, { ...randomParameters(typeNamed(type).parameters, draw), columns: chosen }, { predictions: readOut });
}

function labelsOf({ outlets: [outlet] }: Unfinished): readonly LabelFacts[] {
  return outlet?.facts.series.labels ?? [];
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
