import { noNumber } from './print-number.ts';

/** A span in at most two units: '< 1 s', '48 s', '3 min 05 s', '2 h 07 min'. */
export function printDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return noNumber;
  if (seconds < 0.95) return '<\u00a01\u00a0s';
  if (seconds < 9.95) return `${seconds.toFixed(1)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}\u00a0s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min ${two(whole % 60)}\u00a0s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60).toLocaleString('en-US')}\u00a0h ${two(minutes % 60)}\u00a0min`;
}

/** A training step: '0.42 ms', '12.3 ms', '1.2 s'. */
export function printStepTime(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return noNumber;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)}\u00a0s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)}\u00a0ms`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A moment (epoch milliseconds) in the person's own time zone: 'today 09:48', 'yesterday 21:03', '3 Nov 09:48', '3 Nov 2025'. */
export function printMoment(moment: number, now: number): string {
  const date = new Date(moment);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const daysAgo = dayNumber(new Date(now)) - dayNumber(date);
  if (daysAgo === 0) return `today ${clock}`;
  if (daysAgo === 1) return `yesterday ${clock}`;
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  return date.getFullYear() === new Date(now).getFullYear() ? `${day} ${clock}` : `${day} ${date.getFullYear()}`;
}

/** Calendar days since 1970, by the local calendar. */
function dayNumber(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
