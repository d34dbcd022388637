import type { Size } from './size.ts';
import { batchSize, printSize } from './size.ts';

export type AxisName = 'batch' | 'time' | 'feature';

export interface Axis {
  readonly name: AxisName;
  readonly size: Size;
}

/** The shape of a tensor on a wire: named axes from the outermost in. */
export type Shape = readonly Axis[];

/** One vector a series: (batch, n feature). */
export function vectorShape(features: Size): Shape {
  return [
    { name: 'batch', size: batchSize },
    { name: 'feature', size: features },
  ];
}

/** One vector a time step: (batch, t time, n feature). */
export function sequenceShape(time: Size, features: Size): Shape {
  return [
    { name: 'batch', size: batchSize },
    { name: 'time', size: time },
    { name: 'feature', size: features },
  ];
}

export function axisSize(shape: Shape, name: AxisName): Size | undefined {
  return shape.find((axis) => axis.name === name)?.size;
}

function printAxis(axis: Axis): string {
  const size = printSize(axis.size);
  return size === axis.name ? axis.name : `${size} ${axis.name}`;
}

/** The one way a shape is written anywhere: "(batch, 50 time, 1 feature)". */
export function printShape(shape: Shape): string {
  return `(${shape.map(printAxis).join(', ')})`;
}
