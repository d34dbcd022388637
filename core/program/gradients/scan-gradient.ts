import type { Body, ScanAttributes } from '../instruction.ts';

/**
 * What differentiating a scan gives.
 *
 * Backward body: sequences (saved stacks, forward sequences, gradients of `differentiatedOutputs`), states (gradients of
 * `activeStates`, then running sums of the gradients of `activeInvariants`), invariants (the forward ones); it gives the
 * next states, then the gradients of `activeSequences` at this step. All indices count within their own part.
 */
export interface ScanGradient {
  /** The forward body, which now also gives, at every step, what the backward body needs of it. */
  readonly forward: Body;
  readonly backward: Body;
  /** Which stacked outputs of the new forward scan the backward scan takes as saved values. */
  readonly savedOutputs: readonly number[];
  readonly differentiatedOutputs: readonly number[];
  readonly activeSequences: readonly number[];
  readonly activeStates: readonly number[];
  readonly activeInvariants: readonly number[];
}

/** Derives a scan's gradient, given which of its inputs gradients are wanted for. */
export type ScanDifferentiator = (attributes: ScanAttributes, activeInputs: readonly boolean[]) => ScanGradient;
