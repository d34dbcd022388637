import { dialog } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { installedVersions } from '../../engine/python/inspect-python.ts';
import { choosePython, makePython, readPythonStatus } from '../../engine/python/python-environment.ts';
import type { PythonStatus } from '../../engine/python/python-environment.ts';
import type { Application } from '../application.ts';
import { shownPath } from '../projects/shown-path.ts';
import type { AppWindow } from '../windows/app-window.ts';
import type { Handlers } from './handle-requests.ts';
import type { PythonFacts } from './python-messages.ts';

type Names = 'readPython' | 'makePython' | 'stopMakingPython' | 'choosePython' | 'forgetPython';

/** Requests about the Python that checks exports. One environment is made at a time, and every window sees how far it is. */
export function pythonHandlers({ assets, door, windows, pythonMaking }: Application): Pick<Handlers<AppWindow>, Names> {
  return {
    readPython: async () => succeed({ facts: factsOf(await readPythonStatus()), making: pythonMaking.now() }),
    makePython: async () => {
      const signal = pythonMaking.begin();
      if (signal === null) return fail(diagnose('python-being-made', { kind: 'project' }, {}));
      try {
        const made = await makePython(door, { assets, signal, tell: pythonMaking.tell });
        return made.ok || !signal.aborted ? shown(made) : succeed(null);
      } finally {
        pythonMaking.end();
        windows.tellAll('pythonMaking', null);
      }
    },
    stopMakingPython: () => {
      pythonMaking.stop();
      return succeed(null);
    },
    choosePython: async (_argument, window) => {
      const chosen = await dialog.showOpenDialog(window.browser, { title: 'Choose a Python', properties: ['openFile', 'showHiddenFiles'] });
      const [interpreter] = chosen.filePaths;
      return chosen.canceled || interpreter === undefined ? succeed(null) : shown(await choosePython(door, interpreter));
    },
    forgetPython: async () => shown(await choosePython(door, null)),
  };
}

function shown(status: Result<PythonStatus>): Result<PythonFacts> {
  return status.ok ? succeed(factsOf(status.value)) : status;
}

function factsOf({ source, interpreter, versions, problem }: PythonStatus): PythonFacts {
  return {
    source,
    location: interpreter === null ? null : shownPath(interpreter),
    versions: versions === null ? [] : installedVersions(versions),
    problem,
  };
}
