import type { Result } from '../diagnostics/result.ts';
import type { LabelFacts } from '../forecast/series-labels.ts';
import type { GraphNode, Wire } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { ParameterDeclarations, ParametersOf, ParsedParameters } from '../params/parameter-declaration.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import type { Initializer } from '../program/initializer-names.ts';
import type { Value } from '../program/value.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Size } from '../shapes/size.ts';

export type NodeCategory = 'data' | 'recurrent' | 'convolution' | 'normalization' | 'regularization' | 'dense' | 'merge' | 'target' | 'unknown';

/** What runs on a wire out of a series port: rows × named columns. Unknown facts wait for the data to be read. */
export interface SeriesFacts {
  readonly kind: 'series';
  readonly columns: readonly string[] | undefined;
  readonly seriesCount: Size | undefined;
  readonly steps: Size | undefined;
  /** What is known of each series besides its columns; undefined while it waits for the data. */
  readonly labels?: readonly LabelFacts[] | undefined;
  /** The Series node that the values come from. */
  readonly series: NodeId;
  /** The Scale node that they have passed; null while they are in the data's own unit. */
  readonly scale: NodeId | null;
}

/** What runs on a wire out of a tensor port, and the lineage that forecasts are read back along. */
export interface TensorFacts {
  readonly kind: 'tensor';
  readonly shape: Shape;
  /** The Window node that the samples come from, its length in time steps, and what it was given. */
  readonly window: NodeId;
  readonly windowLength: number;
  readonly series: SeriesFacts;
}

export type WireFacts = SeriesFacts | TensorFacts;

export interface PortDeclaration {
  readonly name: string;
  readonly carries: 'series' | 'tensor';
  /** An input that may stay unwired, or an output beside the main one: the initial and final states of a recurrent layer. */
  readonly optional?: boolean;
  readonly doc: string;
}

export interface WeightDeclaration {
  /** Keras's word: kernel, recurrent_kernel, bias, gamma, beta, moving_mean, moving_variance. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Elements of a vector, from the first up to but not including the second, that start at 1 whatever the initialiser says: the forget gate's bias. */
  readonly ones?: readonly [start: number, end: number];
  /** What training adds to the loss so that the weight stays small. */
  readonly penalty?: WeightPenalty;
}

/** l1 · Σ|w| + l2 · Σw²  (l2: A. E. Hoerl, R. W. Kennard, 1970; l1: R. Tibshirani, 1996). */
export interface WeightPenalty {
  readonly l1: number;
  readonly l2: number;
}

/** train: everything on; evaluate and predict: dropout off; sample: dropout on, moving statistics frozen. */
export type Mode = 'train' | 'evaluate' | 'predict' | 'sample';

/** What reading a Series node's file has shown. */
export interface DataFacts {
  /** The numeric columns, or those of them that were asked for. */
  readonly columns: readonly string[];
  readonly seriesCount: number;
  readonly steps: number;
  /** None where it is left out. */
  readonly labels?: readonly LabelFacts[] | undefined;
}

/** A node as one further down sees it: what a message names and a repair changes. */
export interface Feeder {
  readonly node: GraphNode;
  readonly label: string;
  readonly type: NodeType;
  readonly parameters: ParsedParameters;
  readonly inputs: Readonly<Record<string, WireFacts>>;
  readonly outputs: Readonly<Record<string, WireFacts>>;
  /** The wire that leads from it to the node further down. */
  readonly wire: Wire;
  readonly feeders: Readonly<Record<string, Feeder>>;
}

export interface ShapeContext<Declarations extends ParameterDeclarations = ParameterDeclarations> {
  readonly node: NodeId;
  readonly label: string;
  readonly parameters: ParametersOf<Declarations>;
  /** Facts on each wired input, by port name. A node with a required input that is unwired, or any that is in error, never reaches its shape rule. */
  readonly inputs: Readonly<Record<string, WireFacts>>;
  /** Who feeds each input, by port name. */
  readonly feeders: Readonly<Record<string, Feeder>>;
  /** Where the node reads a file: what was found in it, once it has been read. */
  readonly data: DataFacts | undefined;
  /** A node that a repair may insert: defaults, and an id and label that the document does not have yet. */
  readonly newNode: (type: string) => GraphNode;
}

export interface ForwardContext<Declarations extends ParameterDeclarations> {
  readonly node: NodeId;
  readonly label: string;
  readonly builder: BodyBuilder;
  readonly mode: Mode;
  readonly parameters: ParametersOf<Declarations>;
  /** Batch-major tensors, by port name; none for an optional port that is unwired. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly weight: (name: string) => Value;
  /** A moving statistic as training has left it so far; declared in `movingStatistics`. */
  readonly moving: (name: string) => Value;
  /** Gives a moving statistic its value after this training step. In mode `train` only, where every one of them is given one. */
  readonly setMoving: (name: string, value: Value) => void;
  /** What a state of this name, (batch, width), ended the window before with; asking makes it an input of the entry. */
  readonly carried: (name: string, width: number) => Value;
  /** What it ends this window with, which the next one starts with: for every state that was asked for. */
  readonly setCarried: (name: string, value: Value) => void;
  /** A fresh seed for this node in this step: integer [2]. Asking makes it an input of the entry. */
  readonly seed: () => Value;
}

/** The Keras 3 layer that is the same function. */
export interface KerasSpelling<Declarations extends ParameterDeclarations> {
  readonly className: string;
  readonly config: (parameters: ParametersOf<Declarations>) => Readonly<Record<string, unknown>>;
  /** The layer of Keras that takes this one as its argument, Bidirectional, with the rest of its configuration; null where none does. */
  readonly wrapper?: (parameters: ParametersOf<Declarations>) => { readonly className: string; readonly config: Readonly<Record<string, unknown>> } | null;
  /** Names of weights, and of moving statistics, in the order of the layer's get_weights(). */
  readonly weightOrder: (parameters: ParametersOf<Declarations>) => readonly string[];
}

/** Keras 3 layers, one after another, that are together the same function. */
export interface KerasSequence<Declarations extends ParameterDeclarations> {
  readonly kind: 'sequence';
  /** `inputs`: shapes by port name, with their sizes known. */
  readonly layers: (
    parameters: ParametersOf<Declarations>,
    inputs: Readonly<Record<string, Shape>>,
  ) => readonly { readonly className: string; readonly config: Readonly<Record<string, unknown>> }[];
  /** Names of the weights of the last of them, in the order of its get_weights(); the others have none. Left out: it has none either. */
  readonly weightOrder?: (parameters: ParametersOf<Declarations>) => readonly string[];
}

/** A cell that Keras has not, for keras.layers.RNN: a class of formats/keras/cell-classes.ts. */
export interface KerasCell<Declarations extends ParameterDeclarations> {
  readonly kind: 'cell';
  readonly className: string;
  readonly config: (parameters: ParametersOf<Declarations>) => Readonly<Record<string, unknown>>;
  /** Of the keras.layers.RNN around it. */
  readonly layerConfig: (parameters: ParametersOf<Declarations>) => Readonly<Record<string, unknown>>;
  /** As in KerasSpelling: the layer that takes that keras.layers.RNN as its argument. */
  readonly wrapper: NonNullable<KerasSpelling<Declarations>['wrapper']>;
  readonly weightOrder: (parameters: ParametersOf<Declarations>) => readonly string[];
}

export interface Source {
  readonly author: string;
  readonly year: number;
  readonly title: string;
  readonly link: string;
}

/** What every node type says of itself, whatever it does. */
interface NodeFacts<Declarations extends ParameterDeclarations> {
  readonly type: string;
  readonly title: string;
  readonly category: NodeCategory;
  /** One line for the palette. */
  readonly summary: string;
  /** Plain text with Unicode mathematics, one equation a line. */
  readonly equation: string;
  readonly inputs: readonly PortDeclaration[];
  readonly outputs: readonly PortDeclaration[];
  readonly parameters: Declarations;
  /** Facts on each output port, or what does not fit (with repairs). */
  readonly shape: (context: ShapeContext<Declarations>) => Result<Readonly<Record<string, WireFacts>>>;
  /** Shapes of inputs and outputs in words, with named axes. */
  readonly shapes: string;
  /** What goes wrong and when, in a sentence or two. */
  readonly errors: string;
  readonly source: Source;
}

/** Prepares data or states the task: read by the data pipeline, not by the forward pass. */
export interface DataNodeType<Declarations extends ParameterDeclarations = ParameterDeclarations> extends NodeFacts<Declarations> {
  readonly role: 'data' | 'target';
}

/** Takes tensors to tensors, with weights of its own. */
export interface LayerNodeType<Declarations extends ParameterDeclarations = ParameterDeclarations> extends NodeFacts<Declarations> {
  readonly role: 'layer';
  readonly weights: (context: ShapeContext<Declarations>) => readonly WeightDeclaration[];
  /** State that training moves along without a gradient, and that all else reads: the statistics of batch normalisation. */
  readonly movingStatistics?: (context: ShapeContext<Declarations>) => readonly WeightDeclaration[];
  /** Multiply-adds of the matrix products (and of scalings by a weight) in one forward pass for one series. */
  readonly multiplyAdds: (context: ShapeContext<Declarations>) => number;
  /** Results by output port name. */
  readonly forward: (context: ForwardContext<Declarations>) => Readonly<Record<string, Value>>;
  readonly keras: KerasSpelling<Declarations> | null;
  /** Where Keras has no such layer: how the same function is said there. Without it, a model with this layer cannot leave as Keras. */
  readonly kerasOtherwise?: KerasSequence<Declarations> | KerasCell<Declarations>;
}

/** Stands where another program's model has something that Unroll does not have: drawn and kept, never computed, never offered. */
export interface UnknownNodeType<Declarations extends ParameterDeclarations = ParameterDeclarations> extends NodeFacts<Declarations> {
  readonly role: 'unknown';
}

export type NodeType<Declarations extends ParameterDeclarations = ParameterDeclarations> =
  | DataNodeType<Declarations>
  | UnknownNodeType<Declarations>
  | LayerNodeType<Declarations>;
