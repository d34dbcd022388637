import { parseCsv } from '../formats/csv/parse-csv.ts';
import type { CsvReader } from '../engine/training/read-series.ts';

/** The CSV reader that the command line brings to the engine. */
export const readCsv: CsvReader = (bytes, file, choice) => parseCsv(bytes, { file, ...choice });
