import { useState } from 'react';
import { Button, IconButton } from '../components/button.tsx';
import { runCommand } from '../app/commands.ts';
import { useApplication } from '../state/application-store.ts';
import { openDraft, openProject, openRecent, discardDraft } from '../state/project-session.ts';
import { GalleryTemplates } from './gallery-templates.tsx';
import { printMoment } from './print-moment.ts';

/** What a window shows while no project is open: work to bring back, what was open lately, and templates. */
export function Gallery(): React.JSX.Element {
  return (
    <main className="gallery" data-region="canvas">
      <div className="gallery-page">
        <header className="gallery-header">
          <div>
            <h1>Unroll</h1>
            <p>Draw a sequence model, train it, and see whether it beats the naive forecast.</p>
          </div>
          <div className="gallery-header-actions">
            <Button icon="folder" onClick={() => void openProject()}>
              Open…
            </Button>
            <Button onClick={() => runCommand('import')}>Import…</Button>
            <IconButton icon="settings" label="Preferences" keys="Ctrl+," onClick={() => runCommand('preferences')} />
            <IconButton icon="help" label="Keys" keys="?" onClick={() => runCommand('shortcuts')} />
          </div>
        </header>
        <Drafts />
        <Recent />
        <section aria-labelledby="gallery-templates">
          <h2 id="gallery-templates">Start from a template</h2>
          <GalleryTemplates />
        </section>
      </div>
    </main>
  );
}

function Drafts(): React.JSX.Element | null {
  const drafts = useApplication((state) => state.drafts);
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby="gallery-drafts" className="gallery-drafts">
      <h2 id="gallery-drafts">Work that was not saved</h2>
      <ul className="gallery-list">
        {drafts.map(({ draft, title, location, editedAt }) => (
          <li key={draft}>
            <span className="gallery-list-title">{title}</span>
            <span className="gallery-list-text">{location ?? 'never saved as a file'}</span>
            <span className="gallery-list-time">{printMoment(editedAt, Date.now())}</span>
            <Button look="primary" onClick={() => void openDraft(draft)}>
              Bring back
            </Button>
            <Button look="quiet" onClick={() => void discardDraft(draft)}>
              Discard
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** So many recent projects stand above the templates; the others are a press away. */
const recentAtFirst = 4;

function Recent(): React.JSX.Element | null {
  const recent = useApplication((state) => state.recent);
  const [isWhole, setWhole] = useState(false);
  if (recent.length === 0) return null;
  const hidden = isWhole ? 0 : Math.max(0, recent.length - recentAtFirst);
  return (
    <section aria-labelledby="gallery-recent">
      <h2 id="gallery-recent">Recent projects</h2>
      <ul className="gallery-list">
        {recent.slice(0, recent.length - hidden).map((project) => (
          <li key={project.recent}>
            <button type="button" className="gallery-recent" onClick={() => void openRecent(project.recent)}>
              <span className="gallery-list-title">{project.title}</span>
              <span className="gallery-list-text">{project.location}</span>
              <span className="gallery-list-time">{printMoment(project.openedAt, Date.now())}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden === 0 ? null : (
        <Button look="quiet" onClick={() => setWhole(true)}>
          {hidden} more
        </Button>
      )}
    </section>
  );
}
