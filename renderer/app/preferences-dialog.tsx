import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { SelectInput, SwitchInput } from '../components/inputs.tsx';
import { useApplication } from '../state/application-store.ts';
import { changePreferences } from '../state/start-session.ts';
import { PythonPreference } from './python-preference.tsx';

interface PreferencesDialogProps {
  readonly open: boolean;
  readonly onDismiss: () => void;
}

export function PreferencesDialog({ open, onDismiss }: PreferencesDialogProps): React.JSX.Element {
  const preferences = useApplication((state) => state.preferences);
  return (
    <Dialog open={open} title="Preferences" onDismiss={onDismiss} actions={<Button onClick={onDismiss}>Close</Button>}>
      <div className="form">
        <Field label="Theme">
          {(control) => (
            <SelectInput
              control={control}
              value={preferences.theme}
              options={['system', 'light', 'dark'] as const}
              titles={{ system: 'Like the system', light: 'Light', dark: 'Dark' }}
              onChoose={(theme) => void changePreferences({ theme })}
            />
          )}
        </Field>
        <Field label="Motion">
          {(control) => (
            <SelectInput
              control={control}
              value={preferences.reducedMotion}
              options={['system', 'on', 'off'] as const}
              titles={{ system: 'Like the system', on: 'Reduced', off: 'Full' }}
              onChoose={(reducedMotion) => void changePreferences({ reducedMotion })}
            />
          )}
        </Field>
        <Field label="Engine" help="Where TensorFlow runs. Takes effect at the next start.">
          {(control) => (
            <SelectInput
              control={control}
              value={preferences.engine}
              options={['utility', 'main'] as const}
              titles={{ utility: 'In a process of its own', main: 'In the main process' }}
              onChoose={(engine) => void changePreferences({ engine })}
            />
          )}
        </Field>
        <Field label="Save by itself" inline help="Writes edits into the project's file a second after you stop. Unsaved work is kept on disk either way.">
          {(control) => <SwitchInput control={control} on={preferences.autosave} onChange={(autosave) => void changePreferences({ autosave })} />}
        </Field>
        <PythonPreference />
      </div>
    </Dialog>
  );
}
