import { useEffect } from 'react';
import { TooltipProvider } from '../components/tooltip.tsx';
import { Gallery } from '../gallery/gallery.tsx';
import { useApplication } from '../state/application-store.ts';
import { useDocument } from '../state/document-store.ts';
import { keepView } from '../state/keep-view.ts';
import { Dialogs } from './dialogs.tsx';
import { DropTarget } from './drop-target.tsx';
import { followWidth, isNarrow } from './follow-width.ts';
import { listenToKeys } from './listen-to-keys.ts';
import { Notices } from './notices.tsx';
import { Workspace } from './workspace.tsx';

/** The whole window: the gallery, or the open project. */
export function App(): React.JSX.Element {
  const started = useApplication((state) => state.started);
  const isOpen = useDocument((state) => state.project !== null);
  useEffect(() => listenToKeys(window), []);
  useEffect(() => followWidth(window), []);
  useEffect(() => keepView(localStorage, () => isNarrow(window)), []);
  return (
    <TooltipProvider>
      <DropTarget>{!started ? null : isOpen ? <Workspace /> : <Gallery />}</DropTarget>
      <Notices />
      <Dialogs />
    </TooltipProvider>
  );
}
