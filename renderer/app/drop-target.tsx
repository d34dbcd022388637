import { useState, type DragEvent, type ReactNode } from 'react';
import { receiveFiles } from './receive-files.ts';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** Files may be dropped anywhere on the window. */
export function DropTarget({ children }: { readonly children: ReactNode }): React.JSX.Element {
  const [isOver, setOver] = useState(false);
  return (
    <div
      className="drop-target"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        void receiveFiles([...event.dataTransfer.files], { x: event.clientX, y: event.clientY });
      }}
    >
      {children}
      {isOver ? <div className="drop-veil">Drop a CSV file to read a series, a project to open it, or a .keras model to import it</div> : null}
    </div>
  );
}
