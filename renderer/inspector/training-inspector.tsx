import { printCount } from '../../core/diagnostics/phrases.ts';
import { clippingKinds, defaultClipping, defaultWeightAveraging } from '../../core/graph/training-defaults.ts';
import type { ClippingSettings, TrainingSettings } from '../../core/graph/training-settings.ts';
import { Field } from '../components/field.tsx';
import { SelectInput } from '../components/inputs.tsx';
import { editDocument, presentDocument, useDocument } from '../state/document-store.ts';
import { graphWeightCount } from './node-weights.ts';
import { OptimizerFields } from './optimizer-fields.tsx';
import { OptionalSetting } from './optional-setting.tsx';
import { RateFinder } from './rate-finder.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { SettingField } from './setting-field.tsx';

/** How the graph is trained: what the document holds besides the graph. */
export function TrainingInspector(): React.JSX.Element {
  const training = useDocument((state) => presentDocument(state).training);
  const weights = useDocument((state) => graphWeightCount(state.survey));
  const nodes = useDocument((state) => state.survey.nodes.size);
  const set = (change: Partial<TrainingSettings>, mergeKey: string | null = null) => editDocument([{ kind: 'set-training', training: change }], mergeKey);
  const { optimizer, schedule, clipping, weightAveraging } = training;
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
        <OptimizerFields optimizer={optimizer} onChange={(next, mergeKey = null) => set({ optimizer: next }, mergeKey)} />
        <RateFinder />
        <ScheduleFields schedule={schedule} learningRate={optimizer.learningRate} epochs={training.epochs} onChange={(next, mergeKey = null) => set({ schedule: next }, mergeKey)} />
      </section>
      <section className="inspector-section" aria-label="Steadier training">
        <h3>Steadier training</h3>
        <OptionalSetting
          label="Clip gradients"
          help="Shortens gradients that are too long. Keeps recurrent nets from blowing up."
          on={clipping !== null}
          onSwitch={(on) => set({ clipping: on ? defaultClipping : null })}
        >
          <ClippingFields clipping={clipping ?? defaultClipping} onChange={(next, mergeKey = null) => set({ clipping: next }, mergeKey)} />
        </OptionalSetting>
        <OptionalSetting
          label="Average weights"
          help="Judges and keeps the moving average of the weights instead of where the last step left them."
          on={weightAveraging !== null}
          onSwitch={(on) => set({ weightAveraging: on ? defaultWeightAveraging : null })}
        >
          <SettingField
            label="Momentum of the average"
            minimum={0}
            below={1}
            value={(weightAveraging ?? defaultWeightAveraging).momentum}
            help="0.99 remembers about a hundred steps, 0.999 a thousand."
            onValue={(momentum) => set({ weightAveraging: { momentum } }, 'weightAveraging')}
          />
        </OptionalSetting>
      </section>
    </div>
  );
}

interface ClippingFieldsProps {
  readonly clipping: ClippingSettings;
  readonly onChange: (clipping: ClippingSettings, mergeKey?: string | null) => void;
}

const clippingTitles: Readonly<Record<ClippingSettings['kind'], string>> = {
  value: 'Each number',
  norm: 'The norm of each weight',
  'global-norm': 'The norm of all weights together',
};

function ClippingFields({ clipping, onChange }: ClippingFieldsProps): React.JSX.Element {
  return (
    <>
      <Field label="What is limited">
        {(control) => <SelectInput control={control} value={clipping.kind} options={clippingKinds} titles={clippingTitles} onChoose={(kind) => onChange({ ...clipping, kind })} />}
      </Field>
      <SettingField label="Limit" above={0} maximum={1e9} value={clipping.limit} onValue={(limit) => onChange({ ...clipping, limit }, 'clipping')} />
    </>
  );
}
