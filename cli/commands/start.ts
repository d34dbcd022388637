import path from 'node:path';
import { templateList } from '../../core/document/template-list.ts';
import { applyEdit } from '../../core/graph/apply-edit.ts';
import { withEngine } from '../engine-session.ts';
import { loadProject } from '../load-project.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { drawForecasts } from '../output/forecast-drawing.ts';
import { plotForecast } from '../output/forecast-plot.ts';
import { reportAsJson } from '../output/report-json.ts';
import { trainingLines, verdictLines } from '../output/report-lines.ts';
import { quoteForShell } from '../output/shell.ts';
import { showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import { trainingOutcome } from './training-outcome.ts';

const template = 'sequence-to-sequence';
const drawnWindows = 4;

/** `unroll start`: trains a template, judges it, and draws what it forecasts. Runs go to runs/ of the working directory. */
export async function startTour(surroundings: Surroundings, epochs: number | undefined): Promise<Outcome> {
  const { applicationFolder, command, door, screen, workingDirectory } = surroundings;
  const project = await loadProject(surroundings, path.join(applicationFolder, 'assets/templates', `${template}.unroll`));
  if (!project.ok) return failedWith(project);
  const { notes } = project.value;
  const document = epochs === undefined ? project.value.document : applyEdit(project.value.document, { kind: 'set-training', training: { epochs } });

  return withEngine(surroundings, async ({ engine, stopSignal }) => {
    const prepared = await engine.prepare({ document, projectDirectory: workingDirectory });
    if (!prepared.ok) return failedWith(prepared);
    const report = await engine.train({ prepared: prepared.value.prepared, runDirectory: null });
    if (!report.ok) return failedWith(report);
    const signal = stopSignal();
    if (signal !== null) return trainingOutcome(surroundings, { reports: [report.value], failure: [], signal }, 1, notes);

    const forecasts = await engine.sampleForecasts({ runDirectory: report.value.run, part: 'validation', count: drawnWindows });
    if (!forecasts.ok) return failedWith(forecasts);
    const { samples } = forecasts.value;
    const drawing = path.join(report.value.run, 'forecast.svg');
    const title = `${document.name}: ${samples[0]?.model.length ?? 0} steps ahead`;
    const subtitle = `Four windows of the validation part. The model ${report.value.verdict ?? 'was not judged'}.`;
    const written = await door.writeAtomically(drawing, new TextEncoder().encode(drawForecasts({ title, subtitle, samples })));
    if (!written.ok) return failedWith(written);

    const [first] = samples;
    const run = quoteForShell(showPath(surroundings, report.value.run));
    const lines = [
      `${document.name}: the next ten values of a noisy wave, from the 50 before them.`,
      '',
      ...trainingLines(report.value),
      '',
      ...verdictLines(report.value, 'validation'),
      '',
      ...(first === undefined ? [] : ['A window of the validation part:', ...plotForecast(first, screen), '']),
      `Run:      ${run}`,
      `Drawing:  ${quoteForShell(showPath(surroundings, drawing))}`,
      '',
      'What to try next:',
      `  ${command} evaluate ${run} --part test`,
      `  ${command} new seattle-weather     then: ${command} train seattle-weather.unroll`,
      `  ${command} --help                  and the other templates: ${templateList.map(({ id }) => id).filter((id) => id !== template).join(', ')}`,
    ];
    return done({ ...reportAsJson(report.value), drawing }, lines, [...notes, ...report.value.warnings]);
  });
}
