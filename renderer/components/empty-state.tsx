import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next, in a sentence. */
  readonly text: string;
  readonly children?: ReactNode;
}

/** What stands where there is nothing yet: it says what to do next. */
export function EmptyState({ title, text, children }: EmptyStateProps): React.JSX.Element {
  return (
    <div className="empty-state">
      <h3>{title}</h3>
      <p>{text}</p>
      {children === undefined ? null : <div className="empty-state-actions">{children}</div>}
    </div>
  );
}
