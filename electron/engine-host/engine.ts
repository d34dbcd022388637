import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { HostClient } from '../../engine/host/client.ts';

/** How an engine ended by itself. */
export type EngineEnd = { readonly kind: 'ended'; readonly how: string } | { readonly kind: 'hung'; readonly seconds: number };

/** A running engine, wherever it runs. */
export interface Engine {
  readonly client: HostClient;
  /** Resolves when TensorFlow is loaded, or with what went wrong. */
  readonly ready: Promise<readonly Diagnostic[]>;
  /** Resolves when the engine has ended by itself; never after `close`. */
  readonly ended: Promise<EngineEnd>;
  /** Calls back when it falls silent and when it is heard again; gives the function that ends it. */
  readonly onSilence: (listener: (isSilent: boolean) => void) => () => void;
  readonly isAlive: () => boolean;
  /** Lets it finish what it does, then ends it. */
  readonly close: () => Promise<void>;
}
