/** Stands where there is no number. */
export const noNumber = '–';

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
};

/**
 * A number as screens show it, with so many significant digits: '0.02021', '1,234', '1.20 × 10⁻⁷'. Zeros at the end stay, so
 * that figures below each other can be compared. Whole numbers keep all their digits below a million.
 */
export function printNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return noNumber;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return inPowersOfTen(value, digits);
  const whole = Number.isInteger(value) || size >= 10 ** (digits - 1);
  return withMinus(whole ? Math.round(value).toLocaleString('en-US') : value.toPrecision(digits));
}

/** '12.80 °C'; without a unit the number alone. */
export function printWithUnit(value: number | null | undefined, unit: string | null, digits?: number): string {
  const number = printNumber(value, digits);
  return unit === null || unit === '' || number === noNumber ? number : `${number}\u00a0${unit}`;
}

/** 0.924 → '92 %'; tenths where whole per cents would say 0 or 100 and it is neither. */
export function printPercent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return noNumber;
  if (!Number.isFinite(share)) return share > 0 ? '∞' : '−∞';
  const percent = 100 * share;
  const whole = Math.round(percent);
  const misleading = percent !== whole && (whole === 0 || whole === 100);
  return `${withMinus(misleading ? percent.toFixed(1) : whole.toLocaleString('en-US'))}\u00a0%`;
}

/** Shares that belong together as per cents without their sign: tenths where whole ones could not be told apart, or would say 0 or 100. */
export function printPercents(shares: readonly number[]): readonly string[] {
  const percents = shares.map((share) => 100 * share);
  const isClose = percents.length > 1 && Math.max(...percents) - Math.min(...percents) < 2;
  const isAtEdge = percents.some((percent) => Math.abs(percent) < 1 || (percent > 99 && percent < 100));
  return percents.map((percent) => {
    if (!Number.isFinite(percent)) return printNumber(percent);
    const text = percent.toFixed(isClose || isAtEdge ? 1 : 0);
    return Number(text) === 0 ? text.replace('-', '') : withMinus(text);
  });
}

function inPowersOfTen(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 2).split('e');
  const raised = String(Number(exponent)).replaceAll(/[-0-9]/g, (sign) => superscripts[sign] ?? sign);
  return withMinus(`${mantissa}\u00a0×\u00a010${raised}`);
}

/** The minus sign of typography: as wide as a figure. */
function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}
