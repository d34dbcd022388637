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
        <Field label="Processors" help={`The most that a training uses. Alone it is fastest with all; two at once, or beside your own work, with fewer.${preferences.engine === 'main' ? ' Takes effect at the next start.' : ''}`}>
          {(control) => (
            <SelectInput
              control={control}
              value={preferences.processors === null ? 'all' : String(preferences.processors)}
              options={['all', ...processorCounts(preferences.processors)]}
              titles={{ all: `All ${navigator.hardwareConcurrency}` }}
              onChoose={(count) => void changePreferences({ processors: count === 'all' ? null : Number(count) })}
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

/** Fewer than the machine has, and what was chosen on another one. */
function processorCounts(chosen: number | null): readonly string[] {
  const counts = new Set(Array.from({ length: navigator.hardwareConcurrency - 1 }, (_, index) => index + 1));
  if (chosen !== null) counts.add(chosen);
  return [...counts].sort((first, second) => first - second).map(String);
}
