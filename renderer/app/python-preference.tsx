import { useEffect } from 'react';
import type { PythonFacts } from '../../electron/ipc/python-messages.ts';
import { Button } from '../components/button.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { desktop } from '../state/desktop.ts';
import { choosePython, forgetPython, makePython, readPython, usePython } from '../state/python-store.ts';

const origins = {
  none: 'None yet: Keras files and weights are exported unproven, other formats are read back by the runtimes that Unroll brings along. An environment of its own needs Python 3.11 to 3.13, fetches some 360 MB and takes about 2 GB on the disk.',
  made: 'An environment that Unroll made reads exports back and compares what they predict.',
  chosen: 'Your own Python reads exports back and compares what they predict.',
  variable: 'The environment variable UNROLL_PYTHON names the Python that reads exports back; it goes before any other choice.',
} as const;

/** Which Python checks exports; makes one, or takes one of the person's own. */
export function PythonPreference(): React.JSX.Element {
  const { facts, making, checking, problems } = usePython();
  useEffect(() => void readPython(), []);
  return (
    <section className="python" aria-labelledby="python-heading">
      <h3 id="python-heading">Python that checks exports</h3>
      {facts === null ? null : <Facts facts={facts} />}
      {making === null ? null : (
        <div className="python-making">
          <progress aria-label="Making the Python environment" value={making.share} max={1} />
          <p role="status">{making.doing}…</p>
          <Button onClick={() => void desktop().stopMakingPython()}>Stop</Button>
        </div>
      )}
      <DiagnosticList diagnostics={problems} />
      {facts === null || making !== null ? null : <Choices facts={facts} checking={checking} />}
    </section>
  );
}

function Facts({ facts: { source, location, versions, problem } }: { readonly facts: PythonFacts }): React.JSX.Element {
  return (
    <>
      <p className="field-help">{origins[source]}</p>
      {location === null ? null : <p className="python-location selectable">{location}</p>}
      {versions.length === 0 ? null : (
        <dl className="python-versions selectable">
          {versions.map(([name, version]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{version}</dd>
            </div>
          ))}
        </dl>
      )}
      {problem === null ? null : <DiagnosticList diagnostics={[problem]} />}
    </>
  );
}

function Choices({ facts: { source, problem }, checking }: { readonly facts: PythonFacts; readonly checking: boolean }): React.JSX.Element | null {
  // What is made or chosen here would not count.
  if (source === 'variable') return null;
  const isWanting = source === 'none' || problem !== null;
  return (
    <div className="python-choices">
      {source === 'made' && problem === null ? null : (
        <Button look={isWanting ? 'primary' : 'plain'} disabled={checking} onClick={() => void makePython()}>
          Make an environment
        </Button>
      )}
      <Button disabled={checking} onClick={() => void choosePython()}>
        {checking ? 'Looking at it…' : 'Choose a Python…'}
      </Button>
      {source === 'chosen' ? (
        <Button disabled={checking} onClick={() => void forgetPython()}>
          Forget my choice
        </Button>
      ) : null}
    </div>
  );
}
