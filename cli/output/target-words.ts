import type { TargetPlan } from '../../core/compile/model.ts';
import { countOf, listOf } from '../../core/diagnostics/phrases.ts';
import type { LossPlan } from '../../core/program/losses/loss-plan.ts';

/** What a target asks, in a line: "Forecast: 10 steps ahead of value; loss: mse." */
export function targetInWords(target: TargetPlan, columns: readonly string[], isOneOfSeveral: boolean): string {
  const weight = isOneOfSeveral ? `, weight ${target.weight}` : '';
  return `${taskInWords(target, columns)}; loss: ${lossInWords(target.loss)}${weight}.`;
}

function taskInWords(target: TargetPlan, seriesColumns: readonly string[]): string {
  switch (target.kind) {
    case 'forecast': {
      const { columns, horizon, everyStep, iterateTo } = target;
      const way = `${everyStep ? ', at every time step' : ''}${iterateTo === null ? '' : `, iterated to ${countOf(iterateTo, 'step')}`}`;
      return `Forecast: ${countOf(horizon, 'step')} ahead of ${(columns ?? seriesColumns).join(', ')}${way}`;
    }
    case 'classify':
      return `Classify: ${target.column}, one of ${listOf(target.classes, 'or')}`;
    case 'regress':
      return `Regress: ${listOf(target.columns)}`;
    case 'reconstruct':
      return `Reconstruct: ${(target.columns ?? seriesColumns).join(', ')} at every time step of the window`;
    case 'impute': {
      const { columns, hiddenShare, hiddenRun } = target;
      return `Impute: the missing values of ${(columns ?? seriesColumns).join(', ')}, learned with ${(100 * hiddenShare).toFixed(0)} % hidden in stretches of ${hiddenRun} on average`;
    }
  }
}

function lossInWords(loss: LossPlan): string {
  switch (loss.kind) {
    case 'mse':
    case 'mae':
      return loss.kind;
    case 'huber':
      return `huber from ${loss.delta}`;
    case 'quantile':
      return `quantile ${loss.quantile}`;
    case 'quantiles':
      return `quantiles ${listOf(loss.levels.map(String))}`;
    case 'categorical-crossentropy':
      return 'categorical cross-entropy';
    case 'binary-crossentropy':
      return 'binary cross-entropy';
  }
}
