import type { FormatWriters } from '../engine/host/host-services.ts';

/** The writers that the command line brings to the engine; HDF5 and zip are loaded with them. */
export async function loadExportWriters(): Promise<FormatWriters> {
  return (await import('../formats/export-writers.ts')).formatWriters;
}
