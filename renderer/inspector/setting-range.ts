import { printCount } from '../../core/diagnostics/phrases.ts';

/** minimum and maximum belong to the range, above and below do not. */
export interface SettingRange {
  readonly whole?: boolean;
  readonly minimum?: number;
  readonly above?: number;
  readonly maximum?: number;
  readonly below?: number;
}

/** Why a text is no value of the range; null where it is one. */
export function settingProblem(text: string, range: SettingRange): string | null {
  const value = Number(text);
  const isNumber = text.trim() !== '' && Number.isFinite(value) && (range.whole !== true || Number.isInteger(value));
  const isWithin =
    (range.minimum === undefined || value >= range.minimum) &&
    (range.above === undefined || value > range.above) &&
    (range.maximum === undefined || value <= range.maximum) &&
    (range.below === undefined || value < range.below);
  return isNumber && isWithin ? null : `Expected ${rangeInWords(range)}; the setting stays as it was.`;
}

function rangeInWords({ whole, minimum, above, maximum, below }: SettingRange): string {
  const least = minimum !== undefined ? `from ${printCount(minimum)}` : `above ${printCount(above ?? 0)}`;
  const most = maximum !== undefined ? `to ${printCount(maximum)}` : `and below ${printCount(below ?? 1)}`;
  return `a ${whole === true ? 'whole number' : 'number'} ${least} ${most}`;
}
