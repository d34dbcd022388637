/** An error or a loss to four digits, without an exponent where a reader would not want one: "0.007312", "1,234". */
export function printError(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(3);
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 10, minimumFractionDigits: decimals(size) });
}

/** Decimals that leave four digits. */
function decimals(size: number): number {
  if (size === 0 || size >= 1000) return 0;
  return Math.max(0, 3 - Math.floor(Math.log10(size)));
}

/** Seconds as "8 s", "1:05", "1:02:03". */
export function printDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const digits = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${digits(minutes)}:${digits(whole % 60)}` : `${minutes}:${digits(whole % 60)}`;
}
