import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { loadExportWriters } from '../../cli/load-export-writers.ts';
import { readCsv } from '../../cli/read-csv.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { templateList } from '../../core/document/template-list.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import type { HostClient } from '../../engine/host/client.ts';
import { startHostInProcess } from '../../engine/host/in-process.ts';
import { bindingOf } from '../../engine/tensorflow/native-binding.ts';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import { findings, measure } from './vital-signs.ts';
import type { VitalSigns } from './vital-signs.ts';

const command = new Command('npm run soak --')
  .description('Trains, evaluates, forecasts with and drops every template in turn, again and again, in one process, and watches its memory and handles. Ends with 1 where handles were not constant or memory rose after warm-up.')
  .option('--minutes <number>', 'for how long', '30')
  .option('--epochs <number>', 'of each training', '1')
  .parse();
const options = command.opts<{ minutes: string; epochs: string }>();
const [minutes, epochs] = [Number(options.minutes), Number(options.epochs)];
if (!(minutes > 0) || !(Number.isInteger(epochs) && epochs > 0)) command.error('--minutes and --epochs take numbers above 0');
/** The first rounds fill caches and pools: a third of the time, and at least two rounds. */
const warmUp = { share: 1 / 3, rounds: 2 } as const;

const templates = fileURLToPath(new URL('../../assets/templates', import.meta.url));
const runtime = loadTensorFlow({ threads: 1 });
const runs = mkdtempSync(path.join(os.tmpdir(), 'unroll-soak-'));
const host = startHostInProcess({
  loadBackend: async () => succeed(tensorFlowBackend(runtime)),
  files: openFileDoor(),
  readCsv,
  loadExportWriters,
  versions: { unroll: 'soak', node: process.versions.node },
});

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** All that a person does with a project, from opening it to throwing its run away. */
async function useTemplate(engine: HostClient, id: string): Promise<void> {
  const { document } = valueOf(parseDocument(readFileSync(path.join(templates, `${id}.unroll`), 'utf8')));
  const shortened = { ...document, training: { ...document.training, epochs } };
  const { prepared } = valueOf(await engine.prepare({ document: shortened, projectDirectory: templates }));
  const runDirectory = path.join(runs, id);
  valueOf(await engine.train({ prepared, runDirectory }));
  valueOf(await engine.evaluate({ runDirectory, part: 'validation' }));
  valueOf(await engine.predict({ runDirectory, dataFile: null, origins: 'last' }));
  rmSync(runDirectory, { recursive: true });
}

const began = performance.now();
const sinceBegin = (): number => (performance.now() - began) / 60_000;
const rounds: VitalSigns[] = [];
console.log(`${templateList.length} templates a round\n round  minutes   resident       heap  files  resources  tensors`);
while (sinceBegin() < minutes) {
  for (const { id } of templateList) await useTemplate(host, id);
  const own = await measure(sinceBegin(), bindingOf(runtime.tf).getNumOfTensors());
  rounds.push(own);
  console.log([
    String(rounds.length).padStart(6), own.minutes.toFixed(1).padStart(8), `${own.residentMegabytes.toFixed(1)} MB`.padStart(10), `${own.heapMegabytes.toFixed(1)} MB`.padStart(10),
    String(own.files ?? '–').padStart(6), String(own.resources).padStart(10), String(own.tensors).padStart(8),
  ].join(' '));
}
await host.close();
rmSync(runs, { recursive: true, force: true });

const warm = rounds.filter((own, index) => index >= warmUp.rounds && own.minutes >= minutes * warmUp.share);
const found = findings(warm);
for (const sentence of found) console.log(`MISSED ${sentence}`);
if (found.length === 0) console.log(`${warm.length} rounds after warm-up: handles constant, no upward trend of memory`);
process.exitCode = found.length === 0 ? 0 : 1;
