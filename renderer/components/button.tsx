import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** primary: the one thing to do next. plain: everything else. quiet: inside bars and lists. danger: destroys something. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon, className = '', children, ...rest }: ButtonProps): React.JSX.Element {
  return (
    <button type="button" {...rest} className={`button button-${look} ${className}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'children'> {
  readonly icon: IconName;
  /** Its accessible name, shown as a tooltip. */
  readonly label: string;
  /** The key that does the same, as the tooltip shows it: "Ctrl+Z". */
  readonly keys?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, keys, className = '', ...rest }: IconButtonProps): React.JSX.Element {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button type="button" {...rest} aria-label={label} className={`icon-button ${className}`}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
