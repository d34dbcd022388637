/** What training makes small. Sizes of errors are in scaled units. */
export type LossPlan =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  /** Linear from the error `delta` on. */
  | { readonly kind: 'huber'; readonly delta: number }
  /** The pinball loss, least at that quantile of what may follow. */
  | { readonly kind: 'quantile'; readonly quantile: number };

/** The loss of one error, prediction − target: what the training program computes, as a number. */
export function lossOfError(plan: LossPlan, error: number): number {
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
  }
}
