import type { GapFilling } from '../forecast/gaps.ts';
import type { SplitSettings } from '../forecast/split.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { WeightDeclaration } from '../nodes/node-type.ts';
import type { ParsedParameters } from '../params/parameter-declaration.ts';
import type { LossPlan } from '../program/losses/loss-plan.ts';
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
  | { readonly kind: 'csv'; readonly file: string; readonly columns: readonly string[] | null; readonly dateColumn: string | null };

/** How samples are made of the data: everything before the first layer. */
export interface DataPlan {
  readonly seriesNode: NodeId;
  readonly source: SeriesSource;
  readonly gaps: GapFilling;
  readonly scale: { readonly node: NodeId; readonly kind: 'standard' | 'min-max' } | null;
  readonly windowNode: NodeId;
  readonly window: number;
  readonly stride: number;
  readonly split: SplitSettings;
  /** Time steps of one season for the seasonal naive baseline. */
  readonly season: number | null;
}

/** What is asked of the network. */
export interface TargetPlan {
  readonly node: NodeId;
  /** Names of the forecast columns; null: all columns of the series. */
  readonly columns: readonly string[] | null;
  readonly horizon: number;
  /** Time steps that evaluation and prediction forecast by feeding forecasts back; null: the horizon, in one go. */
  readonly iterateTo: number | null;
  readonly loss: LossPlan;
  /** How much each step of the horizon counts in the loss; null: all alike. */
  readonly horizonWeights: readonly number[] | null;
  /** true: the horizon's targets at every time step; false: one vector a series. */
  readonly everyStep: boolean;
  readonly input: LayerInput;
}

/** A checked graph, ready to become a program: data, layers in order, target. Plain data. */
export interface Model {
  readonly data: DataPlan;
  readonly layers: readonly Layer[];
  readonly target: TargetPlan;
  /** Features of one time step of a window (columns of the series). */
  readonly inputFeatures: number;
  readonly targetColumns: number;
}
