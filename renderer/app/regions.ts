const regionOrder = ['bar', 'palette', 'canvas', 'inspector', 'dock'] as const;

/** Puts the focus into the next part of the window (1) or the one before (-1). */
export function focusNextRegion(direction: 1 | -1): void {
  const present = regionOrder.flatMap((name) => {
    const element = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
    return element === null ? [] : [element];
  });
  const at = present.findIndex((element) => element.contains(document.activeElement));
  const next = present.at((at + direction + present.length) % present.length);
  if (next !== undefined) focusInside(next);
}

/** The first element in a part of the window that takes the focus, or the part itself. */
function focusInside(region: HTMLElement): void {
  const first = region.querySelector<HTMLElement>('[tabindex="0"], button:not(:disabled), input:not(:disabled), select:not(:disabled)');
  (first ?? region).focus();
}
