import { useState } from 'react';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { exportFormatNames, exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { exportRun } from './export-run.ts';
import { closeExport, useExport } from './export-store.ts';

/** Whether keeping the export all the same would help. */
const unverifiedCodes: readonly string[] = ['export-differs', 'export-check-failed'];

/** In which format a run's model is taken away. */
export function ExportDialog(): React.JSX.Element {
  const run = useExport((state) => state.run);
  return (
    <Dialog open={run !== null} wide title="Export the model" text="It is read back by another runtime and compared with the model on the run's test windows before it is kept." onDismiss={closeExport}>
      {run === null ? null : <ExportForm key={run} run={run} />}
    </Dialog>
  );
}

function ExportForm({ run }: { readonly run: RunHandle }): React.JSX.Element {
  const [format, setFormat] = useState<ExportFormatName>('keras');
  const [scalesInside, setScalesInside] = useState(false);
  const canScale = exportFormats[format].scalers.includes('inside');
  const [underWay, setUnderWay] = useState(false);
  const [problems, setProblems] = useState<readonly Diagnostic[]>([]);
  const start = async (keepUnverified: boolean): Promise<void> => {
    setUnderWay(true);
    setProblems([]);
    const found = await exportRun(run, format, canScale && scalesInside ? 'inside' : 'outside', keepUnverified);
    setUnderWay(false);
    if (found === null) closeExport();
    else setProblems(found);
  };
  return (
    <form
      className="export-form"
      onSubmit={(event) => {
        event.preventDefault();
        void start(false);
      }}
    >
      <fieldset className="export-formats" disabled={underWay}>
        <legend>Format</legend>
        {exportFormatNames.map((name) => (
          <label key={name} className="export-format">
            <input
              type="radio"
              name="format"
              value={name}
              checked={name === format}
              onChange={() => {
                setFormat(name);
                setProblems([]);
              }}
            />
            <span className="export-format-title">{exportFormats[name].title}</span>
            <span className="export-format-summary">{exportFormats[name].summary}</span>
          </label>
        ))}
      </fieldset>
      {canScale ? (
        <label className="export-option">
          <input type="checkbox" checked={scalesInside} disabled={underWay} onChange={(event) => setScalesInside(event.currentTarget.checked)} />
          <span className="export-format-title">Scaler inside</span>
          <span className="export-format-summary">windows go in and forecasts come out in the data's own unit</span>
        </label>
      ) : null}
      <div role="status" className="export-status selectable">
        {underWay ? 'Writing the export, reading it back, comparing…' : problems.map(({ message }) => <p key={message}>{message}</p>)}
      </div>
      <div className="dialog-actions">
        <Button onClick={closeExport}>Cancel</Button>
        {problems.some(({ code }) => unverifiedCodes.includes(code)) ? (
          <Button look="danger" disabled={underWay} onClick={() => void start(true)}>
            Export anyway…
          </Button>
        ) : null}
        <Button look="primary" type="submit" disabled={underWay}>
          Export…
        </Button>
      </div>
    </form>
  );
}
