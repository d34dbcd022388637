import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, matmul, multiply, reduceMean, reshape, scalar, sigmoid, slice, square, tanh } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import type { Body } from '../../../core/program/instruction.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { bodyCase, numbers, referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const unrolled = testBackend({ unrolledSteps: 1000, unrolledInstructions: 100_000, scanKernel: false });
const looped = testBackend({ unrolledSteps: 0, unrolledInstructions: 0, scanKernel: false });
const outerUnrolled = testBackend({ unrolledSteps: 3, unrolledInstructions: 100_000, scanKernel: false });

function expectSpellingsAgree(built: BodyCase, tolerance = 3e-6): void {
  const expected = referenceOf(built);
  for (const backend of [unrolled, looped, outerUnrolled]) expectClose(runOnTensorFlow(backend, built), expected, tolerance);
}

const width = constantSize(3);
const row = [batchSize, width];

interface ScanPlan {
  readonly steps: number;
  readonly backwards: boolean;
  readonly sequences: number;
  readonly states: number;
  readonly invariants: number;
  readonly outputs: number;
  readonly operations: number;
}

const plans: fc.Arbitrary<ScanPlan> = fc.record({
  steps: fc.integer({ min: 1, max: 6 }),
  backwards: fc.boolean(),
  sequences: fc.nat(2),
  states: fc.integer({ min: 1, max: 3 }),
  invariants: fc.nat(2),
  outputs: fc.nat(3),
  operations: fc.integer({ min: 1, max: 12 }),
});

/** A cell of random operations over rows [batch, 3]; invariants are kernels [3, 3]. */
function randomCell(plan: ScanPlan, seed: number): Body {
  const next = numbers(seed);
  const builder = new BodyBuilder();
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const rows = Array.from({ length: plan.sequences + plan.states }, () => builder.input('float', row));
  const kernels = Array.from({ length: plan.invariants }, () => builder.input('float', [width, width]));
  for (let count = 0; count < plan.operations; count += 1) {
    const choices: (() => Value)[] = [
      () => tanh(builder, pick(rows)),
      () => sigmoid(builder, pick(rows)),
      () => multiply(builder, pick(rows), pick(rows)),
      () => add(builder, multiply(builder, pick(rows), scalar(builder, 0.5)), pick(rows)),
      () => pick(rows),
    ];
    // The square of a kernel is the same at every step.
    if (kernels.length > 0) choices.push(() => matmul(builder, pick(rows), matmul(builder, pick(kernels), pick(kernels))));
    rows.push(tanh(builder, pick(choices)()));
  }
  const states = Array.from({ length: plan.states }, () => pick(rows));
  return builder.finish([...states, ...Array.from({ length: plan.outputs }, () => pick([...rows, ...kernels]))]);
}

function scanOf({ builder, input }: CaseMaker, plan: ScanPlan, body: Body): readonly Value[] {
  const steps = constantSize(plan.steps);
  const { finalStates, stacked } = builder.scan({
    sequences: Array.from({ length: plan.sequences }, () => input('float', [steps, ...row])),
    initialStates: Array.from({ length: plan.states }, () => input('float', row)),
    invariants: Array.from({ length: plan.invariants }, () => input('float', [width, width], [-0.5, 0.5])),
    steps,
    backwards: plan.backwards,
    body,
  });
  return [...finalStates, ...stacked];
}

test('a scan of any cell, step by step or as a loop, gives what the reference gives', () => {
  fc.assert(
    fc.property(plans, fc.nat(), fc.constantFrom(1, 3, 32), (plan, seed, batch) => {
      expectSpellingsAgree(bodyCase(batch, seed, (maker) => scanOf(maker, plan, randomCell(plan, seed))));
    }),
    { numRuns: 25 },
  );
  expect.hasAssertions();
});

test('so does the gradient of its results, a scan the other way over what the first one stacked', () => {
  const holds = fc.property(plans, fc.nat(), (plan, seed) => {
    const built = bodyCase(3, seed, (maker) => {
      const results = scanOf(maker, plan, randomCell(plan, seed));
      const { builder } = maker;
      return [results.map((result) => reduceMean(builder, square(builder, result), allAxes(result))).reduce((sum, term) => add(builder, sum, term))];
    });
    const { body } = built;
    const builder = new BodyBuilder();
    const inputs = body.inputs.map((id) => builder.input(body.values[id]?.type ?? 'float', body.values[id]?.shape ?? []));
    const { gradients } = differentiate(builder, body, inputs, 0, inputs.map((_, index) => index).slice(1));
    expectSpellingsAgree({ ...built, body: builder.finish(gradients) });
  });
  fc.assert(holds, { numRuns: 15 });
  expect.hasAssertions();
});

test.each([[false, false], [false, true], [true, false]])('a scan inside a scan (outer backwards: %s, inner backwards: %s)', (outerBackwards, innerBackwards) => {
  const [chunks, length] = [constantSize(5), constantSize(4)];
  expectSpellingsAgree(bodyCase(3, 7, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [element, state] = [cell.input('float', row), cell.input('float', row)];
    const next = tanh(cell, add(cell, element, state));
    const cellBody = cell.finish([next, next]);

    const chunk = new BodyBuilder();
    const [elements, carried] = [chunk.input('float', [length, ...row]), chunk.input('float', row)];
    const inner = chunk.scan({ sequences: [elements], initialStates: [carried], invariants: [], steps: length, backwards: innerBackwards, body: cellBody });
    const [last] = inner.finalStates;
    const chunkBody = chunk.finish([last as Value, inner.stacked[0] as Value]);

    const sequence = input('float', [chunks, length, ...row]);
    const outer = builder.scan({ sequences: [sequence], initialStates: [input('float', row)], invariants: [], steps: chunks, backwards: outerBackwards, body: chunkBody });
    // And again over what the first one stacked, steps of steps.
    const again = builder.scan({ sequences: [outer.stacked[0] as Value], initialStates: [...outer.finalStates], invariants: [], steps: chunks, backwards: !outerBackwards, body: chunkBody });
    return [...outer.finalStates, ...outer.stacked, ...again.finalStates, ...again.stacked];
  }));
  expect.hasAssertions();
});

test('results of a scan sliced along time, its last step taken, and sizes that follow the batch inside the cell', () => {
  const steps = constantSize(5);
  for (const batch of [1, 3, 32]) {
    expectSpellingsAgree(bodyCase(batch, 3, ({ builder, input }) => {
      const cell = new BodyBuilder();
      const state = cell.input('float', row);
      const ones = cell.emitOne('constant', [], { type: 'float', shape: row, values: [0.5] });
      const next = tanh(cell, add(cell, state, reshape(cell, reshape(cell, ones, [width, batchSize]), row)));
      const body = cell.finish([next, next]);
      const { stacked: [stack] } = builder.scan({ sequences: [], initialStates: [input('float', row)], invariants: [], steps, backwards: false, body });
      if (stack === undefined) throw new Error('the scan stacks one output');
      return [slice(builder, stack, 0, 1, 3), reshape(builder, slice(builder, stack, 0, 4, 1), row), stack];
    }));
  }
  expect.hasAssertions();
});

test('a scan over as many steps as the batch has series', () => {
  for (const batch of [1, 3, 32]) {
    expectSpellingsAgree(bodyCase(batch, 9, ({ builder, input }) => {
      const cell = new BodyBuilder();
      const [element, state] = [cell.input('float', [width]), cell.input('float', [width])];
      const next = tanh(cell, add(cell, element, state));
      const body = cell.finish([next, next]);
      const { finalStates, stacked } = builder.scan({
        sequences: [input('float', row)], initialStates: [input('float', [width])], invariants: [], steps: batchSize, backwards: true, body,
      });
      return [...finalStates, ...stacked];
    }));
  }
  expect.hasAssertions();
});

test('2,000 steps become a loop that is ready at once', () => {
  const steps = constantSize(2000);
  const built = bodyCase(2, 5, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [element, state, kernel] = [cell.input('float', row), cell.input('float', row), cell.input('float', [width, width])];
    const next = tanh(cell, add(cell, element, matmul(cell, state, kernel)));
    const body = cell.finish([next, next]);
    const { finalStates, stacked } = builder.scan({
      sequences: [input('float', [steps, ...row])],
      initialStates: [input('float', row)],
      invariants: [input('float', [width, width], [-0.5, 0.5])],
      steps,
      backwards: false,
      body,
    });
    return [...finalStates, ...stacked];
  });
  const started = performance.now();
  const found = runOnTensorFlow(testBackend(), built);
  expect(performance.now() - started).toBeLessThan(3000);
  expectClose(found, referenceOf(built), 3e-6);
});
