import { printCount } from '../../core/diagnostics/phrases.ts';
import { defaultSchedules, scheduleKinds } from '../../core/graph/training-defaults.ts';
import type { ScheduleSettings } from '../../core/graph/training-settings.ts';
import { Field } from '../components/field.tsx';
import { SelectInput, SwitchInput } from '../components/inputs.tsx';
import { OptionalSetting } from './optional-setting.tsx';
import { SettingField } from './setting-field.tsx';
import { SchedulePreview } from './schedule-preview.tsx';

type ScheduleKind = ScheduleSettings['kind'];

const titles: Readonly<Record<ScheduleKind, string>> = {
  constant: 'Constant',
  exponential: 'Exponential decay',
  cosine: 'Cosine with warm-up',
  'cosine-restarts': 'Cosine with restarts',
  plateau: 'Reduce on plateau',
};

const longest = 1_000_000;

interface ScheduleFieldsProps {
  readonly schedule: ScheduleSettings;
  readonly learningRate: number;
  readonly epochs: number;
  readonly onChange: (schedule: ScheduleSettings, mergeKey?: string | null) => void;
}

/** How the learning rate goes on, with the numbers that this kind has and a sketch of the rate over the epochs. */
export function ScheduleFields({ schedule, learningRate, epochs, onChange }: ScheduleFieldsProps): React.JSX.Element {
  return (
    <>
      <Field label="Learning rate schedule">
        {(control) => <SelectInput<ScheduleKind> control={control} value={schedule.kind} options={scheduleKinds} titles={titles} onChoose={(kind) => onChange(defaultSchedules[kind])} />}
      </Field>
      <FieldsOfKind schedule={schedule} epochs={epochs} onChange={onChange} />
      <SchedulePreview schedule={schedule} learningRate={learningRate} epochs={epochs} />
    </>
  );
}

function FieldsOfKind({ schedule, epochs, onChange }: Omit<ScheduleFieldsProps, 'learningRate'>): React.JSX.Element | null {
  switch (schedule.kind) {
    case 'constant':
      return null;
    case 'exponential':
      return (
        <>
          <SettingField label="Decay" above={0} maximum={1} value={schedule.decayRate} help="The rate is multiplied by this." onValue={(decayRate) => onChange({ ...schedule, decayRate }, 'decayRate')} />
          <SettingField label="Every" unit="epochs" minimum={0.01} maximum={longest} value={schedule.decayEpochs} onValue={(decayEpochs) => onChange({ ...schedule, decayEpochs }, 'decayEpochs')} />
          <Field label="In jumps" inline help="At the end of each stretch instead of a little every step.">
            {(control) => <SwitchInput control={control} on={schedule.staircase} onChange={(staircase) => onChange({ ...schedule, staircase })} />}
          </Field>
        </>
      );
    case 'cosine':
      return (
        <>
          <WarmupField schedule={schedule} onChange={onChange} />
          <OptionalSetting
            label="Falls over all epochs"
            help={`From the warm-up to the last of ${printCount(epochs)} epochs. More epochs stretch it.`}
            on={schedule.decayEpochs === null}
            onSwitch={(on) => onChange({ ...schedule, decayEpochs: on ? null : Math.max(0.01, epochs - schedule.warmupEpochs) })}
          />
          {schedule.decayEpochs === null ? null : (
            <SettingField label="Falls over" unit="epochs" minimum={0.01} maximum={longest} value={schedule.decayEpochs} onValue={(decayEpochs) => onChange({ ...schedule, decayEpochs }, 'decayEpochs')} />
          )}
          <FinalShareField schedule={schedule} onChange={onChange} />
        </>
      );
    case 'cosine-restarts':
      return (
        <>
          <WarmupField schedule={schedule} onChange={onChange} />
          <SettingField label="First cycle" unit="epochs" minimum={0.01} maximum={longest} value={schedule.firstCycleEpochs} help="The rate falls over this long, then starts again." onValue={(firstCycleEpochs) => onChange({ ...schedule, firstCycleEpochs }, 'firstCycleEpochs')} />
          <SettingField label="Growth of cycles" minimum={1} maximum={1000} value={schedule.cycleGrowth} help="Each cycle is so many times as long as the one before." onValue={(cycleGrowth) => onChange({ ...schedule, cycleGrowth }, 'cycleGrowth')} />
          <SettingField label="Peak share" above={0} maximum={1} value={schedule.peakShare} help="Each cycle begins at this share of the rate at which the one before began." onValue={(peakShare) => onChange({ ...schedule, peakShare }, 'peakShare')} />
          <FinalShareField schedule={schedule} onChange={onChange} />
        </>
      );
    case 'plateau':
      return (
        <>
          <SettingField label="Factor" above={0} below={1} value={schedule.factor} help="The rate is multiplied by this when the validation loss has stopped falling." onValue={(factor) => onChange({ ...schedule, factor }, 'factor')} />
          <SettingField label="After" unit="epochs" whole minimum={1} maximum={longest} value={schedule.patience} help="So many epochs in a row without a better loss." onValue={(patience) => onChange({ ...schedule, patience }, 'patience')} />
          <SettingField label="Least rate" minimum={0} maximum={10} value={schedule.minimumRate} onValue={(minimumRate) => onChange({ ...schedule, minimumRate }, 'minimumRate')} />
        </>
      );
  }
}

interface PartProps<Settings> {
  readonly schedule: Settings;
  readonly onChange: (schedule: Settings, mergeKey?: string | null) => void;
}

type Cosine = Extract<ScheduleSettings, { readonly kind: 'cosine' | 'cosine-restarts' }>;

function WarmupField<Settings extends Cosine>({ schedule, onChange }: PartProps<Settings>): React.JSX.Element {
  return <SettingField label="Warm-up" unit="epochs" minimum={0} maximum={longest} value={schedule.warmupEpochs} help="The rate first rises in a straight line from 0." onValue={(warmupEpochs) => onChange({ ...schedule, warmupEpochs }, 'warmupEpochs')} />;
}

function FinalShareField<Settings extends Cosine>({ schedule, onChange }: PartProps<Settings>): React.JSX.Element {
  return <SettingField label="Final share" minimum={0} maximum={1} value={schedule.finalShare} help="What is left of the rate in the end, as a share of it." onValue={(finalShare) => onChange({ ...schedule, finalShare }, 'finalShare')} />;
}
