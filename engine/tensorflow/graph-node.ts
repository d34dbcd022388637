import type { ElementType } from '../../core/program/value.ts';

/** TensorFlow's types (tensorflow/core/framework/types.proto) with their numbers. */
export const dataTypeNumbers = { float32: 1, int32: 3, bool: 10, resource: 20, variant: 21 } as const;

export type DataType = keyof typeof dataTypeNumbers;

export const dataTypeOf = { float: 'float32', integer: 'int32', boolean: 'bool' } as const satisfies { readonly [Type in ElementType]: DataType };

/** Axis sizes, −1 where only a run knows; undefined where not even the rank is known. */
export type StaticShape = readonly number[] | undefined;

/** A literal tensor, row-major; a single value stands for all elements. */
export interface TensorLiteral {
  readonly type: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** The value of a node's attribute (tensorflow/core/framework/attr_value.proto). */
export type AttributeValue =
  | { readonly kind: 'type'; readonly type: DataType }
  | { readonly kind: 'types'; readonly types: readonly DataType[] }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'shape'; readonly shape: StaticShape }
  | { readonly kind: 'shapes'; readonly shapes: readonly StaticShape[] }
  | { readonly kind: 'tensor'; readonly tensor: TensorLiteral }
  | { readonly kind: 'function'; readonly name: string };

export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface NodeDefinition {
  readonly name: string;
  readonly operation: string;
  /** Tensors as the graph or function spells them, then control inputs `^node`. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: DataType }[];
  readonly nodes: readonly NodeDefinition[];
  readonly results: readonly { readonly name: string; readonly type: DataType; readonly source: string }[];
}

export interface GraphDefinition {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
}

export const ofType = (type: DataType): AttributeValue => ({ kind: 'type', type });
export const ofTypes = (types: readonly DataType[]): AttributeValue => ({ kind: 'types', types });
export const ofInteger = (value: number): AttributeValue => ({ kind: 'integer', value });
export const ofBoolean = (value: boolean): AttributeValue => ({ kind: 'boolean', value });
export const ofText = (value: string): AttributeValue => ({ kind: 'text', value });
export const ofShape = (shape: StaticShape): AttributeValue => ({ kind: 'shape', shape });
export const ofTensor = (tensor: TensorLiteral): AttributeValue => ({ kind: 'tensor', tensor });
export const ofFunction = (name: string): AttributeValue => ({ kind: 'function', name });
