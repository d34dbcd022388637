import { describe, expect, test } from 'vitest';
import { createHeartbeatMonitor } from '../../electron/engine-host/heartbeat.ts';
import type { HeartbeatFinding } from '../../electron/engine-host/heartbeat.ts';

const times = { silence: 800, hung: 10_000, busy: 20_000 };

/** Checks every 100 ms up to `end`; gives when each finding was first made. */
function findings(end: number, beatAt: (now: number) => string | null, checkedAt: (now: number) => boolean = () => true): ReadonlyMap<HeartbeatFinding, number> {
  const monitor = createHeartbeatMonitor(times, 0);
  const first = new Map<HeartbeatFinding, number>();
  for (let now = 100; now <= end; now += 100) {
    const beat = beatAt(now);
    if (beat !== null) monitor.beat(beat, now);
    if (!checkedAt(now)) continue;
    const finding = monitor.check(now);
    if (!first.has(finding)) first.set(finding, now);
  }
  return first;
}

describe('an engine', () => {
  test('that beats is alive', () => expect([...findings(60_000, () => '+').keys()]).toEqual(['alive']));

  test('that is frozen is silent within a second, and hung after ten', () => {
    const found = findings(20_000, (now) => (now <= 2_000 ? '+' : null));
    expect(found.get('silent')).toBe(2_800);
    expect(found.get('hung')).toBe(12_000);
  });

  test('that computes for long without turning is said to be silent, and never hung', () => {
    const found = findings(60_000, () => '-');
    expect(found.get('silent')).toBe(20_000);
    expect(found.has('hung')).toBe(false);
  });

  test('is not blamed for a machine that slept', () => {
    const found = findings(40_000, (now) => (now < 5_000 || now > 30_000 ? '+' : null), (now) => now < 5_000 || now > 30_000);
    expect([...found.keys()]).toEqual(['alive']);
  });
});
