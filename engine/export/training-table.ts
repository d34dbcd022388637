import path from 'node:path';
import type { TrainingTable } from '../../core/export/exportable-model.ts';
import type { HostServices } from '../host/host-services.ts';
import type { TrainedRun } from '../host/open-trained.ts';
import { largestDataFile, readSeriesFile } from '../training/read-series.ts';

/** More is not copied into an export. */
const largestTakenAlong = 64 << 20;

/** How the run's CSV file is written, and its bytes while it is still what the run was trained on; null where there is none to read. */
export async function trainingTable({ files, readCsv }: HostServices, { run, compiled: { model } }: TrainedRun): Promise<TrainingTable | null> {
  const { source } = model.data;
  if (source.kind !== 'csv') return null;
  const file = path.resolve(run.projectDirectory, source.file);
  const { columns, data } = run.record;
  const read = await readSeriesFile(file, source.file, { columns, dateColumn: source.dateColumn, seriesColumn: source.seriesColumn }, { files, readCsv });
  const bytes = await files.read(file, largestDataFile);
  if (!read.ok || !bytes.ok) return null;
  const isSame = data.some(({ sha256 }) => sha256 === read.value.sha256);
  return { layout: read.value.layout, bytes: isSame && bytes.value.byteLength <= largestTakenAlong ? bytes.value : null };
}
