import type { Body, Instruction } from '../../../core/program/instruction.ts';
import type { Value, ValueId } from '../../../core/program/value.ts';
import { knownSize } from '../../../core/shapes/size.ts';
import { formOfShape, invariantShape, reshapedForm } from './sequence-forms.ts';
import type { SequenceForm } from './sequence-forms.ts';
import { TimeReadings } from './time-readings.ts';

/** What an instruction is to sequences. */
export type StepwiseRole =
  /** The same sequence under another shape. */
  | { readonly kind: 'alias' }
  /** One vector at every step. */
  | { readonly kind: 'uniform' }
  /** A sequence some steps earlier or later, cut, with zeros at its ends or between its steps, every so many of its steps, or turned. */
  | { readonly kind: 'shift' }
  /** Computed at each step from that step of other sequences, and from what is the same at all. */
  | { readonly kind: 'step'; readonly steps: number }
  /** The sum over all series and steps of something computed at each. */
  | { readonly kind: 'sum'; readonly steps: number };

/** The sequences of a body, and the instructions that work on them step by step. */
export class SequenceSurvey {
  readonly #body: Body;
  readonly #forms = new Map<ValueId, SequenceForm>();
  readonly #roles = new Map<Instruction, StepwiseRole>();
  readonly #sources = new Map<ValueId, ValueId>();
  /** How its instructions read every so many steps. */
  readonly readings: TimeReadings;

  constructor(body: Body) {
    this.#body = body;
    this.readings = new TimeReadings(body);
    body.inputs.forEach((id) => this.#noteShape(id));
    for (const instruction of body.instructions) {
      const role = this.#roleOf(instruction);
      if (role !== undefined) this.#roles.set(instruction, role);
      else instruction.outputs.forEach((id) => this.#noteShape(id));
    }
  }

  formOf(id: ValueId): SequenceForm | undefined {
    return this.#forms.get(id);
  }

  roleOf(instruction: Instruction): StepwiseRole | undefined {
    return this.#roles.get(instruction);
  }

  /** The value that an alias or a uniform sequence stands for; any other stands for itself. */
  sourceOf(id: ValueId): ValueId {
    const source = this.#sources.get(id);
    return source === undefined ? id : this.sourceOf(source);
  }

  #type(id: ValueId | undefined): Value {
    const value = this.#body.values[id ?? -1];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  }

  #noteShape(id: ValueId): void {
    const form = formOfShape(this.#type(id));
    if (form !== undefined) this.#forms.set(id, form);
  }

  #define(id: ValueId | undefined, form: SequenceForm): void {
    if (id !== undefined) this.#forms.set(id, form);
  }

  #alias(of: ValueId, output: ValueId, form: SequenceForm): StepwiseRole {
    this.#sources.set(output, of);
    this.#define(output, form);
    return { kind: 'alias' };
  }

  #roleOf(instruction: Instruction): StepwiseRole | undefined {
    const [input, second] = instruction.inputs;
    const [output] = instruction.outputs;
    if (input === undefined || output === undefined) return undefined;
    const form = this.#isUniform(input) && instruction.kind !== 'reshape' ? undefined : this.#forms.get(input);
    switch (instruction.kind) {
      case 'broadcast':
        return this.#roleOfBroadcast(instruction, input, output, form);
      case 'reshape': {
        const reshaped = form && reshapedForm(form, instruction.attributes.shape);
        if (reshaped !== undefined) return this.#alias(input, output, reshaped);
        return form && this.readings.isPart(instruction) ? this.#roleOfReading(instruction, output, form) : undefined;
      }
      case 'transpose': {
        const turned = instruction.attributes.permutation.join() === '1,0,2' ? formOfShape(this.#type(output)) : undefined;
        return form && turned && this.#alias(input, output, turned);
      }
      case 'slice':
      case 'pad': {
        if (form === undefined) return undefined;
        const feature = featureAxis(form);
        if (instruction.attributes.axis === feature) return form.layout === 'series' && this.readings.isPart(instruction) ? this.#shift(output) : this.#step([output], form);
        if (instruction.attributes.axis !== timeAxis(form)) return undefined;
        if (instruction.kind !== 'slice' || instruction.attributes.length !== 1 || !this.readings.isPadded(instruction)) return this.#shift(output);
        this.#define(output, { ...form, steps: 1 });
        return { kind: 'shift' };
      }
      case 'reverse':
        return form && instruction.attributes.axis === timeAxis(form) ? this.#shift(output) : undefined;
      case 'split':
        return form && instruction.attributes.axis === featureAxis(form) ? this.#step(instruction.outputs, form) : undefined;
      case 'concatenate': {
        const parts = instruction.inputs.map((id) => this.#forms.get(id));
        const alike = form && parts.every((part) => part?.layout === form.layout && part.steps === form.steps);
        return alike === true && instruction.attributes.axis === featureAxis(form) ? this.#step([output], form) : undefined;
      }
      case 'reduce-sum':
      case 'reduce-mean':
        return form && this.#roleOfReduction(instruction.attributes.axes, instruction.attributes.keepAxes, output, form);
      case 'matmul':
        return form?.layout === 'rows' && second !== undefined ? this.#roleOfProduct(instruction.attributes, second, output, form) : undefined;
      case 'cast':
        if (instruction.attributes.type === 'integer') return undefined;
        return this.#roleOfElementwise(instruction.inputs, output);
      case 'negate':
      case 'exp':
      case 'log':
      case 'sqrt':
      case 'rsqrt':
      case 'square':
      case 'abs':
      case 'sign':
      case 'sigmoid':
      case 'tanh':
      case 'relu':
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'divide':
      case 'maximum':
      case 'minimum':
      case 'power':
      case 'greater':
      case 'select':
      case 'stop-gradient':
        return this.#roleOfElementwise(instruction.inputs, output);
      case 'constant':
      case 'cosine':
      case 'reduce-max':
      case 'random-uniform':
      case 'scan':
        return undefined;
    }
  }

  /** The output is a sequence that is read elsewhere in time; undefined where its shape does not show one. */
  #shift(output: ValueId): StepwiseRole | undefined {
    const form = formOfShape(this.#type(output));
    if (form !== undefined) this.#define(output, form);
    return form && { kind: 'shift' };
  }

  /** A reshape that puts neighbouring steps beside each other, or makes steps of what was. */
  #roleOfReading(instruction: Instruction, output: ValueId, form: SequenceForm): StepwiseRole | undefined {
    const reading = this.readings.readingOf(instruction);
    if (reading === undefined) return form.layout === 'series' || form.layout === 'rows' ? this.#shift(output) : undefined;
    const { shape } = this.#type(output);
    if (form.layout !== 'series' || !reading.spreads) return undefined;
    this.#define(output, { layout: shape.length === 2 ? 'rows' : 'series', steps: form.steps * reading.neighbours, features: form.features / reading.neighbours });
    return { kind: 'shift' };
  }

  #step(outputs: readonly ValueId[], { layout, steps }: SequenceForm): StepwiseRole | undefined {
    const widths = outputs.map((id) => knownSize(this.#type(id).shape.at(-1) ?? this.#type(id).shape[0]!));
    if (layout === 'columns' || widths.some((width) => width === undefined || width === 0)) return undefined;
    outputs.forEach((id, index) => this.#define(id, { layout, steps, features: widths[index] ?? 0 }));
    return { kind: 'step', steps };
  }

  #roleOfBroadcast(instruction: Extract<Instruction, { readonly kind: 'broadcast' }>, input: ValueId, output: ValueId, form: SequenceForm | undefined): StepwiseRole | undefined {
    const { shape } = instruction.attributes;
    const own = this.#type(input);
    if (form !== undefined) return own.shape.length === shape.length ? this.#step([output], form) : undefined;
    const isOne = own.shape.slice(0, -1).every((size) => knownSize(size) === 1);
    if (own.type === 'integer' || !isOne || shape.length < 2) return undefined;
    this.#sources.set(output, input);
    const noted = formOfShape(this.#type(output));
    if (noted !== undefined) this.#define(output, noted);
    return { kind: 'uniform' };
  }

  #roleOfReduction(axes: readonly number[], keepAxes: boolean, output: ValueId, form: SequenceForm): StepwiseRole | undefined {
    const feature = featureAxis(form);
    const { layout, steps } = form;
    if (layout === 'columns' || feature === undefined) return undefined;
    if (axes.length === 1 && axes[0] === feature) {
      const reduced: SequenceForm | undefined = keepAxes ? { layout, steps, features: 1 } : layout === 'series' ? { layout: 'columns', steps, features: 1 } : undefined;
      if (reduced !== undefined) this.#define(output, reduced);
      return reduced && { kind: 'step', steps };
    }
    const outer = Array.from({ length: feature }, (_, axis) => axis);
    return !keepAxes && outer.every((axis) => axes.includes(axis)) ? { kind: 'sum', steps } : undefined;
  }

  #roleOfProduct({ transposeLeft, transposeRight }: { readonly transposeLeft: boolean; readonly transposeRight: boolean }, right: ValueId, output: ValueId, form: SequenceForm): StepwiseRole | undefined {
    const other = this.#forms.get(right);
    if (transposeLeft) return !transposeRight && other?.layout === 'rows' && other.steps === form.steps ? { kind: 'sum', steps: form.steps } : undefined;
    const isMatrix = other === undefined && this.#type(right).shape.every((size) => size.kind === 'constant');
    return isMatrix ? this.#step([output], form) : undefined;
  }

  #roleOfElementwise(inputs: readonly ValueId[], output: ValueId): StepwiseRole | undefined {
    const forms = inputs.flatMap((id) => (this.#isUniform(id) ? [] : this.#forms.get(id) ?? []));
    const [first] = forms;
    const { shape } = this.#type(output);
    if (first === undefined || shape.length !== this.#type(inputs.find((id) => this.#forms.get(id) === first)).shape.length) return undefined;
    if (!forms.every(({ layout, steps }) => layout === first.layout && steps === first.steps)) return undefined;
    const fits = inputs.every((id) => {
      if (!this.#isUniform(id) && this.#forms.has(id)) return true;
      const type = this.#type(this.sourceOf(id));
      return type.type !== 'integer' && invariantShape(type.shape, first.layout) !== undefined;
    });
    return fits ? this.#step([output], first) : undefined;
  }

  /** Whether a value stands for a vector at every step. */
  #isUniform(id: ValueId): boolean {
    return this.#sources.has(id) && !this.#forms.has(this.sourceOf(id));
  }
}

export function featureAxis({ layout }: SequenceForm): number | undefined {
  switch (layout) {
    case 'series':
    case 'steps': return 2;
    case 'rows': return 1;
    case 'columns': return undefined;
  }
}

export function timeAxis({ layout }: SequenceForm): number | undefined {
  return layout === 'series' ? 1 : layout === 'steps' ? 0 : undefined;
}
