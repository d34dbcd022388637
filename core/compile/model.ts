import type { GapFilling } from '../forecast/gaps.ts';
import { valuesPerForecast } from '../forecast/quantiles.ts';
import type { SplitSettings } from '../forecast/split.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { WeightDeclaration } from '../nodes/node-type.ts';
import type { ParsedParameters } from '../params/parameter-declaration.ts';
import type { ClassLoss, ErrorLoss } from '../program/losses/loss-plan.ts';
import type { Shape } from '../shapes/shape.ts';

/** Where one input of a layer comes from: a window's samples, or another layer's port. */
export type LayerInput =
  | { readonly kind: 'window' }
  | { readonly kind: 'layer'; readonly node: NodeId; readonly port: string };

/** One layer with its place in the order, its parsed parameters and its weights. */
export interface Layer {
  readonly node: NodeId;
  readonly type: string;
  readonly label: string;
  readonly parameters: ParsedParameters;
  readonly inputs: Readonly<Record<string, LayerInput>>;
  readonly inputShapes: Readonly<Record<string, Shape>>;
  readonly outputShapes: Readonly<Record<string, Shape>>;
  readonly weights: readonly WeightDeclaration[];
  /** What training moves along without a gradient. */
  readonly movingStatistics: readonly WeightDeclaration[];
  readonly multiplyAdds: number;
}

export type SeriesSource =
  | { readonly kind: 'generator'; readonly seed: number; readonly series: number; readonly steps: number; readonly noise: number }
  | { readonly kind: 'csv'; readonly file: string; readonly columns: readonly string[] | null; readonly dateColumn: string | null; readonly seriesColumn: string | null; readonly categoryColumns: readonly string[]; readonly calendar: boolean };

/** How samples are made of the data: everything before the first layer. */
export interface DataPlan {
  readonly seriesNode: NodeId;
  readonly source: SeriesSource;
  readonly gaps: GapFilling;
  readonly scale: { readonly node: NodeId; readonly kind: 'standard' | 'min-max' } | null;
  readonly windowNode: NodeId;
  readonly window: number;
  /** Whether a feature beside each column says where it has a value. */
  readonly mask: boolean;
  /** Labels that are numbers, given as features after columns and masks. */
  readonly labels: readonly string[];
  /** Labels given as features after all others, by the number of their class. */
  readonly categories: readonly { readonly name: string; readonly classes: readonly string[] }[];
  readonly stride: number;
  readonly split: SplitSettings;
  /** Time steps of one season for the seasonal naive baseline. */
  readonly season: number | null;
}

interface TargetFacts {
  readonly node: NodeId;
  readonly label: string;
  /** How much its loss counts beside that of other targets. */
  readonly weight: number;
  readonly input: LayerInput;
}

/** The next values of columns are asked of the network. */
export interface ForecastPlan extends TargetFacts {
  readonly kind: 'forecast';
  /** Names of the forecast columns; null: all columns of the series. */
  readonly columns: readonly string[] | null;
  readonly columnCount: number;
  readonly horizon: number;
  /** Time steps that evaluation and prediction forecast by feeding forecasts back; null: the horizon, in one go. */
  readonly iterateTo: number | null;
  readonly loss: ErrorLoss;
  /** How much each step of the horizon counts in the loss; null: all alike. */
  readonly horizonWeights: readonly number[] | null;
  /** true: the horizon's targets at every time step; false: one vector a series. */
  readonly everyStep: boolean;
}

/** The class of each series is asked of the network. */
export interface ClassifyPlan extends TargetFacts {
  readonly kind: 'classify';
  /** The label's name. */
  readonly column: string;
  readonly classes: readonly string[];
  readonly loss: ClassLoss;
  /** Every class counts alike in the loss, however rare. */
  readonly balanced: boolean;
}

/** Numbers of each series are asked of the network. */
export interface RegressPlan extends TargetFacts {
  readonly kind: 'regress';
  /** The labels' names. */
  readonly columns: readonly string[];
  readonly loss: ErrorLoss;
}

/** The values that are missing from the window itself are asked of the network. */
export interface ImputePlan extends TargetFacts {
  readonly kind: 'impute';
  /** Names of the columns to fill; null: all columns of the series. */
  readonly columns: readonly string[] | null;
  readonly columnCount: number;
  /** How much of what is known is hidden to learn from, and how many time steps a hidden stretch lasts on average. */
  readonly hiddenShare: number;
  readonly hiddenRun: number;
  /** How much a value that is not hidden counts in the loss. */
  readonly visibleWeight: number;
  /** The mean of what is visible in a window is taken from it before the network, and added again after it. */
  readonly centerWindows: boolean;
  readonly loss: ErrorLoss;
}

/** The window itself is asked of the network. */
export interface ReconstructPlan extends TargetFacts {
  readonly kind: 'reconstruct';
  /** Names of the columns to draw; null: all columns of the series. */
  readonly columns: readonly string[] | null;
  readonly columnCount: number;
  readonly loss: ErrorLoss;
}

/** What is asked of the network. */
export type TargetPlan = ForecastPlan | ClassifyPlan | RegressPlan | ImputePlan | ReconstructPlan;

/** A checked graph, ready to become a program: data, layers in order, targets. Plain data. */
export interface Model {
  readonly data: DataPlan;
  readonly layers: readonly Layer[];
  /** At least one. */
  readonly targets: readonly TargetPlan[];
  /** Features of one time step of a window: columns of the series, their masks, labels and categories. */
  readonly inputFeatures: number;
}

/** Numbers that a network gives a target for one sample, or at one time step where it gives them at every one. */
export function targetWidth(target: TargetPlan): number {
  switch (target.kind) {
    case 'forecast':
      return target.horizon * target.columnCount * valuesPerForecast(target.loss);
    case 'classify':
      return target.loss.kind === 'binary-crossentropy' ? 1 : target.classes.length;
    case 'regress':
      return target.columns.length;
    case 'impute':
    case 'reconstruct':
      return target.columnCount;
  }
}

/** Whether a target tells values of the window itself: it then lies wholly in one part of the data. */
export function tellsWindow(target: TargetPlan): target is ImputePlan | ReconstructPlan {
  return target.kind === 'impute' || target.kind === 'reconstruct';
}

/** Whether a target takes numbers at every time step of the window. */
export function takesSequence(target: TargetPlan): boolean {
  return tellsWindow(target) || (target.kind === 'forecast' && target.everyStep);
}

/** The first target, which a model is compared by. */
export function firstTarget({ targets }: Model): TargetPlan {
  const [first] = targets;
  if (first === undefined) throw new RangeError('a model has a target');
  return first;
}
