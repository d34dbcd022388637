import { useEffect, useRef, useState } from 'react';
import { graphPicture } from '../../core/drawing/graph-picture.ts';
import type { PictureTheme } from '../../core/drawing/picture-theme.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { SelectInput, SwitchInput } from '../components/inputs.tsx';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { currentDocument, useDocument } from '../state/document-store.ts';
import { showNotice } from '../state/notices-store.ts';

interface PictureDialogProps {
  readonly open: boolean;
  readonly onDismiss: () => void;
}

/** The graph as a picture, for a paper or a page: looked at first, then written. */
export function PictureDialog({ open, onDismiss }: PictureDialogProps): React.JSX.Element {
  return (
    <Dialog open={open} wide title="Export picture" text="The graph as it lies on the canvas." onDismiss={onDismiss}>
      {open ? <PictureForm onDismiss={onDismiss} /> : null}
    </Dialog>
  );
}

type PictureKind = 'svg' | 'png';

function PictureForm({ onDismiss }: Pick<PictureDialogProps, 'onDismiss'>): React.JSX.Element {
  const project = useDocument((state) => state.project);
  const data = useDocument((state) => state.data);
  const [theme, setTheme] = useState<PictureTheme>('light');
  const [kind, setKind] = useState<PictureKind>('svg');
  const [shapes, setShapes] = useState(true);
  const [underWay, setUnderWay] = useState(false);
  const document = currentDocument();
  const save = async (): Promise<void> => {
    if (project === null) return;
    setUnderWay(true);
    const written = await valueOrNotice(desktop().exportPicture({ project: project.handle, document, theme, shapes, kind }));
    setUnderWay(false);
    if (written === undefined || written === null) return;
    showNotice('note', `The picture is in ${written.location}.`);
    onDismiss();
  };
  return (
    <form
      className="picture-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PicturePreview svg={graphPicture(document, data, { theme, shapes })} />
      <div className="picture-choices">
        <Field label="Ground">
          {(control) => <SelectInput control={control} value={theme} options={['light', 'dark'] as const} titles={{ light: 'Light', dark: 'Dark' }} onChoose={setTheme} />}
        </Field>
        <Field label="Kind">
          {(control) => (
            <SelectInput control={control} value={kind} options={['svg', 'png'] as const} titles={{ svg: 'SVG, sharp at any size', png: 'PNG, for everything else' }} onChoose={setKind} />
          )}
        </Field>
        <Field label="Shapes on the wires" inline>
          {(control) => <SwitchInput control={control} on={shapes} onChange={setShapes} />}
        </Field>
      </div>
      <div className="dialog-actions">
        <Button onClick={onDismiss}>Cancel</Button>
        <Button look="primary" type="submit" disabled={underWay}>
          Save…
        </Button>
      </div>
    </form>
  );
}

/** The picture itself, in the window's own page: it is no file yet. */
function PicturePreview({ svg }: { readonly svg: string }): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const picture = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    place.current?.replaceChildren(picture);
  }, [svg]);
  return <div ref={place} className="picture-preview" tabIndex={0} role="group" aria-label="Preview" />;
}
