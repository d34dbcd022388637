import { countOf } from '../../core/diagnostics/phrases.ts';
import { Button } from '../components/button.tsx';
import { runCommand } from '../app/commands.ts';
import { useSelection } from '../state/selection-store.ts';

export function SeveralInspector(): React.JSX.Element {
  const nodes = useSelection((state) => state.nodes.size);
  const wires = useSelection((state) => state.wires.size);
  const parts = [...(nodes > 0 ? [countOf(nodes, 'node')] : []), ...(wires > 0 ? [countOf(wires, 'wire')] : [])];
  return (
    <div className="inspector-scroll">
      <header className="inspector-header">
        <span className="inspector-kind">{parts.join(' and ')} selected</span>
      </header>
      <div className="inspector-actions">
        <Button icon="arrange" disabled={nodes < 2} onClick={() => runCommand('arrange')}>
          Arrange
        </Button>
        <Button icon="copy" disabled={nodes === 0} onClick={() => runCommand('duplicate')}>
          Duplicate
        </Button>
        <Button icon="trash" look="danger" onClick={() => runCommand('delete')}>
          Delete
        </Button>
      </div>
    </div>
  );
}
