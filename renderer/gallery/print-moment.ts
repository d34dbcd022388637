const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** When something was, as a person says it: "just now", "5 minutes ago", "3 days ago", then the date. Both in epoch milliseconds. */
export function printMoment(moment: number, now: number): string {
  const past = now - moment;
  if (past < minute) return 'just now';
  if (past < hour) return ago(Math.floor(past / minute), 'minute');
  if (past < day) return ago(Math.floor(past / hour), 'hour');
  if (past < 30 * day) return ago(Math.floor(past / day), 'day');
  return new Date(moment).toISOString().slice(0, 10);
}

function ago(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
