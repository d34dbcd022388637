import { useState } from 'react';
import { Switch as RadixSwitch } from 'radix-ui';
import type { ControlProps } from './field.tsx';

interface TextInputProps {
  readonly control: ControlProps;
  readonly text: string;
  readonly placeholder?: string;
  readonly onText: (text: string) => void;
  readonly onLeave?: () => void;
}

export function TextInput({ control, text, placeholder, onText, onLeave }: TextInputProps): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...control}
      className="input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      value={typed ?? text}
      onChange={(event) => {
        setTyped(event.target.value);
        onText(event.target.value);
      }}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
    />
  );
}

interface SelectInputProps<Option extends string> {
  readonly control: ControlProps;
  readonly value: string;
  readonly options: readonly Option[];
  readonly titles?: Readonly<Partial<Record<Option, string>>>;
  readonly disabled?: boolean;
  readonly onChoose: (option: Option) => void;
}

/** A value that is none of the options is shown as it is, until another is chosen. */
export function SelectInput<Option extends string>({ control, value, options, titles, disabled = false, onChoose }: SelectInputProps<Option>): React.JSX.Element {
  const isKnown = options.some((option) => option === value);
  return (
    <select
      {...control}
      className="input select"
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const option = options.find((candidate) => candidate === event.target.value);
        if (option !== undefined) onChoose(option);
      }}
    >
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {titles?.[option] ?? option}
        </option>
      ))}
    </select>
  );
}

interface SwitchInputProps {
  readonly control: ControlProps;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

export function SwitchInput({ control, on, disabled = false, onChange }: SwitchInputProps): React.JSX.Element {
  const { 'aria-invalid': _notOnASwitch, ...named } = control;
  return (
    <RadixSwitch.Root {...named} className="switch" checked={on} disabled={disabled} onCheckedChange={onChange}>
      <RadixSwitch.Thumb className="switch-thumb" />
    </RadixSwitch.Root>
  );
}
