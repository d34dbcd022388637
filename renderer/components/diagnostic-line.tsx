import type { ReactNode } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { Icon } from './icon.tsx';

const severityNames = { error: 'Error', warning: 'Warning', note: 'Note' } as const;

interface DiagnosticLineProps {
  readonly diagnostic: Pick<Diagnostic, 'severity' | 'message'>;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** One diagnostic in words, wherever it is shown. */
export function DiagnosticLine({ diagnostic, children }: DiagnosticLineProps): React.JSX.Element {
  return (
    <div className={`diagnostic diagnostic-${diagnostic.severity}`}>
      <Icon name={diagnostic.severity} />
      <p className="selectable">
        <span className="visually-hidden">{severityNames[diagnostic.severity]}: </span>
        {diagnostic.message}
      </p>
      {children}
    </div>
  );
}
