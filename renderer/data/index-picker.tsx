import { useId } from 'react';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { IconButton } from '../components/button.tsx';
import { neighbour } from './sample-chart.ts';

interface IndexPickerProps {
  /** What is picked: "Series", "Sample". */
  readonly label: string;
  /** From 0; people count from 1. */
  readonly index: number;
  readonly count: number;
  /** Draws one at random too. */
  readonly random?: boolean;
  /** Where a heading beside it says what is picked, the label is for screen readers only. */
  readonly labelHidden?: boolean;
  readonly onChange: (index: number) => void;
}

/** One of many by its number: typed, the next, the previous, any. */
export function IndexPicker({ label, index, count, random = true, labelHidden = false, onChange }: IndexPickerProps): React.JSX.Element {
  const id = useId();
  const name = label.toLowerCase();
  return (
    <span className="index-picker">
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : ''}>
        {label}
      </label>
      <IconButton icon="chevronRight" className="mirrored" label={`Previous ${name}`} disabled={count < 2} onClick={() => onChange(neighbour(index, -1, count))} />
      <input
        id={id}
        className="input"
        type="number"
        min={1}
        max={count}
        value={count === 0 ? '' : index + 1}
        disabled={count === 0}
        onChange={(event) => {
          const typed = event.target.valueAsNumber;
          if (Number.isInteger(typed) && typed >= 1 && typed <= count) onChange(typed - 1);
        }}
      />
      <span className="quiet">of {printCount(count)}</span>
      <IconButton icon="chevronRight" label={`Next ${name}`} disabled={count < 2} onClick={() => onChange(neighbour(index, 1, count))} />
      {random ? <IconButton icon="restore" label={`Any ${name}, by chance`} disabled={count < 2} onClick={() => onChange(Math.floor(Math.random() * count))} /> : null}
    </span>
  );
}
