import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadExportWriters } from '../../cli/load-export-writers.ts';
import { readCsv } from '../../cli/read-csv.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { startHostInProcess } from '../../engine/host/in-process.ts';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import type { BestSeed } from './chapter-results.ts';

const bestTemplate = 'best-ten-steps';

function readTemplate(id: string): GraphDocument {
  const text = readFileSync(fileURLToPath(new URL(`../../assets/templates/${id}.unroll`, import.meta.url)), 'utf8');
  return valueOf(parseDocument(text)).document;
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** Trains the template as a person would: the epoch that is best on the validation part is kept, then the test part is looked at. */
export async function trainBest(seeds: readonly number[], done: (trained: BestSeed, engine: string) => void): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-chapter-'));
  const host = startHostInProcess({
    loadBackend: async ({ threads, oneDnn }) => succeed(tensorFlowBackend(loadTensorFlow({ oneDnn, ...(threads === null ? {} : { threads }) }))),
    files: openFileDoor(),
    readCsv,
    loadExportWriters,
    versions: { unroll: 'chapter', node: process.versions.node },
  });
  try {
    const { prepared } = valueOf(await host.prepare({ document: readTemplate(bestTemplate), projectDirectory: folder }));
    for (const seed of seeds) {
      const before = process.cpuUsage();
      const began = performance.now();
      const trained = valueOf(await host.train({ prepared, runDirectory: path.join(folder, `seed-${seed}`), seed }));
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      const wallSeconds = (performance.now() - began) / 1000;
      const judged = valueOf(await host.evaluate({ runDirectory: trained.run, part: 'test' }));
      done({ seed, validation: trained.validation!.mse, test: judged.test!.mse, seconds, wallSeconds, epochs: trained.epochs, bestEpoch: trained.bestEpoch }, `${trained.engine.scans ?? 'ordinary operations'}, ${trained.engine.threads} thread(s)`);
    }
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
