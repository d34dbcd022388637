import { useState, type KeyboardEvent } from 'react';
import type { ControlProps } from './field.tsx';

interface NumberInputProps {
  readonly control: ControlProps;
  /** As text, so that what is being typed stays as it was typed. */
  readonly text: string;
  readonly minimum: number;
  readonly maximum: number;
  /** What an arrow key adds; Shift adds ten of it. Left out: arrows do nothing. */
  readonly step?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Every change of the text. */
  readonly onText: (text: string) => void;
  /** The field was left: what follows is another edit. */
  readonly onLeave: () => void;
}

/** A number as text with arrow keys. While it has the focus it shows what was typed, else what the document holds. */
export function NumberInput({ control, text, minimum, maximum, step, placeholder, disabled = false, onText, onLeave }: NumberInputProps): React.JSX.Element {
  const [typed, setTyped] = useState<{ readonly text: string; readonly committed: string } | null>(null);
  const change = (next: string) => {
    setTyped({ text: next, committed: next });
    onText(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (step === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const value = Number(typed?.text ?? text);
    if (!Number.isFinite(value)) return;
    const added = step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
    change(String(Number(Math.min(maximum, Math.max(minimum, value + added)).toPrecision(12))));
  };
  return (
    <input
      {...control}
      className="input"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      placeholder={placeholder}
      value={typed?.text ?? text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => change(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setTyped(null);
        onLeave();
      }}
    />
  );
}
