import path from 'node:path';
import { exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ScalerPlace } from '../../core/export/exportable-model.ts';
import type { Proof } from '../../engine/export/proof/proof.ts';
import { withEngine } from '../engine-session.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ExportArguments {
  readonly directory: string;
  readonly format: ExportFormatName;
  readonly out: string;
  readonly scaler?: ScalerPlace;
  readonly verify?: boolean;
  readonly allowUnverified?: boolean;
}

/** `unroll export`: the model with its kept weights, for other programs, with the proof that it says the same there. */
export function exportRun(surroundings: Surroundings, { directory, format, out, scaler = 'outside', verify = false, allowUnverified = false }: ExportArguments): Promise<Outcome> {
  return withEngine(surroundings, async ({ engine }) => {
    const exported = await engine.export({
      runDirectory: resolvePath(surroundings, directory),
      format,
      scaler,
      out: resolvePath(surroundings, out),
      mustBeProven: verify,
      keepUnverified: allowUnverified,
    });
    if (!exported.ok) return failedWith(exported);
    const { run, out: target, files, facts, isScaled, proof, warnings } = exported.value;
    const shown = files.map((file) => showPath(surroundings, file));
    const artefact = showPath(surroundings, target);
    const card = shown.find((file) => file.endsWith('.card.md')) ?? '';
    return done({ run, format, out: target, files, ...facts, proof }, [
      `${showPath(surroundings, target)}: ${exportFormats[format].title} (${exportFormats[format].summary}).`,
      `It takes ${sizes(facts.inputs)} and gives ${sizes(facts.outputs)}, ${isScaled ? `both scaled: ${path.basename(card)} has the scaling of each column` : "both in the data's own unit"}.`,
      ...proofLines(proof),
      `Beside it: ${shown.filter((file) => file !== artefact && !file.startsWith(artefact + path.sep)).join(', ')}.`,
    ], warnings);
  });
}

function sizes(shape: readonly (number | 'batch')[]): string {
  return `[${shape.join(', ')}]`;
}

function proofLines({ verdict, difference, allowed, findings, windows }: Proof): readonly string[] {
  const ran = findings.flatMap((finding) => (finding.kind === 'compared' && finding.agrees ? [finding.runtime] : []));
  const wellFormed = findings.flatMap((finding) => (finding.kind === 'well-formed' ? [`Well formed, says ${finding.runtime}.`] : []));
  // Python may be asked of the model and of its data, and be missing for one reason.
  const missing = new Set(findings.flatMap((finding) => (finding.kind === 'unavailable' ? [`Not checked in ${finding.runtime}: ${finding.reason}.`] : [])));
  switch (verdict) {
    case 'proven':
      return [`Verified in ${ran.join(' and ')}: differs from the model by ${difference?.toExponential(1)} at most (allowed ${allowed.toExponential(0)}), on ${windows}.`, ...wellFormed, ...missing];
    case 'differs':
      return [`UNVERIFIED: it does not say what the model says (difference ${difference?.toExponential(1) ?? 'unknown'}, allowed ${allowed.toExponential(0)}). Kept because of --allow-unverified.`, ...wellFormed, ...missing];
    case 'unproven':
      return ['Not verified.', ...wellFormed, ...missing];
  }
}
