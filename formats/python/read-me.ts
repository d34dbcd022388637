import type { Model } from '../../core/compile/model.ts';
import type { ExportableModel } from '../../core/export/exportable-model.ts';
import { tableName } from './data-module.ts';
import { requirements } from './requirements.ts';

function whatIsPredicted({ targets: [target] }: Model): string {
  if (target?.kind === 'reconstruct') return 'windows as the model draws them,';
  if (target?.kind === 'impute') return 'the series with its gaps filled,';
  return target?.kind === 'forecast' ? 'forecasts' : 'estimates';
}

/** README.md of the project: what it is, how it is run, where it comes from. */
export function readMe({ name, model, training, facts, table, provenance }: ExportableModel, hasCells: boolean): string {
  const { source } = model.data;
  const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ');
  const data = source.kind === 'generator'
    ? 'The series are made by `data.py`; nothing else is needed.'
    : (table?.bytes ?? null) === null
      ? `The data are not in this folder. Put the file at \`data/${tableName(source.file)}\`.`
      : `The data lie in \`data/${tableName(source.file)}\`: mind their terms before you pass the folder on (the export card beside it names them).`;
  const scaled = model.data.scale === null ? "in the data's own unit" : 'scaled: `data.py` has the numbers, `predict.py` applies them';
  return `# ${oneLine(name)}

A sequence model in Keras 3, taken away from Unroll: it stands alone and needs nothing of Unroll.

\`\`\`sh
python -m venv environment && . environment/bin/activate   # on Windows: environment\\Scripts\\activate
python -m pip install -r requirements.txt
python predict.py                 # goes on from the end of the data, as CSV
python train.py                   # trains again: ${training.epochs} epochs at most
\`\`\`

${data}

| file | what |
|---|---|
| \`model.py\` | the model, layer by layer |
${hasCells ? '| `cells.py` | cells that Keras has not |\n' : ''}| \`model.weights.h5\` | its trained weights |
| \`data.py\` | series, scaling, windows and parts, as in training |
| \`train.py\` | training again with the same settings: optimiser, schedule, loss, clipping, early stopping, seed |
| \`predict.py\` | ${whatIsPredicted(model)} in the data's own unit |
| \`requirements.txt\` | ${requirements.map(({ package: one, version }) => `${one} ${version}`).join(', ')}: what it was proven with |

The model takes [${facts.inputs.join(', ')}] (columns: ${facts.columns.map(oneLine).join(', ')}), ${scaled}, and gives [${facts.outputs.join(', ')}]: ${oneLine(facts.meaning)}.

Training again draws other random numbers than Unroll does (initial weights, order of samples, dropout): expect a model of the same kind and about the same quality, not the same weights.

## Origin

${Object.entries(provenance).map(([what, said]) => `- ${what}: ${oneLine(said)}`).join('\n')}
`;
}
