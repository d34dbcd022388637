import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fitLinear } from '../../core/forecast/linear-baseline.ts';
import type { LinearBaseline } from '../../core/forecast/linear-baseline.ts';
import type { Dataset } from './dataset.ts';
import { stepsAhead } from './window-settings.ts';

/** The linear baseline of a forecast, fitted when it is first asked for; null with the reason where it cannot be. `target`: its position. */
export type LinearFit = (target: number) => { readonly baseline: LinearBaseline | null; readonly diagnostics: readonly Diagnostic[] };

/** Remembers the fits: they depend on the training windows alone, so every seed and part shares them. */
export function createLinearFit({ table, judged, targets }: Dataset): LinearFit {
  const fitted = new Map<number, ReturnType<LinearFit>>();
  return (target) => {
    const known = fitted.get(target);
    if (known !== undefined) return known;
    const data = targets[target];
    if (data?.kind !== 'forecast') throw new RangeError(`the target ${target} is no forecast`);
    const settings = { ...data.source.settings, horizon: stepsAhead(data.plan) };
    const result = fitLinear(table, { ...judged, settings });
    const fit = result.ok ? { baseline: result.value, diagnostics: [] } : { baseline: null, diagnostics: result.diagnostics };
    fitted.set(target, fit);
    return fit;
  };
}
