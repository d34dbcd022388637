import { useMemo } from 'react';
import { addableTypes, catalog } from '../../../core/nodes/catalog.ts';
import { currentDocument } from '../../state/document-store.ts';
import { closeQuickAdd, useView, type QuickAdd } from '../../state/view-store.ts';
import { categoryTitles } from '../../theme/categories.ts';
import { addNode, carriedBy, fittingPort } from '../actions/add-node.ts';
import { canvasControl } from '../canvas-control.ts';
import { PickList, type PickItem } from './pick-list.tsx';

export function QuickAddList(): React.JSX.Element | null {
  const quickAdd = useView((state) => state.quickAdd);
  return quickAdd === null ? null : <OpenQuickAdd quickAdd={quickAdd} />;
}

function OpenQuickAdd({ quickAdd }: { readonly quickAdd: QuickAdd }): React.JSX.Element {
  const items = useMemo(() => offeredTypes(quickAdd), [quickAdd]);
  const after = currentDocument().nodes.find((node) => node.id === (quickAdd.after ?? quickAdd.end?.port.node));
  const onPick = (name: string) => {
    const type = catalog.get(name);
    closeQuickAdd();
    if (type !== undefined) addNode(type, quickAdd);
  };
  const dismiss = () => {
    closeQuickAdd();
    canvasControl()?.focus(null);
  };
  return (
    <PickList
      label={after === undefined ? 'Add a node' : `Add a node ${quickAdd.end?.direction === 'input' ? 'before' : 'after'} ${after.label}`}
      placeholder={after === undefined ? 'Add a node' : `Add ${quickAdd.end?.direction === 'input' ? 'before' : 'after'} ${after.label}`}
      items={items}
      nothing={quickAdd.end === null ? 'No node is called that.' : 'No such node fits this wire.'}
      at={quickAdd.at ?? middleOfCanvas()}
      onPick={onPick}
      onDismiss={dismiss}
    />
  );
}

/** For an open end only what fits; after a node what fits comes first. */
function offeredTypes({ end, after }: QuickAdd): readonly PickItem[] {
  const document = currentDocument();
  const types = addableTypes;
  const endCarries = end === null ? undefined : carriedBy(document, end.port, end.direction);
  const fits = (name: string): boolean => {
    const type = catalog.get(name);
    return end === null || (type !== undefined && endCarries !== undefined && fittingPort(type, end.direction, endCarries) !== undefined);
  };
  const last = document.nodes.find((node) => node.id === after);
  const given = last === undefined ? undefined : catalog.get(last.type)?.outputs[0]?.carries;
  const follows = (name: string): boolean => catalog.get(name)?.inputs.some((port) => port.carries === given) === true;
  const offered = types.filter((type) => fits(type.type));
  const ordered = given === undefined ? offered : [...offered.filter((type) => follows(type.type)), ...offered.filter((type) => !follows(type.type))];
  return ordered.map(({ type, title, summary, category }) => ({ key: type, title, detail: summary, category, words: `${type} ${categoryTitles[category]}` }));
}

function middleOfCanvas(): { readonly x: number; readonly y: number } {
  const middle = canvasControl()?.toWindow(canvasControl()?.middle() ?? { x: 0, y: 0 }) ?? { x: 0, y: 0 };
  return { x: middle.x - 160, y: middle.y - 140 };
}
