import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { EngineStatusEvent } from '../ipc/run-messages.ts';
import type { Engine } from './engine.ts';

/** Where engines come from. Whoever takes one gives it back, or it has ended. */
export interface EnginePool {
  readonly status: () => EngineStatusEvent;
  /** Has an engine ready for the next run. */
  readonly warmUp: () => void;
  /** `cold`: one in which TensorFlow is not loaded yet, for a model that needs it otherwise. */
  readonly take: (start: 'warm' | 'cold') => Promise<Result<Engine>>;
  readonly giveBack: (engine: Engine) => void;
  /** Engines are started otherwise from now on; those that are at work go on as they are. */
  readonly renew: () => void;
  readonly closeAll: () => Promise<void>;
}

/** Engines in processes of their own: one for whoever takes one, and one warm in reserve. */
export function createUtilityPool(startEngine: (start: 'warm' | 'cold') => Engine, tell: (status: EngineStatusEvent) => void): EnginePool {
  const taken = new Map<Engine, 'warm' | 'cold'>();
  /** Engines that are not to be taken again. */
  const outdated = new WeakSet<Engine>();
  let reserve: Engine | null = null;
  let status: EngineStatusEvent = { placement: 'utility', status: 'starting', diagnostic: null };

  function begin(start: 'warm' | 'cold'): Engine {
    const engine = startEngine(start);
    say({ placement: 'utility', status: 'starting', diagnostic: null });
    void engine.ready.then(([diagnostic]) => {
      if (outdated.has(engine)) return;
      say(diagnostic === undefined ? { placement: 'utility', status: 'ready', diagnostic: null } : { placement: 'utility', status: 'failed', diagnostic });
    });
    return engine;
  }

  function say(next: EngineStatusEvent): void {
    status = next;
    tell(next);
  }

  function warmUp(): void {
    if (reserve === null || !reserve.isAlive()) reserve = begin('warm');
  }

  return {
    status: () => status,
    warmUp,
    take: async (start) => {
      if (start === 'warm') warmUp();
      const engine = start === 'warm' && reserve !== null ? reserve : begin(start);
      if (engine === reserve) reserve = null;
      const problems = await engine.ready;
      if (problems.length > 0) return fail(...problems);
      taken.set(engine, start);
      return succeed(engine);
    },
    giveBack: (engine) => {
      const start = taken.get(engine);
      taken.delete(engine);
      if (!engine.isAlive()) return;
      // One that was started cold has settings for one model, which the next may not want.
      const isUsual = start === 'warm' && !outdated.has(engine) && (reserve === null || !reserve.isAlive());
      if (isUsual) reserve = engine;
      else void engine.close();
    },
    renew: () => {
      for (const engine of taken.keys()) outdated.add(engine);
      if (reserve === null) return;
      outdated.add(reserve);
      void reserve.close();
      reserve = begin('warm');
    },
    closeAll: async () => {
      await Promise.all([...taken.keys(), ...(reserve === null ? [] : [reserve])].map((engine) => engine.close()));
    },
  };
}

/** The one engine of the main process: one taker at a time. */
export function createMainPool(engine: Engine, tell: (status: EngineStatusEvent) => void): EnginePool {
  let isTaken = false;
  let status: EngineStatusEvent = { placement: 'main', status: 'ready', diagnostic: null };
  void engine.ready.then(([diagnostic]) => {
    if (diagnostic === undefined) return;
    status = { placement: 'main', status: 'failed', diagnostic };
    tell(status);
  });
  return {
    status: () => status,
    warmUp: () => undefined,
    take: async () => {
      const problems = await engine.ready;
      if (problems.length > 0) return fail(...problems);
      if (isTaken) return fail(diagnose('engine-busy', { kind: 'project' }, {}));
      isTaken = true;
      return succeed(engine);
    },
    giveBack: () => {
      isTaken = false;
    },
    renew: () => undefined,
    closeAll: () => engine.close(),
  };
}
