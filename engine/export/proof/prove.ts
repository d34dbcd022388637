import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { Checker, CheckTask } from './checker.ts';
import { checkers } from './checkers.ts';
import { largestDifference, largestDifferenceAllowed } from './difference.ts';
import type { Proof, ProofFinding } from './proof.ts';

/** Has every runtime at hand read the artefact, and compares what it makes of the windows with what the model makes of them. */
export async function prove(format: ExportFormatName, task: CheckTask, readers: readonly Checker[] = checkers[format]): Promise<Proof> {
  const findings: ProofFinding[] = [];
  for (const checker of readers) findings.push(await findingOf(checker, task));
  const differences = findings.flatMap((finding) => (finding.kind === 'compared' ? [finding.difference] : []));
  const failed = findings.some((finding) => finding.kind === 'failed' || (finding.kind === 'compared' && !finding.agrees));
  return {
    verdict: failed ? 'differs' : differences.length > 0 ? 'proven' : 'unproven',
    difference: differences.length === 0 ? null : Math.max(...differences),
    allowed: largestDifferenceAllowed,
    findings,
    windows: format === 'weights' ? 'every weight' : task.windows.origin,
  };
}

async function findingOf({ expected, check }: Checker, task: CheckTask): Promise<ProofFinding> {
  const outcome = await check(task);
  if (outcome.kind !== 'read') return outcome;
  const wanted = expected(task);
  const { runtime, values } = outcome;
  if (values.length !== wanted.length) {
    return { kind: 'failed', runtime, reason: `it gives ${values.length} numbers where ${wanted.length} were expected` };
  }
  const difference = largestDifference(values, wanted);
  return { kind: 'compared', runtime, difference, agrees: difference <= largestDifferenceAllowed };
}
