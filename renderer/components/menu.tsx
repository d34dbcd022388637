import type { ReactNode } from 'react';
import { DropdownMenu } from 'radix-ui';
import { Icon, type IconName } from './icon.tsx';
import { Keys } from './keys.tsx';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** A menu under a button. Not modal: Radix would lock scrolling by a style element, which the content security policy refuses. */
export function Menu({ trigger, align = 'start', children }: MenuProps): React.JSX.Element {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuAtProps {
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu where the pointer was, open until something is chosen or left. The focus stays with what is chosen. */
export function MenuAt({ x, y, label, onClose, children }: MenuAtProps): React.JSX.Element {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="menu-point" tabIndex={-1} aria-label={label} style={{ left: x, top: y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={2} collisionPadding={8} onCloseAutoFocus={(event) => event.preventDefault()}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly icon?: IconName;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, keys, disabled = false, onSelect, children }: MenuItemProps): React.JSX.Element {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
      {keys === undefined ? null : <Keys keys={keys} />}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator(): React.JSX.Element {
  return <DropdownMenu.Separator className="menu-separator" />;
}
