import { readFileSync } from 'node:fs';
import { launchApp } from '../../test/end-to-end/support/app-driver.ts';
import type { AppDriver } from '../../test/end-to-end/support/app-driver.ts';
import { close } from './training.ts';

export interface ProcessMemory {
  readonly process: string;
  /** Megabytes (10⁶ bytes) of its own and its share of what it shares (PSS), after each act. */
  readonly gallery: number | null;
  readonly project: number | null;
  readonly trained: number | null;
}

/** What every process holds: on the gallery, with a project, after a training. */
export async function measureMemory(): Promise<readonly ProcessMemory[]> {
  const app = await launchApp();
  try {
    await app.page.getByRole('button', { name: 'Sequence to sequence' }).first().waitFor();
    const gallery = await memoryOf(app);
    await app.openTemplate('Sequence to sequence');
    await app.page.getByText('Engine is starting').waitFor({ state: 'hidden' });
    const project = await memoryOf(app);
    await app.setEpochs(2);
    await app.train();
    await app.verdict().first().waitFor({ timeout: 120_000 });
    const trained = await memoryOf(app);
    const names = [...new Set([...gallery.keys(), ...project.keys(), ...trained.keys()])];
    return names.map((name) => ({ process: name, gallery: gallery.get(name) ?? null, project: project.get(name) ?? null, trained: trained.get(name) ?? null }));
  } finally {
    await close(app);
  }
}

async function memoryOf({ app }: AppDriver): Promise<ReadonlyMap<string, number>> {
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics());
  const memory = new Map<string, number>();
  for (const { pid, type, name, serviceName } of metrics) {
    const called = [type, name ?? serviceName].filter((word) => word !== undefined && word !== '').join(': ');
    memory.set(called, (memory.get(called) ?? 0) + megabytes(pid));
  }
  return memory;
}

function megabytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1_024) / 1e6;
}
