import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { services, smallProject, temporaryFolder } from './small-project.ts';

let project: string;
beforeEach(async () => {
  project = await temporaryFolder();
});
afterEach(() => rm(project, { recursive: true }));

test('a process killed with SIGKILL in training loses nothing that matters: resumed, the run ends with bitwise the same weights', async () => {
  const epochs = 400;
  const killed = path.join(project, 'killed');
  const script = fileURLToPath(new URL('./train-in-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, project, killed, String(epochs)], { stdio: 'ignore' });
  const exit = once(child, 'exit');
  while (!existsSync(path.join(killed, 'checkpoint.safetensors')) && child.exitCode === null) await setTimeout(5);
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
  const record = JSON.parse(await readFile(path.join(killed, 'run.json'), 'utf8')) as object;
  expect(record).toMatchObject({ stopped: 'interrupted', finished: null });

  const host = startHostInProcess(services());
  expect(valueOf(await host.resume({ runDirectory: killed }))).toMatchObject({ epochs, stopped: 'completed' });
  const { prepared } = valueOf(await host.prepare({ document: smallProject({ training: { epochs } }), projectDirectory: project }));
  valueOf(await host.train({ prepared, runDirectory: path.join(project, 'unbroken') }));
  await host.close();
  const weightsOf = (run: string) => readFile(path.join(project, run, 'weights.safetensors'));
  expect(await weightsOf('killed')).toEqual(await weightsOf('unbroken'));
});
