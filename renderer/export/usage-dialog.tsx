import { useState } from 'react';
import type { RunUsage } from '../../electron/ipc/run-messages.ts';
import { usageSnippets } from '../../core/export/usage-snippets.ts';
import type { UsageSnippet } from '../../core/export/usage-snippets.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { SelectInput } from '../components/inputs.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { showNotice } from '../state/notices-store.ts';
import { openExport } from './export-store.ts';
import { closeUsage, useUsage, type MadeExport } from './usage-store.ts';

/** Programs that use a run's exports, with its own names, sizes and scaling: they run as they stand. */
export function UsageDialog(): React.JSX.Element {
  const { run, made } = useUsage();
  const { value: usage, diagnostics } = useAnswer(run === null ? null : `${run} usage`, () => desktop().readUsage({ run: run! }));
  return (
    <Dialog open={run !== null} wide title="Use this model" text="A program runs as it stands, in the folder that the export lies in. Put your own numbers into its window." onDismiss={closeUsage}>
      {usage === undefined ? <DiagnosticList diagnostics={diagnostics} /> : <UsageSheet key={run} usage={usage} made={made} />}
      <div className="dialog-actions">
        {run === null || made !== null ? null : (
          <Button
            onClick={() => {
              closeUsage();
              openExport(run);
            }}
          >
            Export…
          </Button>
        )}
        <Button onClick={closeUsage}>Close</Button>
      </div>
    </Dialog>
  );
}

function UsageSheet({ usage: { formats, scalers, ...usage }, made }: { readonly usage: RunUsage; readonly made: MadeExport | null }): React.JSX.Element {
  const ordered = made === null ? formats : [made.format, ...formats.filter((format) => format !== made.format)];
  // Of the one that was just made, where its scaler is is known.
  const known = made?.format === 'onnx' && scalers.includes(made.scaler) ? [made.scaler] : scalers;
  const snippets = usageSnippets(ordered, { ...usage, scalers: known, names: made === null ? {} : { [made.format]: made.name } });
  const [chosen, setChosen] = useState(0);
  const snippet = snippets[chosen] ?? snippets[0];
  if (snippet === undefined) return <p className="quiet">There is no program for a model of this kind: an export's card says how it is called.</p>;
  return (
    <div className="usage-sheet">
      <Field label="Program">
        {(control) => (
          <SelectInput
            control={control}
            value={String(snippets.indexOf(snippet))}
            options={snippets.map((_, place) => String(place))}
            titles={Object.fromEntries(snippets.map(({ title, format }, place) => [String(place), made?.format === format ? `${title} (just exported)` : title]))}
            onChoose={(place) => setChosen(Number(place))}
          />
        )}
      </Field>
      <SnippetView snippet={snippet} />
    </div>
  );
}

function SnippetView({ snippet: { install, code, language } }: { readonly snippet: UsageSnippet }): React.JSX.Element {
  return (
    <>
      <div className="usage-part">
        <code className="selectable">{install}</code>
        <Button icon="copy" aria-label="Copy the install line" onClick={() => void copy(install)}>
          Copy
        </Button>
      </div>
      <div className="usage-part">
        <pre className="usage-code selectable" tabIndex={0} role="region" aria-label={`${language} program`}>
          {code}
        </pre>
        <Button icon="copy" aria-label="Copy the program" onClick={() => void copy(code)}>
          Copy
        </Button>
      </div>
    </>
  );
}

async function copy(text: string): Promise<void> {
  if ((await valueOrNotice(desktop().copyText({ text }))) !== undefined) showNotice('note', 'Copied.');
}
