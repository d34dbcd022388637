import { useEffect, type ReactNode } from 'react';
import { Dialog as RadixDialog } from 'radix-ui';
import { coverNotices } from '../state/notices-store.ts';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly text?: string;
  readonly wide?: boolean;
  readonly children?: ReactNode;
  /** Buttons, the one that does it last. */
  readonly actions?: ReactNode;
  /** Escape or a click outside. */
  readonly onDismiss: () => void;
}

/**
 * A question or a page above the window. The veil is an element of our own: Radix's overlay writes a style element, which
 * the window's content security policy refuses.
 */
export function Dialog({ open, title, text, wide = false, children, actions, onDismiss }: DialogProps): React.JSX.Element {
  useEffect(() => (open ? coverNotices() : undefined), [open]);
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onDismiss())}>
      <RadixDialog.Portal>
        <div className="dialog-veil">
          <RadixDialog.Content
            className={wide ? 'dialog dialog-wide' : 'dialog'}
            {...(text === undefined ? { 'aria-describedby': undefined } : {})}
          >
            <RadixDialog.Title className="dialog-title">{title}</RadixDialog.Title>
            {text === undefined ? null : <RadixDialog.Description className="dialog-text selectable">{text}</RadixDialog.Description>}
            {children === undefined ? null : <div className="dialog-body">{children}</div>}
            {actions === undefined ? null : <div className="dialog-actions">{actions}</div>}
          </RadixDialog.Content>
        </div>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
