/** The scan kernel's bytecode as data; native/program.h is its other half and says what each part means. */

export const bases = { none: -1, scratch: 0, parameter: 1, batch: 2, ring: 3, firstStream: 4 } as const;

/** Rows `row` … of a base; stride 0 where one row stands for all. */
export interface Operand {
  readonly base: number;
  readonly row: number;
  readonly stride: 0 | 1;
}

/** In the order of the native enumeration. */
export const opcodes = [
  'fill', 'affine', 'product', 'sum-of-products', 'sigmoid', 'tanh', 'relu', 'exp', 'log', 'sqrt', 'rsqrt', 'abs', 'sign', 'nonzero',
  'subtract', 'divide', 'maximum', 'minimum', 'power', 'greater', 'select', 'row-sum', 'row-dot', 'matrix-product',
] as const;
export type Opcode = (typeof opcodes)[number];

export const modifiers = ['identity', 'one-minus', 'negate', 'square', 'times-one-minus', 'one-minus-square'] as const;
export type Modifier = (typeof modifiers)[number];

export const productForms = ['plain', 'plus-addend', 'sum-first'] as const;
export type ProductForm = (typeof productForms)[number];

export interface Segment {
  readonly source: Operand;
  readonly weight: number;
}

export interface ScanInstruction {
  readonly opcode: Opcode;
  readonly rows: number;
  readonly d: Operand;
  readonly a?: Operand;
  readonly b?: Operand;
  readonly c?: Operand;
  readonly e?: Operand;
  readonly f?: Modifier;
  readonly g?: Modifier;
  readonly form?: ProductForm;
  readonly factors?: number;
  readonly factor?: number;
  readonly addend?: number;
  readonly segments?: readonly Segment[];
}

export interface StreamTensor {
  readonly slotRows: number;
  readonly slots: number;
}

export interface Tape {
  readonly slotRows: number;
  /** 1: one slot more than steps, so that a state is there before and after each step. */
  readonly history: 0 | 1;
}

/**
 * Step t is in slot (stride · t + offset) / dilation of a tensor, for steps from `first` to `end` − 1; the others are zeros,
 * and so is a step that lies between two slots. A stride below zero reads backwards in time. Stride and dilation have no
 * common divisor.
 */
export interface StepWindow {
  readonly offset: number;
  readonly first: number;
  readonly end: number;
  readonly stride: number;
  readonly dilation: number;
}

export interface Stream extends StepWindow {
  /** −1 is the tape that the scan itself writes. */
  readonly tensor: number;
}

export const rowInputKinds = ['parameter', 'batch', 'literal'] as const;

export interface RowInput {
  readonly kind: (typeof rowInputKinds)[number];
  readonly rows: number;
  readonly row: number;
  readonly literal: number;
}

export interface ScanState {
  readonly rows: number;
  /** Every element's first value; undefined where a tensor gives it. */
  readonly literal: number | undefined;
  readonly place: Operand;
}

export interface ScanSum {
  readonly kind: 'product' | 'rows';
  readonly left: Operand;
  readonly leftRows: number;
  readonly right?: Operand;
  readonly rightRows: number;
  /** Which output it is a part of, and from which row on. */
  readonly output: number;
  readonly row: number;
}

export interface ScanProgram {
  readonly backwards: boolean;
  readonly steps: number;
  readonly scratchRows: number;
  readonly ringRows: number;
  readonly parameterRows: number;
  readonly batchRows: number;
  readonly tape: Tape;
  readonly tensors: readonly StreamTensor[];
  readonly streams: readonly Stream[];
  readonly rowInputs: readonly RowInput[];
  readonly matrices: readonly { readonly rows: number; readonly columns: number }[];
  /** Inputs `first` to `first` + `inner` − 1 of a matrix. */
  readonly weights: readonly { readonly matrix: number; readonly transposed: boolean; readonly first: number; readonly inner: number }[];
  readonly states: readonly ScanState[];
  /** Columns are 0 for sums of rows. */
  readonly sumOutputs: readonly { readonly rows: number; readonly columns: number }[];
  readonly sums: readonly ScanSum[];
  readonly instructions: readonly ScanInstruction[];
}
