import type { EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';

/** The judgement of each target on a part as a report of its own, the first target's first. */
export function judgedTargets(report: RunReport, part: EvaluatedPart): readonly { readonly target: string; readonly report: RunReport }[] {
  const { others = [], ...first } = report;
  return [
    { target: report.target ?? 'Forecast', report: first },
    ...others.map(({ target, kind, scores, baselines, skill, verdict, classes }) => {
      const { classes: _, ...facts } = first;
      return { target, report: { ...facts, target, kind, [part]: scores, baselines, skill, verdict, ...(classes !== undefined && { classes }) } };
    }),
  ];
}
