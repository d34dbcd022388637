import { useState } from 'react';
import { anyNodeType } from '../../core/nodes/catalog.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import type { GraphNode } from '../../core/graph/graph-document.ts';
import { countOf, printBytes } from '../../core/diagnostics/phrases.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { SelectInput } from '../components/inputs.tsx';
import { currentDocument, editDocument, presentDocument, useDocument } from '../state/document-store.ts';
import { askToClose } from '../state/project-session.ts';
import { selectNodes } from '../state/selection-store.ts';
import { chooseDateColumn, chooseSeriesColumn, choiceEdits, choiceObstacle, initialChoice, missingValues, remarksOn, toggleColumn, type CsvChoice } from './csv-choice.ts';
import { CsvTable } from './csv-table.tsx';
import { useDataView, type CsvChoosing } from './data-view-store.ts';
import { DiagnosticList } from './diagnostic-list.tsx';

/** Shows the file that is being chosen from, if there is one. */
export function CsvDialog(): React.JSX.Element | null {
  const choosing = useDataView((state) => state.choosing);
  const node = useDocument((state) => presentDocument(state).nodes.find(({ id }) => id === choosing?.node) ?? null);
  return choosing === null ? null : <CsvChooser key={choosing.preview.file} node={node} choosing={choosing} />;
}

const gapTitles = { refuse: 'Refuse', 'last-value': 'Last value', linear: 'Linear', keep: 'Keep' } as const;
const found = 'found by itself';
const oneSeries = 'one series';

interface CsvChooserProps {
  /** null: a new one. */
  readonly node: GraphNode | null;
  readonly choosing: CsvChoosing;
}

function CsvChooser({ node, choosing: { preview, position, begins } }: CsvChooserProps): React.JSX.Element {
  const [choice, setChoice] = useState<CsvChoice>(() => initialChoice(preview, node));
  const obstacle = choiceObstacle(choice, preview);
  const missing = missingValues(choice, preview);
  const close = () => {
    useDataView.setState({ choosing: null });
    if (begins) void askToClose('project');
  };
  const accept = () => {
    const { node: chosen, edits } = choiceEdits(currentDocument(), anyNodeType(seriesNode), node?.id ?? null, preview, choice, position);
    editDocument(edits);
    selectNodes([chosen]);
    useDataView.setState({ choosing: null, node: chosen, series: 0, range: null });
  };
  return (
    <Dialog
      open
      wide
      title={preview.name}
      text={`${countOf(preview.rows, 'row')}, ${countOf(preview.columns.length, 'column')}, ${printBytes(preview.bytes)}. Choose the columns to read; the first rows are shown as the file has them.`}
      onDismiss={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" disabled={obstacle !== null} onClick={accept}>
            {node === null ? 'Add Series node' : `Read with ${node.label}`}
          </Button>
        </>
      }
    >
      <div className="csv-chooser">
        <CsvTable preview={preview} choice={choice} onToggle={(column) => setChoice(toggleColumn(choice, column, preview))} />
        <div className="csv-fields">
          <Field label="Date column" help="Gives the rows their dates; it is not read as values.">
            {(control) => (
              <SelectInput
                control={control}
                value={choice.dateColumn ?? found}
                options={[found, ...preview.columns.map(({ name }) => name)]}
                titles={{ [found]: preview.dateColumn === null ? 'None found' : `${preview.dateColumn} (found)` }}
                onChoose={(column) => setChoice(chooseDateColumn(choice, column === found ? null : column))}
              />
            )}
          </Field>
          <Field label="Series column" help="Where a file holds several series below each other: whose row each is.">
            {(control) => (
              <SelectInput
                control={control}
                value={choice.seriesColumn ?? oneSeries}
                options={[oneSeries, ...preview.columns.map(({ name }) => name)]}
                titles={{ [oneSeries]: 'None: one series' }}
                onChoose={(column) => setChoice(chooseSeriesColumn(choice, column === oneSeries ? null : column))}
              />
            )}
          </Field>
          <Field
            label="Gaps"
            help="Filled values are inputs only and never scored. Keep leaves them to an Impute target, or to a Window with a mask."
            messages={
              missing > 0 && choice.gaps === 'refuse'
                ? [{ severity: 'warning', text: `${countOf(missing, 'missing value')} in the chosen columns: say how they are filled.` }]
                : []
            }
          >
            {(control) => (
              <SelectInput
                control={control}
                value={choice.gaps}
                options={['refuse', 'last-value', 'linear', 'keep'] as const}
                titles={gapTitles}
                onChoose={(gaps) => setChoice({ ...choice, gaps })}
              />
            )}
          </Field>
        </div>
        {obstacle === null ? null : <DiagnosticList diagnostics={[{ code: 'choice', severity: 'error', where: { kind: 'project' }, message: obstacle, repairs: [] }]} />}
        <DiagnosticList diagnostics={remarksOn(choice, preview)} />
      </div>
    </Dialog>
  );
}
