import type { ReactNode } from 'react';
import { Tabs as RadixTabs } from 'radix-ui';

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** A number or a mark beside the title. */
  readonly badge?: ReactNode;
  readonly panel: ReactNode;
}

interface TabsProps<Name extends string> {
  /** What the tabs choose between, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  /** At the right end of the row of tabs. */
  readonly end?: ReactNode;
  /** Whether the panel below the row is shown. */
  readonly open?: boolean;
}

/** A row of tabs with the chosen one's panel below; panels that are not chosen are not in the page. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, end, open = true }: TabsProps<Name>): React.JSX.Element {
  const choose = (name: string) => {
    const tab = tabs.find((candidate) => candidate.name === name);
    if (tab !== undefined) onChoose(tab.name);
  };
  return (
    <RadixTabs.Root className="tabs" value={chosen} onValueChange={choose} activationMode="manual">
      <div className="tabs-row">
        <RadixTabs.List className="tabs-list" aria-label={label}>
          {tabs.map((tab) => (
            // A click on the chosen tab counts too: it opens a closed dock.
            <RadixTabs.Trigger key={tab.name} value={tab.name} className="tab" onClick={() => onChoose(tab.name)}>
              {tab.title}
              {tab.badge}
            </RadixTabs.Trigger>
          ))}
        </RadixTabs.List>
        {end}
      </div>
      {open
        ? tabs.map((tab) => (
            <RadixTabs.Content key={tab.name} value={tab.name} className="tab-panel" tabIndex={-1}>
              {tab.panel}
            </RadixTabs.Content>
          ))
        : null}
    </RadixTabs.Root>
  );
}
