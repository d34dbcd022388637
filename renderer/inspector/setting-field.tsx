import { useState } from 'react';
import { Field } from '../components/field.tsx';
import { NumberInput } from '../components/number-input.tsx';
import { endEdit } from '../state/document-store.ts';
import { settingProblem, type SettingRange } from './setting-range.ts';

interface SettingFieldProps extends SettingRange {
  readonly label: string;
  readonly unit?: string;
  readonly help?: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

/** A number of the training settings. Unlike a node's parameter it cannot be wrong in the document: what is out of range waits here. */
export function SettingField({ label, unit = '', help, value, onValue, ...range }: SettingFieldProps): React.JSX.Element {
  const [refused, setRefused] = useState<string | null>(null);
  const onText = (text: string) => {
    const problem = settingProblem(text, range);
    setRefused(problem);
    if (problem === null) onValue(Number(text));
  };
  return (
    <Field label={label} unit={unit} {...(help === undefined ? {} : { help })} messages={refused === null ? [] : [{ severity: 'error', text: refused }]}>
      {(control) => (
        <NumberInput
          control={control}
          text={String(value)}
          minimum={range.minimum ?? 0}
          maximum={range.maximum ?? 1}
          {...(range.whole === true ? { step: 1 } : {})}
          onText={onText}
          onLeave={() => {
            setRefused(null);
            endEdit();
          }}
        />
      )}
    </Field>
  );
}
