import type { EvaluatedPart } from '../../engine/runs/run-report.ts';
import { withEngine } from '../engine-session.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { reportAsJson } from '../output/report-json.ts';
import { coverageLines, detailLines, trainingLines, verdictLines } from '../output/report-lines.ts';
import { resolvePath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

/** `unroll evaluate`: a run's kept weights beside the baselines. */
export async function evaluateRun(surroundings: Surroundings, directory: string, part: EvaluatedPart, draws: number | undefined): Promise<Outcome> {
  return withEngine(surroundings, async ({ engine }) => {
    const report = await engine.evaluate({ runDirectory: resolvePath(surroundings, directory), part, ...(draws === undefined ? {} : { draws }) });
    if (!report.ok) return failedWith(report);
    const { value } = report;
    const lines = [...verdictLines(value, part), ...detailLines(value, part), ...coverageLines(value), '', ...trainingLines(value)];
    return done(reportAsJson(value), lines, value.warnings);
  });
}
