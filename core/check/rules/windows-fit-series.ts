import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { setParameter } from '../../params/parse-parameters.ts';
import { knownSize } from '../../shapes/size.ts';
import type { CheckRule } from '../check-rule.ts';
import { forecastTask, type ForecastTask } from '../forecast-task.ts';

/**
 * A window with its horizon fits into the series, and into the parts that are trained and validated on. Told as soon as
 * lengths are known, before data are cut; the cutting itself (forecast/windows) has the last word, for gaps and strides.
 */
export const windowsFitSeries: CheckRule = {
  name: 'windows-fit-series',
  check: (survey) =>
    survey.targets.flatMap((target) => {
      const task = forecastTask(survey, target);
      const steps = task?.facts.series.steps && knownSize(task.facts.series.steps);
      if (task === undefined || steps === undefined) return [];
      return task.window + task.horizon > steps ? [seriesTooShort(task, steps)] : emptyPart(task, steps);
    }),
};

function seriesTooShort({ target, series, windowNode, window, horizon, horizonParameter }: ForecastTask, steps: number): Diagnostic {
  const repairs = [
    ...(steps > window ? [setParameter(target, horizonParameter, steps - window)] : []),
    ...(steps > horizon ? [setParameter(windowNode, 'window', steps - horizon)] : []),
    ...(series.parameters['source'] === 'generator' ? [setParameter(series, 'steps', window + horizon)] : []),
  ];
  const facts = { window, horizon, steps };
  return horizon >= steps
    ? diagnose('horizon-longer-than-series', { kind: 'node', node: target.node, parameter: horizonParameter }, facts, repairs)
    : diagnose('window-too-long', { kind: 'node', node: windowNode.node, parameter: 'window' }, facts, repairs);
}

/** By time the training part must hold a window and its horizon; later parts a horizon, since their windows may reach back. */
function emptyPart({ windowNode, window, horizon, facts }: ForecastTask, steps: number): readonly Diagnostic[] {
  const { splitBy, trainingShare, validationShare } = windowNode.parameters;
  const seriesCount = facts.series.seriesCount && knownSize(facts.series.seriesCount);
  if (typeof trainingShare !== 'number' || typeof validationShare !== 'number' || seriesCount === undefined) return [];
  const by = splitBy === 'series' ? 'series' : 'time';
  const total = by === 'time' ? steps : seriesCount;
  const border = Math.round(trainingShare * total);
  const end = Math.round((trainingShare + validationShare) * total);
  const lacksTraining = by === 'time' ? border < window + horizon : border < 1;
  const lacksValidation = validationShare > 0 && (by === 'time' ? end - Math.max(border, window) < horizon : end - border < 1);
  if (!lacksTraining && !lacksValidation) return [];

  const described = { window, horizon, by, seriesCount, leftOut: '', lacksSeason: false } as const;
  const where = { kind: 'node', node: windowNode.node, parameter: 'splitBy' } as const;
  const repairs = by === 'series' || seriesCount > 2 ? [setParameter(windowNode, 'splitBy', by === 'series' ? 'time' : 'series')] : [];
  return lacksTraining
    ? [diagnose('training-part-without-windows', where, { ...described, start: 0, end: border }, repairs)]
    : [diagnose('validation-part-without-windows', where, { ...described, start: border, end }, repairs)];
}
