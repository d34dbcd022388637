import { defaultOptimizers, optimizerKinds } from '../../core/graph/training-defaults.ts';
import type { OptimizerSettings } from '../../core/graph/training-settings.ts';
import { Field } from '../components/field.tsx';
import { SelectInput, SwitchInput } from '../components/inputs.tsx';
import { SettingField } from './setting-field.tsx';

type OptimizerKind = OptimizerSettings['kind'];

const titles: Readonly<Record<OptimizerKind, string>> = { sgd: 'Stochastic gradient descent', rmsprop: 'RMSprop', adam: 'Adam', adamw: 'AdamW' };

interface OptimizerFieldsProps {
  readonly optimizer: OptimizerSettings;
  readonly onChange: (optimizer: OptimizerSettings, mergeKey?: string | null) => void;
}

/** The optimiser's kind, its learning rate, and the numbers that this kind has. */
export function OptimizerFields({ optimizer, onChange }: OptimizerFieldsProps): React.JSX.Element {
  return (
    <>
      <Field label="Kind">
        {(control) => (
          <SelectInput<OptimizerKind>
            control={control}
            value={optimizer.kind}
            options={optimizerKinds}
            titles={titles}
            onChoose={(kind) => onChange({ ...defaultOptimizers[kind], learningRate: optimizer.learningRate })}
          />
        )}
      </Field>
      <SettingField label="Learning rate" above={0} maximum={1e9} value={optimizer.learningRate} help="How far one step goes." onValue={(learningRate) => onChange({ ...optimizer, learningRate }, 'learningRate')} />
      <FieldsOfKind optimizer={optimizer} onChange={onChange} />
    </>
  );
}

function FieldsOfKind({ optimizer, onChange }: OptimizerFieldsProps): React.JSX.Element {
  switch (optimizer.kind) {
    case 'sgd':
      return (
        <>
          <SettingField label="Momentum" minimum={0} below={1} value={optimizer.momentum} help="Share of the last step that goes on." onValue={(momentum) => onChange({ ...optimizer, momentum }, 'momentum')} />
          <Toggle label="Nesterov" help="Looks ahead by the momentum before it measures the gradient." on={optimizer.nesterov} onToggle={(nesterov) => onChange({ ...optimizer, nesterov })} />
        </>
      );
    case 'rmsprop':
      return (
        <>
          <SettingField label="Rho" minimum={0} below={1} value={optimizer.rho} help="How long the mean of squared gradients remembers." onValue={(rho) => onChange({ ...optimizer, rho }, 'rho')} />
          <SettingField label="Momentum" minimum={0} below={1} value={optimizer.momentum} help="Share of the last step that goes on." onValue={(momentum) => onChange({ ...optimizer, momentum }, 'momentum')} />
          <SettingField label="Epsilon" above={0} maximum={1} value={optimizer.epsilon} help="Keeps the division from zero." onValue={(epsilon) => onChange({ ...optimizer, epsilon }, 'epsilon')} />
          <Toggle label="Centred" help="Divides by the spread of gradients around their mean instead of around zero." on={optimizer.centered} onToggle={(centered) => onChange({ ...optimizer, centered })} />
        </>
      );
    case 'adam':
      return <AdamFields optimizer={optimizer} onChange={onChange} />;
    case 'adamw':
      return (
        <>
          <SettingField label="Weight decay" minimum={0} maximum={1} value={optimizer.weightDecay} help="Each step takes this share, times the learning rate, off every weight." onValue={(weightDecay) => onChange({ ...optimizer, weightDecay }, 'weightDecay')} />
          <AdamFields optimizer={optimizer} onChange={onChange} />
        </>
      );
  }
}

interface AdamFieldsProps<Settings> {
  readonly optimizer: Settings;
  readonly onChange: (optimizer: Settings, mergeKey?: string | null) => void;
}

function AdamFields<Settings extends Extract<OptimizerSettings, { readonly kind: 'adam' | 'adamw' }>>({ optimizer, onChange }: AdamFieldsProps<Settings>): React.JSX.Element {
  return (
    <>
      <SettingField label="Beta 1" minimum={0} below={1} value={optimizer.beta1} help="How long the mean of gradients remembers." onValue={(beta1) => onChange({ ...optimizer, beta1 }, 'beta1')} />
      <SettingField label="Beta 2" minimum={0} below={1} value={optimizer.beta2} help="How long the mean of their squares remembers." onValue={(beta2) => onChange({ ...optimizer, beta2 }, 'beta2')} />
      <SettingField label="Epsilon" above={0} maximum={1} value={optimizer.epsilon} help="Keeps the division from zero." onValue={(epsilon) => onChange({ ...optimizer, epsilon }, 'epsilon')} />
      <Toggle label="AMSGrad" help="Divides by the largest mean of squares so far, so that steps never grow again." on={optimizer.amsgrad} onToggle={(amsgrad) => onChange({ ...optimizer, amsgrad })} />
    </>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly help: string;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
}

function Toggle({ label, help, on, onToggle }: ToggleProps): React.JSX.Element {
  return (
    <Field label={label} inline help={help}>
      {(control) => <SwitchInput control={control} on={on} onChange={onToggle} />}
    </Field>
  );
}
