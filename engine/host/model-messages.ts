import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { CallingFacts, ScalerPlace } from '../../core/export/exportable-model.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { Proof } from '../export/proof/proof.ts';

/** The kept weights, layer by layer. */
export interface WeightsRequest {
  readonly kind: 'weights';
  readonly runDirectory: string;
}

/** A weight in row-major order, under the names that Keras gives: kernel, recurrent_kernel, bias, gamma, beta. */
export interface NamedWeight {
  readonly node: string;
  readonly weight: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WeightsReport {
  /** The document that was trained. */
  readonly document: GraphDocument;
  readonly weights: readonly NamedWeight[];
}

/** Writes a run's model in a format of other programs, proves it, and lays its card beside it. */
export interface ExportRequest {
  readonly kind: 'export';
  readonly runDirectory: string;
  readonly format: ExportFormatName;
  /** inside: the artefact takes and gives numbers in the data's own unit. */
  readonly scaler: ScalerPlace;
  /** Absolute; must not exist or be empty. A missing extension is added. */
  readonly out: string;
  /** Refuse what no runtime at hand could prove. */
  readonly mustBeProven: boolean;
  /** Keep it also where a runtime says something else than the model. */
  readonly keepUnverified: boolean;
}

export interface ExportReport {
  readonly run: string;
  readonly format: ExportFormatName;
  /** Absolute: the artefact, and everything that was written. */
  readonly out: string;
  readonly files: readonly string[];
  readonly facts: CallingFacts;
  readonly isScaled: boolean;
  readonly proof: Proof;
  readonly warnings: readonly Diagnostic[];
}
