import { useApplication } from '../state/application-store.ts';
import { newProject } from '../state/project-session.ts';
import { Icon } from '../components/icon.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** The templates and an empty project, to start from. */
export function GalleryTemplates({ onChosen }: { readonly onChosen?: () => void }): React.JSX.Element {
  const templates = useApplication((state) => state.templates);
  const start = (template: string | null) => {
    onChosen?.();
    void newProject(template);
  };
  return (
    <ul className="gallery-grid">
      {templates.map(({ name, title, summary, document }) => (
        <li key={name}>
          <button type="button" className="gallery-card" onClick={() => start(name)}>
            <Thumbnail document={document} />
            <span className="gallery-card-title">{title}</span>
            <span className="gallery-card-text">{summary}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="gallery-card" onClick={() => start(null)}>
          <span className="thumbnail thumbnail-empty">
            <Icon name="plus" />
          </span>
          <span className="gallery-card-title">Empty project</span>
          <span className="gallery-card-text">Draw a model from nothing.</span>
        </button>
      </li>
    </ul>
  );
}
