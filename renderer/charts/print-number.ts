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

/** The unit of a squared error: 'm²', '(m/s)²'; '' where the unit is not known. */
export function squaredUnit(unit: string | null): string {
  if (unit === null || unit === '') return '';
  return /^[\p{L}°%]+$/u.test(unit) ? `${unit}²` : `(${unit})²`;
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

function inPowersOfTen(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 2).split('e');
  const raised = String(Number(exponent)).replaceAll(/[-0-9]/g, (sign) => superscripts[sign] ?? sign);
  return withMinus(`${mantissa}\u00a0×\u00a010${raised}`);
}

/** The minus sign of typography: as wide as a figure. */
function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}
