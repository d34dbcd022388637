import { MessageChannel } from 'node:worker_threads';
import { connectHost } from './client.ts';
import type { HostClient } from './client.ts';
import type { HostServices } from './host-services.ts';
import { serveHost } from './serve-host.ts';

/** A host in this very process, spoken to over a message channel as any other; `close` it, or the process stays alive. */
export function startHostInProcess(services: HostServices): HostClient {
  const { port1, port2 } = new MessageChannel();
  serveHost(port1, services);
  return connectHost(port2);
}
