import './verdict-line.css';
import { Icon } from '../components/icon.tsx';
import type { VerdictView } from './verdict-view.ts';

const icons = { good: 'check', mixed: 'warning', bad: 'error', unknown: 'note' } as const;

/** The verdict where nobody can miss it, in the colour of its news. */
export function VerdictLine({ view }: { readonly view: VerdictView }): React.JSX.Element {
  return (
    <div className={`verdict verdict-${view.tone}`} role="status">
      <Icon name={icons[view.tone]} />
      <div className="selectable">
        <p className="verdict-sentence">{view.sentence.replaceAll(' %', '\u00a0%')}</p>
        {view.advice === null ? null : <p className="verdict-advice">{view.advice}</p>}
      </div>
    </div>
  );
}
