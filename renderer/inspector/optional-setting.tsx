import { Field } from '../components/field.tsx';
import { SwitchInput } from '../components/inputs.tsx';

interface OptionalSettingProps {
  readonly label: string;
  readonly help: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  /** Shown while it is on. */
  readonly children?: React.ReactNode;
}

/** A setting that can be off, with its own fields while it is on. */
export function OptionalSetting({ label, help, on, onSwitch, children }: OptionalSettingProps): React.JSX.Element {
  return (
    <>
      <Field label={label} inline help={help}>
        {(control) => <SwitchInput control={control} on={on} onChange={onSwitch} />}
      </Field>
      {on ? children : null}
    </>
  );
}
