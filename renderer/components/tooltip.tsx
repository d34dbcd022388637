import type { ReactNode } from 'react';
import { Tooltip as RadixTooltip } from 'radix-ui';
import { Keys } from './keys.tsx';

interface TooltipProps {
  readonly text: string;
  readonly keys?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref. */
  readonly children: ReactNode;
}

export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps): React.JSX.Element {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {keys === undefined ? null : <Keys keys={keys} />}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}

/** Stands once around the whole window. */
export function TooltipProvider({ children }: { readonly children: ReactNode }): React.JSX.Element {
  return <RadixTooltip.Provider delayDuration={500}>{children}</RadixTooltip.Provider>;
}
