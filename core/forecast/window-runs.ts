import type { Samples } from './windows.ts';

/** Windows of one series that follow each other, the first first: positions among the samples. */
export type WindowRun = readonly number[];

/** Rows that are read together. Row i goes on where row i of the batch before ended, unless `continues` is 0 there. */
export interface OrderedBatch {
  readonly picks: Uint32Array;
  readonly continues: Uint8Array;
}

export interface ReadingOrder {
  /** A later batch never has more rows than the one before. */
  readonly batches: readonly OrderedBatch[];
  readonly runs: number;
  /** Pieces that the runs were cut into so that a batch has all its rows; as many as there are runs where nothing was cut. */
  readonly stretches: number;
}

/** Runs of windows in each of which a window begins where the one before ended. The samples stand series by series, oldest first. */
export function runsOf({ count, series, origin }: Samples, window: number): readonly WindowRun[] {
  const runs: number[][] = [];
  for (let pick = 0; pick < count; pick += 1) {
    const follows = pick > 0 && series[pick] === series[pick - 1] && origin[pick]! - origin[pick - 1]! === window;
    if (follows) runs.at(-1)!.push(pick);
    else runs.push([pick]);
  }
  return runs;
}

/**
 * An order in which states can be carried from batch to batch: `batchSize` rows side by side, each of which reads runs of windows
 * to their ends, one after the other. Where there are fewer runs than rows they are cut into stretches of equal length, as A. Géron
 * does with one long series (Hands-On Machine Learning, 2nd edition, 2019, chapter 16): states start anew at each.
 */
export function readingOrder(samples: Samples, window: number, batchSize: number): ReadingOrder {
  const runs = runsOf(samples, window);
  const stretches = runs.length >= batchSize ? runs : cutRuns(runs, Math.ceil(samples.count / batchSize));
  const rows = Array.from({ length: Math.min(batchSize, stretches.length) }, () => ({ picks: [] as number[], continues: [] as number[] }));
  // The longest first, each to the row that is done first: rows end at about the same time.
  for (const stretch of stretches.toSorted((first, second) => second.length - first.length)) {
    const row = rows.reduce((shortest, own) => (own.picks.length < shortest.picks.length ? own : shortest));
    stretch.forEach((pick, position) => {
      row.picks.push(pick);
      row.continues.push(position === 0 ? 0 : 1);
    });
  }
  const ordered = rows.toSorted((first, second) => second.picks.length - first.picks.length);
  const batches = Array.from({ length: ordered[0]?.picks.length ?? 0 }, (_, step): OrderedBatch => {
    const reading = ordered.filter(({ picks }) => picks.length > step);
    return { picks: Uint32Array.from(reading, ({ picks }) => picks[step]!), continues: Uint8Array.from(reading, ({ continues }) => continues[step]!) };
  });
  return { batches, runs: runs.length, stretches: stretches.length };
}

function cutRuns(runs: readonly WindowRun[], longest: number): readonly WindowRun[] {
  return runs.flatMap((run) => {
    const pieces = Math.ceil(run.length / longest);
    return Array.from({ length: pieces }, (_, piece) => run.slice(Math.round((piece * run.length) / pieces), Math.round(((piece + 1) * run.length) / pieces)));
  });
}

/** Rows that are read together to know the states of some samples: the windows that precede them, and they. */
export interface WarmedBatch extends OrderedBatch {
  /** Windows, `picks` being positions among them. */
  readonly samples: Samples;
  /** The position of each row among the samples that are asked for; −1: it only precedes them. */
  readonly positions: Int32Array;
}

/**
 * The batches to read so that every sample starts with the states that the windows before it leave, back to the beginning of its
 * series or to the last window that cannot be read (`isReadable`). Any origins will do: windows precede each other a window apart.
 */
export function* warmedBatches(samples: Samples, window: number, rows: number, isReadable: (series: number, origin: number) => boolean): Generator<WarmedBatch> {
  const lines = [...linesOf(samples, window)].flatMap((line) => warmed(samples, line, window, isReadable));
  for (let start = 0; start < lines.length; start += rows) {
    const together = lines.slice(start, start + rows).toSorted((first, second) => second.length - first.length);
    for (let step = 0; step < together[0]!.length; step += 1) {
      const read = together.filter(({ length }) => length > step).map((line) => line[step]!);
      yield {
        samples: { part: samples.part, count: read.length, series: Int32Array.from(read, ({ series }) => series), origin: Int32Array.from(read, ({ origin }) => origin) },
        picks: Uint32Array.from(read, (_, row) => row),
        continues: Uint8Array.from(read, () => (step === 0 ? 0 : 1)),
        positions: Int32Array.from(read, ({ position }) => position),
      };
    }
  }
}

/** Samples of one series that are whole windows apart; the same sample twice is on two lines. */
function linesOf({ count, series, origin }: Samples, window: number): Iterable<readonly number[]> {
  const lines = new Map<string, number[]>();
  const seen = new Map<string, number>();
  for (let pick = 0; pick < count; pick += 1) {
    const place = `${series[pick]}/${origin[pick]}`;
    const before = seen.get(place) ?? 0;
    seen.set(place, before + 1);
    const key = `${series[pick]}/${origin[pick]! % window}/${before}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [pick]);
    else line.push(pick);
  }
  return lines.values();
}

interface ReadWindow {
  readonly series: number;
  readonly origin: number;
  readonly position: number;
}

function warmed({ series, origin }: Samples, line: readonly number[], window: number, isReadable: (series: number, origin: number) => boolean): readonly (readonly ReadWindow[])[] {
  const own = series[line[0]!]!;
  const wanted = new Map(line.map((pick) => [origin[pick]!, pick]));
  const first = origin[line[0]!]!;
  const last = origin[line.at(-1)!]!;
  const stretches: ReadWindow[][] = [[]];
  for (let at = window - 1 + ((first + 1) % window); at <= last; at += window) {
    const position = wanted.get(at) ?? -1;
    if (position >= 0 || isReadable(own, at)) stretches.at(-1)!.push({ series: own, origin: at, position });
    else stretches.push([]);
  }
  return stretches.map(upToLastWanted).filter(({ length }) => length > 0);
}

function upToLastWanted(stretch: readonly ReadWindow[]): readonly ReadWindow[] {
  return stretch.slice(0, stretch.findLastIndex(({ position }) => position >= 0) + 1);
}
