import { expect, test } from 'vitest';
import type { HostClient } from '../../engine/host/client.ts';
import { createUtilityPool } from '../../electron/engine-host/engine-pool.ts';
import type { Engine } from '../../electron/engine-host/engine.ts';
import type { EngineStatusEvent } from '../../electron/ipc/run-messages.ts';
import { valueOf } from '../support/forecast-data.ts';

/** Engines that are ready when they are told so, and remember the settings that they were started with. */
function pool() {
  const started: { readonly engine: Engine; readonly settings: string; readonly becomeReady: () => void; readonly isClosed: () => boolean }[] = [];
  const statuses: EngineStatusEvent['status'][] = [];
  let settings = 'all';
  const startEngine = (): Engine => {
    let isClosed = false;
    let becomeReady: () => void = () => undefined;
    const engine: Engine = {
      client: {} as HostClient,
      ready: new Promise((resolve) => { becomeReady = () => resolve([]); }),
      ended: new Promise(() => undefined),
      onSilence: () => () => undefined,
      isAlive: () => !isClosed,
      close: () => {
        isClosed = true;
        return Promise.resolve();
      },
    };
    started.push({ engine, settings, becomeReady, isClosed: () => isClosed });
    return engine;
  };
  return { started, statuses, choose: (next: string) => { settings = next; }, engines: createUtilityPool(startEngine, ({ status }) => statuses.push(status)) };
}

test('an engine that waits is replaced where engines are started otherwise from now on', async () => {
  const { started, statuses, choose, engines } = pool();
  engines.warmUp();
  choose('1');
  engines.renew();
  started.forEach(({ becomeReady }) => { becomeReady(); });
  const taken = valueOf(await engines.take('warm'));
  expect(started.map(({ settings, isClosed }) => [settings, isClosed()])).toEqual([['all', true], ['1', false]]);
  expect(taken).toBe(started[1]!.engine);
  expect(statuses).toEqual(['starting', 'starting', 'ready']);
});

test('an engine that is at work goes on, and is not taken again', async () => {
  const { started, choose, engines } = pool();
  engines.warmUp();
  started[0]!.becomeReady();
  const atWork = valueOf(await engines.take('warm'));
  choose('1');
  engines.renew();
  expect(started[0]!.isClosed()).toBe(false);
  engines.giveBack(atWork);
  expect(started[0]!.isClosed()).toBe(true);
  engines.warmUp();
  expect(started.map(({ settings }) => settings)).toEqual(['all', '1']);
});
