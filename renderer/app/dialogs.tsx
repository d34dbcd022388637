import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { ExportDialog } from '../export/export-dialog.tsx';
import { PictureDialog } from '../export/picture-dialog.tsx';
import { UsageDialog } from '../export/usage-dialog.tsx';
import { GalleryTemplates } from '../gallery/gallery-templates.tsx';
import { useApplication } from '../state/application-store.ts';
import { showDialog, useView } from '../state/view-store.ts';
import { PreferencesDialog } from './preferences-dialog.tsx';
import { QuestionDialog } from './question-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

/** Whatever stands above the window. A question comes before everything else. */
export function Dialogs(): React.JSX.Element {
  const dialog = useView((state) => state.dialog);
  const close = () => showDialog(null);
  return (
    <>
      <ShortcutsDialog open={dialog === 'shortcuts'} onDismiss={close} />
      <PreferencesDialog open={dialog === 'preferences'} onDismiss={close} />
      <AboutDialog open={dialog === 'about'} onDismiss={close} />
      <Dialog open={dialog === 'gallery'} wide title="New project" text="It opens in a window of its own." onDismiss={close}>
        <GalleryTemplates onChosen={close} />
      </Dialog>
      <PictureDialog open={dialog === 'picture'} onDismiss={close} />
      <ExportDialog />
      <UsageDialog />
      <QuestionDialog />
    </>
  );
}

function AboutDialog({ open, onDismiss }: { readonly open: boolean; readonly onDismiss: () => void }): React.JSX.Element {
  const version = useApplication((state) => state.version);
  return (
    <Dialog
      open={open}
      title="Unroll"
      text={`Version ${version}. Draw sequence models, train them natively with TensorFlow, and judge them against the naive forecast.`}
      onDismiss={onDismiss}
      actions={<Button onClick={onDismiss}>Close</Button>}
    />
  );
}
