import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { RateReport } from '../../engine/host/training-messages.ts';
import { withEngine } from '../engine-session.ts';
import { loadProject } from '../load-project.ts';
import { applyData } from '../options/data-option.ts';
import { applySettings } from '../options/set-option.ts';
import { done, failed, failedWith, misused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { diagnosticAsJson } from '../output/print-diagnostic.ts';
import { printError } from '../output/print-number.ts';
import { plotRates } from '../output/rate-plot.ts';
import { quoteForShell } from '../output/shell.ts';
import { showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface FindRateArguments {
  readonly file: string;
  readonly set: readonly string[];
  readonly data: readonly string[];
}

/** `unroll find-rate`: which learning rate the model takes, tried on a copy. Writes nothing. */
export async function findLearningRate(surroundings: Surroundings, { file, set, data }: FindRateArguments): Promise<Outcome> {
  const project = await loadProject(surroundings, file);
  if (!project.ok) return failedWith(project);
  const settings = applySettings(project.value.document, set);
  const document = settings.ok ? applyData(surroundings, settings.value, project.value.directory, data) : settings;
  if (!document.ok) {
    const isUsage = document.diagnostics.every(({ where }) => where.kind === 'option');
    return isUsage ? misused(...document.diagnostics) : failed(...document.diagnostics);
  }
  return withEngine(surroundings, async ({ engine, stopSignal }) => {
    const report = await engine.findRate({ document: document.value, projectDirectory: project.value.directory });
    const signal = stopSignal();
    if (!report.ok && signal !== null) return interrupted(signal, report.diagnostics);
    if (!report.ok) return failedWith(report);
    const { warnings, ...found } = report.value;
    const current = document.value.training.optimizer.learningRate;
    const shown = quoteForShell(showPath(surroundings, project.value.file));
    const isChanged = serializeDocument(document.value) !== serializeDocument(project.value.document);
    const options = isChanged ? [...set.map((setting) => ` --set ${quoteForShell(setting)}`), ...data.map((own) => ` --data ${quoteForShell(own)}`)].join('') : '';
    return done(
      { ...found, current, warnings: warnings.map(diagnosticAsJson) },
      [...plotRates(report.value), '', ...inWords(report.value, current), ...nextStep(report.value, shown, options)],
      [...project.value.notes, ...warnings],
    );
  });
}

function interrupted(signal: NodeJS.Signals, remarks: readonly Diagnostic[]): Outcome {
  return { kind: 'interrupted', signal, json: { diagnostics: remarks.map(diagnosticAsJson) }, lines: [], remarks };
}

function inWords({ tried, suggested, steepest, divergence }: RateReport, current: number): readonly string[] {
  const range = `${printCount(tried.length)} rates tried, from ${printError(tried[0]?.rate ?? Number.NaN)} to ${printError(tried.at(-1)?.rate ?? Number.NaN)}, one a step.`;
  if (suggested === null || steepest === null) return [range];
  const apart = divergence === null ? 'and never comes apart' : `and comes apart from ${printError(divergence)} on`;
  return [range, `The loss falls most steeply at ${printError(steepest)} ${apart}.`, `Suggested learning rate: ${suggested} (the project has ${current}).`];
}

function nextStep({ suggested }: RateReport, file: string, options: string): readonly string[] {
  return suggested === null ? [] : ['', `Train with it:  npx unroll train ${file}${options} --set training.learningRate=${suggested}`];
}
