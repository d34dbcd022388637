import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { services, smallProject } from './small-project.ts';

/** A process to be killed: trains the small project in the folder given, until it has trained the epochs given. */
const [project = '', runDirectory = '', epochs = '1'] = process.argv.slice(2);
const host = startHostInProcess(services());
const prepared = await host.prepare({ document: smallProject({ training: { epochs: Number(epochs) } }), projectDirectory: project });
if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
await host.train({ prepared: prepared.value.prepared, runDirectory });
await host.close();
