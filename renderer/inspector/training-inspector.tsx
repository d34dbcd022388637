import { printCount } from '../../core/diagnostics/phrases.ts';
import type { OptimizerSettings, TrainingSettings } from '../../core/graph/graph-document.ts';
import { Field } from '../components/field.tsx';
import { SelectInput, SwitchInput } from '../components/inputs.tsx';
import { editDocument, presentDocument, useDocument } from '../state/document-store.ts';
import { graphWeightCount } from './node-weights.ts';
import { defaultOptimizers, type OptimizerKind } from './optimizer-defaults.ts';
import { SettingField } from './setting-field.tsx';

/** How the graph is trained: what the document holds besides the graph. */
export function TrainingInspector(): React.JSX.Element {
  const training = useDocument((state) => presentDocument(state).training);
  const weights = useDocument((state) => graphWeightCount(state.survey));
  const nodes = useDocument((state) => state.survey.nodes.size);
  const set = (change: Partial<TrainingSettings>, mergeKey: string | null = null) => editDocument([{ kind: 'set-training', training: change }], mergeKey);
  const { optimizer } = training;
  const setOptimizer = (next: OptimizerSettings, mergeKey: string | null = null) => set({ optimizer: next }, mergeKey);
  return (
    <div className="inspector-scroll">
      <header className="inspector-header">
        <span className="inspector-kind">Training</span>
      </header>
      <p className="inspector-summary">
        {nodes === 0 ? 'Select a node to see its parameters.' : `${printCount(weights)} parameters are trained. Select a node to see its own.`}
      </p>
      <section className="inspector-section" aria-label="Training settings">
        <SettingField label="Epochs" unit="epochs" whole minimum={1} maximum={1_000_000} value={training.epochs} help="Passes over the training part." onValue={(epochs) => set({ epochs }, 'epochs')} />
        <SettingField label="Batch size" unit="windows" whole minimum={1} maximum={1_000_000} value={training.batchSize} help="Windows in one step of the optimiser." onValue={(batchSize) => set({ batchSize }, 'batchSize')} />
        <SettingField label="Seed" whole minimum={0} maximum={2 ** 32 - 1} value={training.seed} help="The same seed gives the same weights at the start, and the same order of batches." onValue={(seed) => set({ seed }, 'seed')} />
        <OptionalSetting
          label="Early stopping"
          help="Ends when so many epochs in a row have not lowered the validation loss. The best weights are kept either way."
          on={training.earlyStoppingPatience !== null}
          onSwitch={(on) => set({ earlyStoppingPatience: on ? 5 : null })}
        >
          <SettingField label="Patience" unit="epochs" whole minimum={1} maximum={1_000_000} value={training.earlyStoppingPatience ?? 5} onValue={(earlyStoppingPatience) => set({ earlyStoppingPatience }, 'patience')} />
        </OptionalSetting>
      </section>
      <section className="inspector-section" aria-label="Optimiser">
        <h3>Optimiser</h3>
        <Field label="Kind">
          {(control) => (
            <SelectInput<OptimizerKind>
              control={control}
              value={optimizer.kind}
              options={['adam', 'sgd']}
              titles={{ adam: 'Adam', sgd: 'Stochastic gradient descent' }}
              onChoose={(kind) => setOptimizer({ ...defaultOptimizers[kind], learningRate: optimizer.learningRate })}
            />
          )}
        </Field>
        <SettingField label="Learning rate" above={0} maximum={10} value={optimizer.learningRate} help="How far one step goes." onValue={(learningRate) => setOptimizer({ ...optimizer, learningRate }, 'learningRate')} />
        <OptimizerFields optimizer={optimizer} onChange={setOptimizer} />
        <OptionalSetting
          label="Clip gradients"
          help="Scales gradients down that are longer than this, over all weights together. Keeps recurrent nets from blowing up."
          on={training.clipGlobalNorm !== null}
          onSwitch={(on) => set({ clipGlobalNorm: on ? 1 : null })}
        >
          <SettingField label="Greatest norm" above={0} maximum={1e9} value={training.clipGlobalNorm ?? 1} onValue={(clipGlobalNorm) => set({ clipGlobalNorm }, 'clip')} />
        </OptionalSetting>
      </section>
    </div>
  );
}

interface OptimizerFieldsProps {
  readonly optimizer: OptimizerSettings;
  readonly onChange: (optimizer: OptimizerSettings, mergeKey?: string | null) => void;
}

function OptimizerFields({ optimizer, onChange }: OptimizerFieldsProps): React.JSX.Element {
  switch (optimizer.kind) {
    case 'adam':
      return (
        <>
          <SettingField label="Beta 1" minimum={0} below={1} value={optimizer.beta1} help="How long the mean of gradients remembers." onValue={(beta1) => onChange({ ...optimizer, beta1 }, 'beta1')} />
          <SettingField label="Beta 2" minimum={0} below={1} value={optimizer.beta2} help="How long the mean of their squares remembers." onValue={(beta2) => onChange({ ...optimizer, beta2 }, 'beta2')} />
          <SettingField label="Epsilon" above={0} maximum={1} value={optimizer.epsilon} help="Keeps the division from zero." onValue={(epsilon) => onChange({ ...optimizer, epsilon }, 'epsilon')} />
        </>
      );
    case 'sgd':
      return (
        <>
          <SettingField label="Momentum" minimum={0} below={1} value={optimizer.momentum} help="Share of the last step that goes on." onValue={(momentum) => onChange({ ...optimizer, momentum }, 'momentum')} />
          <Field label="Nesterov" inline help="Looks ahead by the momentum before it measures the gradient.">
            {(control) => <SwitchInput control={control} on={optimizer.nesterov} onChange={(nesterov) => onChange({ ...optimizer, nesterov })} />}
          </Field>
        </>
      );
  }
}

interface OptionalSettingProps {
  readonly label: string;
  readonly help: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly children: React.ReactNode;
}

function OptionalSetting({ label, help, on, onSwitch, children }: OptionalSettingProps): React.JSX.Element {
  return (
    <>
      <Field label={label} inline help={help}>
        {(control) => <SwitchInput control={control} on={on} onChange={onSwitch} />}
      </Field>
      {on ? children : null}
    </>
  );
}
