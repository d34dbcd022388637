import { Button, IconButton } from '../components/button.tsx';
import { DiagnosticLine } from '../components/diagnostic-line.tsx';
import { dismissNotice, seenNotices, useNotices } from '../state/notices-store.ts';

/** What is said in passing; read aloud by screen readers. */
export function Notices(): React.JSX.Element {
  const notices = seenNotices(useNotices());
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, severity, message, action }) => (
        <div key={id} className="notice">
          <DiagnosticLine diagnostic={{ severity, message }}>
            {action === null ? null : (
              <Button
                look="quiet"
                onClick={() => {
                  dismissNotice(id);
                  action.run();
                }}
              >
                {action.title}
              </Button>
            )}
            <IconButton icon="close" label="Dismiss" onClick={() => dismissNotice(id)} />
          </DiagnosticLine>
        </div>
      ))}
    </div>
  );
}
