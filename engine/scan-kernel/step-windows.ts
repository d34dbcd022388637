import type { StepWindow } from './scan-program.ts';

/** Every step in the slot of its own number. */
export function wholeWindow(steps: number): StepWindow {
  return { offset: 0, first: 0, end: steps, stride: 1, dilation: 1 };
}

/** Steps `start` to `start + length − 1`; those outside are zeros. */
export function windowFrom(window: StepWindow, start: number, length: number): StepWindow {
  const inside = (step: number): number => Math.max(0, Math.min(length, step - start));
  return { ...window, offset: window.offset + window.stride * start, first: inside(window.first), end: inside(window.end) };
}

/** Of every `stride` neighbours the one in place `place`, of `length` such groups. */
export function everyWindow(window: StepWindow, stride: number, place: number, length: number): StepWindow {
  const groups = (steps: number): number => Math.max(0, Math.min(length, Math.ceil((steps - place) / stride)));
  const wide = { ...window, offset: window.offset + window.stride * place, first: groups(window.first), end: groups(window.end), stride: window.stride * stride };
  const common = commonDivisor(wide.stride, wide.dilation);
  // The steps that are wanted all lie between two slots, or each of them is one that is there.
  if (wide.offset % common !== 0) return { ...wholeWindow(0), first: 0, end: 0 };
  return { ...wide, offset: wide.offset / common, stride: wide.stride / common, dilation: wide.dilation / common };
}

/**
 * Each step as the one in place `place` of `dilation` neighbours, the others zeros; undefined where one reading cannot say
 * that: of every second step, say, spread by two.
 */
export function spreadWindow(window: StepWindow, dilation: number, place: number): StepWindow | undefined {
  if (window.first >= window.end) return { ...wholeWindow(0), first: 0, end: 0 };
  if (commonDivisor(window.stride, dilation) > 1) return undefined;
  return {
    offset: window.offset * dilation - window.stride * place,
    first: window.first * dilation + place,
    end: (window.end - 1) * dilation + place + 1,
    stride: window.stride,
    dilation: window.dilation * dilation,
  };
}

/** The last of `steps` steps first. */
export function reversedWindow(window: StepWindow, steps: number): StepWindow {
  return { ...window, offset: window.offset + window.stride * (steps - 1), first: steps - window.end, end: steps - window.first, stride: -window.stride };
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? Math.abs(one) : commonDivisor(other, one % other);
}
