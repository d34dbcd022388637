import { useId, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { Severity } from '../../core/diagnostics/diagnostic.ts';

export interface FieldMessage {
  readonly severity: Severity;
  readonly text: string;
}

/** What a control needs to be named and described by its field. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface FieldProps {
  readonly label: string;
  readonly unit?: string;
  /** One sentence below the control. */
  readonly help?: string;
  readonly messages?: readonly FieldMessage[];
  /** Beside the label instead of below it: for switches. */
  readonly inline?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A control with its label, unit, help and what is wrong with its value. */
export function Field({ label, unit = '', help, messages = [], inline = false, children }: FieldProps): React.JSX.Element {
  const id = useId();
  const isInvalid = messages.some((message) => message.severity === 'error');
  return (
    <div className={inline ? 'field field-inline' : 'field'}>
      <div className="field-label">
        <label htmlFor={id}>{label}</label>
        {unit === '' ? null : <span className="field-unit">{unit}</span>}
      </div>
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': isInvalid })}
      <div id={`${id}-about`} className="field-about">
        {messages.map((message) => (
          <p key={message.text} className={`field-message field-message-${message.severity} selectable`}>
            <Icon name={message.severity} />
            {message.text}
          </p>
        ))}
        {help === undefined ? null : <p className="field-help">{help}</p>}
      </div>
    </div>
  );
}
