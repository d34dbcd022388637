import type { CallingFacts } from './exportable-model.ts';

/** Whether a scaling changes any number. */
export function scalesAnything(scaling: readonly { readonly offset: number; readonly factor: number }[]): boolean {
  return scaling.some(({ offset, factor }) => offset !== 0 || factor !== 1);
}

/** Whether a caller has to scale what goes in and what comes out. */
export function calledScaled({ scaling, scaler }: Pick<CallingFacts, 'scaling' | 'scaler'>): boolean {
  return scaler === 'outside' && scalesAnything(scaling);
}
