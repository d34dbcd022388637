import { printNumber } from './print-number.ts';

const day = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Ticks closer than that are written in powers of ten. */
const mostDecimals = 5;

/** Labels of evenly spaced ticks: as many decimals as their spacing needs, the same for all. null: no label. */
export function numberTicks(ticks: readonly (number | null)[], spacing: number): (string | null)[] {
  const decimals = decimalsOf(spacing);
  return ticks.map((tick) => {
    if (tick === null) return null;
    const size = Math.abs(tick);
    if (size >= 1e7 || decimals > mostDecimals) return printNumber(tick, 3);
    const text = size.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    return tick < 0 && Number(text) !== 0 ? `−${text}` : text;
  });
}

/** So many that the number is whole without its decimal point; more than `mostDecimals` where that is not enough. */
function decimalsOf(spacing: number): number {
  for (let decimals = 0; decimals <= mostDecimals; decimals += 1) {
    const shifted = spacing * 10 ** decimals;
    if (shifted > 0.5 && Math.abs(shifted - Math.round(shifted)) < 1e-6) return decimals;
  }
  return mostDecimals + 1;
}

/** Labels of ticks on a logarithmic scale: '0.001', '10', '10⁻⁷'. */
export function logarithmicTicks(ticks: readonly (number | null)[]): (string | null)[] {
  return ticks.map((tick) => {
    if (tick === null) return null;
    return tick >= 1e-4 && tick < 1e7 ? String(Number(tick.toPrecision(3))) : printNumber(tick, 2).replace(/^1\.?0*\u00a0×\u00a0/, '');
  });
}

/** More powers of ten than these are thinned out. */
const mostPowers = 7;

/**
 * The ticks of a logarithmic scale from low to high, both above 0: every whole multiple of a power of ten, powers of ten alone
 * from three of them on, and of many powers every second, third, …
 */
export function logarithmicSplits(low: number, high: number): number[] {
  const ticks: number[] = [];
  const powers = Math.log10(high / low);
  const stride = Math.max(1, Math.ceil(powers / mostPowers));
  const digits = powers < 3 ? 9 : 1;
  for (let power = stride * Math.floor(Math.log10(low) / stride); power <= Math.ceil(Math.log10(high)); power += stride) {
    for (let digit = 1; digit <= digits; digit += 1) {
      const tick = Number(`${digit}e${power}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/**
 * Of the ticks of a logarithmic scale those that are labelled: 1, 2 and 5 where the
 * scale spans little, else powers of ten alone. null: not labelled.
 */
export function labelledTicks(ticks: readonly number[]): (number | null)[] {
  const [first = 1] = ticks;
  const isShort = (ticks.at(-1) ?? 1) / first < 100;
  return ticks.map((tick) => {
    const digit = Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9));
    return digit === 1 || (isShort && (digit === 2 || digit === 5)) ? tick : null;
  });
}

/** Labels of ticks at epoch milliseconds (UTC), no finer than their spacing in milliseconds: '1963', 'Mar 1963', '4 Mar', '14:30'. */
export function dateTicks(ticks: readonly (number | null)[], spacing: number): (string | null)[] {
  return ticks.map((tick, position) => {
    if (tick === null) return null;
    const date = new Date(tick);
    const previous = position === 0 ? null : (ticks[position - 1] ?? null);
    const year = date.getUTCFullYear();
    const isNewYear = previous === null || new Date(previous).getUTCFullYear() !== year;
    if (spacing >= 365 * day) return String(year);
    if (spacing >= 28 * day) return `${months[date.getUTCMonth()]} ${year}`;
    const dayOfYear = `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
    if (spacing >= day) return isNewYear ? `${dayOfYear} ${year}` : dayOfYear;
    const isNewDay = previous === null || Math.floor(previous / day) !== Math.floor(tick / day);
    return isNewDay ? `${dayOfYear} ${clockOf(date)}` : clockOf(date);
  });
}

/** A moment (epoch milliseconds, UTC) in full: '4 Mar 1963', with the time where it is not midnight. */
export function printDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  const text = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return milliseconds % day === 0 ? text : `${text} ${clockOf(date)}`;
}

function clockOf(date: Date): string {
  return date.toISOString().slice(11, 16);
}
