import path from 'node:path';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../files/file-door.ts';
import type { EpochPoint } from '../host/training-messages.ts';
import { runFiles } from './run-directory.ts';

const largestHistory = 256 << 20;

/** One line of history.jsonl. */
export function historyLine(point: EpochPoint): string {
  return `${JSON.stringify(point)}\n`;
}

/** The epochs that a run has finished, oldest first. A last line that was cut off is passed over. */
export async function readHistory(files: FileDoor, directory: string): Promise<Result<readonly EpochPoint[]>> {
  const bytes = await files.read(path.join(directory, runFiles.history), largestHistory);
  if (!bytes.ok) return bytes.diagnostics[0]?.code === 'file-missing' ? succeed([]) : bytes;
  const points: EpochPoint[] = [];
  for (const line of new TextDecoder().decode(bytes.value).split('\n')) {
    const point = parseLine(line);
    if (point !== null) points.push(point);
  }
  return succeed(points);
}

function parseLine(line: string): EpochPoint | null {
  try {
    const value: unknown = JSON.parse(line);
    return isEpochPoint(value) ? { ...value, learningRate: value.learningRate ?? null } : null;
  } catch {
    return null;
  }
}

function isEpochPoint(value: unknown): value is EpochPoint {
  if (typeof value !== 'object' || value === null) return false;
  const { epoch, step, trainingLoss, validationLoss, best, learningRate, seconds } = value as Partial<Record<keyof EpochPoint, unknown>>;
  const numbers = [epoch, step, trainingLoss, seconds].every((member) => typeof member === 'number');
  const isRate = learningRate === undefined || learningRate === null || typeof learningRate === 'number';
  return numbers && isRate && typeof best === 'boolean' && (validationLoss === null || typeof validationLoss === 'number');
}
