import type { Preferences } from '../../electron/ipc/application-messages.ts';

const motions = { system: '', on: 'reduced', off: 'full' } as const;

/** Gives the page the theme and the motion that were chosen; "system" leaves both to the media queries. */
export function applyPreferences(root: HTMLElement, { theme, reducedMotion }: Pick<Preferences, 'theme' | 'reducedMotion'>): void {
  root.dataset['theme'] = theme;
  root.dataset['motion'] = motions[reducedMotion];
}
