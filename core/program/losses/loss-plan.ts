/** A loss of the errors of numbers. Sizes of errors are in scaled units. */
export type ErrorLoss =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  /** Linear from the error `delta` on. */
  | { readonly kind: 'huber'; readonly delta: number }
  /** The pinball loss, least at that quantile of what may follow. */
  | { readonly kind: 'quantile'; readonly quantile: number }
  /** Several quantiles, the least first: the mean of their pinball losses. For each of them the network gives a number of its own. */
  | { readonly kind: 'quantiles'; readonly levels: readonly number[] };

/** A loss of the logits of classes: one for each class, or a single one for the second of two. */
export type ClassLoss = { readonly kind: 'categorical-crossentropy' } | { readonly kind: 'binary-crossentropy' };

/** What training makes small. */
export type LossPlan = ErrorLoss | ClassLoss;

/** The loss of one error, prediction − target: what the training program computes, as a number. Of several quantiles: where all of them are off by it. */
export function lossOfError(plan: ErrorLoss, error: number): number {
  const size = Math.abs(error);
  switch (plan.kind) {
    case 'mse':
      return error * error;
    case 'mae':
      return size;
    case 'huber':
      return size <= plan.delta ? (error * error) / 2 : plan.delta * (size - plan.delta / 2);
    case 'quantile':
      return Math.max(-plan.quantile * error, (1 - plan.quantile) * error);
    case 'quantiles':
      return plan.levels.reduce((sum, level) => sum + Math.max(-level * error, (1 - level) * error), 0) / plan.levels.length;
  }
}
