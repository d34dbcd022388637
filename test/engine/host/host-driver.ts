import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import type { ExportReport, NamedWeight } from '../../../engine/host/model-messages.ts';
import type { PredictionReport } from '../../../engine/host/prediction-messages.ts';
import type { SampleForecastsReport } from '../../../engine/host/sample-messages.ts';
import type { RateReport } from '../../../engine/host/training-messages.ts';
import type { EvaluatedPart, RunReport } from '../../../engine/runs/run-report.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { services, temporaryFolder } from './small-project.ts';

/** What one does with a project, in a folder and with a host that live as long as a test. Runs go by name; the usual one is 'run'. */
export interface HostDriver {
  readonly write: (file: string, content: string) => Promise<void>;
  readonly trains: (document: GraphDocument, run?: string) => Promise<RunReport>;
  /** What is said where a document is not trained. */
  readonly refusal: (document: GraphDocument) => Promise<readonly string[]>;
  readonly resumes: (epochs?: number, run?: string) => Promise<RunReport>;
  readonly findsRate: (document: GraphDocument) => Promise<RateReport>;
  readonly evaluates: (part?: EvaluatedPart, draws?: number) => Promise<RunReport>;
  readonly evaluationRefusal: (draws: number) => Promise<readonly string[]>;
  /** From the run's own data, or from a file of the folder. */
  readonly predicts: (wishes?: PredictWishes) => Promise<PredictionReport>;
  readonly predictionRefusal: (wishes: PredictWishes) => Promise<readonly string[]>;
  readonly samples: (wishes?: SampleWishes) => Promise<SampleForecastsReport>;
  readonly weights: (run?: string) => Promise<readonly NamedWeight[]>;
  readonly exports: (format: ExportFormatName, run?: string) => Promise<ExportReport>;
  readonly exportRefusal: (format: ExportFormatName, run?: string) => Promise<readonly string[]>;
  readonly record: (run?: string) => Promise<unknown>;
  readonly place: (name: string) => string;
}

interface PredictWishes {
  readonly file?: string;
  readonly origins?: 'last' | 'all';
  readonly draws?: number;
  readonly run?: string;
}

interface SampleWishes {
  readonly part?: EvaluatedPart;
  readonly count?: number;
  readonly draws?: number;
  readonly run?: string;
}

/** To be called at the top of a test file: every test then has a folder and a host of its own. */
export function hostDriver(): HostDriver {
  let folder: string;
  let host: HostClient;
  beforeEach(async () => {
    folder = await temporaryFolder();
    host = startHostInProcess(services());
  });
  afterEach(async () => {
    await host.close();
    await rm(folder, { recursive: true });
  });

  const place = (name: string): string => path.join(folder, name);
  const prepare = (document: GraphDocument) => host.prepare({ document, projectDirectory: folder });
  const evaluate = (part: EvaluatedPart, draws: number | undefined) => host.evaluate({ runDirectory: place('run'), part, ...(draws !== undefined && { draws }) });
  const predict = ({ file, origins = 'last', draws, run = 'run' }: PredictWishes) =>
    host.predict({ runDirectory: place(run), dataFile: file === undefined ? null : place(file), origins, ...(draws !== undefined && { draws }) });
  const exportTo = (format: ExportFormatName, run: string) =>
    host.export({ runDirectory: place(run), format, scaler: 'outside', out: place(`${run}-${format}`), mustBeProven: false, keepUnverified: false });
  return {
    place,
    write: (file, content) => writeFile(place(file), content),
    trains: async (document, run = 'run') => {
      const { prepared } = valueOf(await prepare(document));
      return valueOf(await host.train({ prepared, runDirectory: place(run) }));
    },
    refusal: async (document) => messagesOf(await prepare(document)),
    resumes: async (epochs, run = 'run') => valueOf(await host.resume({ runDirectory: place(run), ...(epochs !== undefined && { epochs }) })),
    findsRate: async (document) => valueOf(await host.findRate({ document, projectDirectory: folder })),
    evaluates: async (part = 'validation', draws) => valueOf(await evaluate(part, draws)),
    evaluationRefusal: async (draws) => messagesOf(await evaluate('validation', draws)),
    predicts: async (wishes = {}) => valueOf(await predict(wishes)),
    predictionRefusal: async (wishes) => messagesOf(await predict(wishes)),
    samples: async ({ part = 'validation', count = 2, draws, run = 'run' } = {}) =>
      valueOf(await host.sampleForecasts({ runDirectory: place(run), part, count, ...(draws !== undefined && { draws }) })),
    weights: async (run = 'run') => valueOf(await host.weights({ runDirectory: place(run) })).weights,
    exports: async (format, run = 'run') => valueOf(await exportTo(format, run)),
    exportRefusal: async (format, run = 'run') => messagesOf(await exportTo(format, run)),
    record: async (run = 'run') => JSON.parse(await readFile(path.join(place(run), 'run.json'), 'utf8')) as unknown,
  };
}
