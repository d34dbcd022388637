import { createHash } from 'node:crypto';
import path from 'node:path';
import { describeModel } from '../../core/compile/describe-model.ts';
import { exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ArtefactFile, ExportableModel } from '../../core/export/exportable-model.ts';
import { layersModelObstacle, tfjsKind } from '../../core/export/layers-model.ts';
import type { TfjsKind } from '../../core/export/layers-model.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import type { ArtefactPlace } from './artefact-place.ts';
import { placeOfFile } from './artefact-place.ts';
import { termsOfData } from './data-terms.ts';
import { markdownCard } from './markdown-card.ts';
import type { Proof } from './proof/proof.ts';

/** What lies beside an artefact: what the model is, what it was trained on, how good it is, and what was proven of the artefact. */
export interface ExportCard {
  readonly model: string;
  /** `kind`: of a TensorFlow.js model, which of its two kinds it is, and why it could not be the other. */
  readonly format: { readonly name: ExportFormatName; readonly title: string; readonly kind?: { readonly name: TfjsKind; readonly reason: string | null } };
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
  readonly proof: Proof;
  readonly calling: ExportableModel['facts'];
  readonly layers: readonly { readonly label: string; readonly type: string; readonly outputs: string; readonly parameters: number }[];
  readonly parameters: number;
  readonly data: readonly { readonly source: string; readonly sha256: string | null; readonly terms: string }[];
  readonly training: { readonly seed: number; readonly epochs: number; readonly bestEpoch: number; readonly finished: string | null };
  /** By part of the data: the model's errors beside the baselines', in the data's unit. */
  readonly evaluation: StoredRun['record']['evaluation'];
  readonly versions: Readonly<Record<string, string>>;
  readonly provenance: Readonly<Record<string, string>>;
}

export interface CardFacts {
  readonly format: ExportFormatName;
  readonly place: ArtefactPlace;
  readonly files: readonly ArtefactFile[];
  readonly exportable: ExportableModel;
  readonly run: StoredRun;
  readonly proof: Proof;
}

export function exportCard({ format, place, files, exportable, run: { record }, proof }: CardFacts): ExportCard {
  const { layers, parameters } = describeModel(exportable.model);
  const trainedOn = record.data.map(({ file, sha256 }) => ({ source: path.basename(file), sha256, terms: termsOfData(sha256) }));
  const generated = { source: 'series made by the generator of the project', sha256: null, terms: 'made by a program: nobody’s rights are in them' };
  return {
    model: exportable.name,
    format: { name: format, title: exportFormats[format].title, ...(format === 'tfjs' && { kind: { name: tfjsKind(exportable.model), reason: layersModelObstacle(exportable.model) } }) },
    files: files.map((file) => ({
      file: path.relative('/', placeOfFile(place, file, '/')).split(path.sep).join('/'),
      bytes: file.bytes.byteLength,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    })),
    proof,
    calling: exportable.facts,
    layers: layers.map(({ label, title, outputs, parameters: own }) => ({ label, type: title, outputs: Object.values(outputs).join(', '), parameters: own })),
    parameters,
    data: trainedOn.length > 0 ? trainedOn : [generated],
    training: { seed: record.seed, epochs: record.epochs, bestEpoch: record.bestEpoch, finished: record.finished },
    evaluation: record.evaluation,
    versions: { ...record.versions, [record.engine.name]: record.engine.version },
    provenance: exportable.provenance,
  };
}

/** The card as two files beside the artefact, with its whole name before theirs: a model may leave in several formats to one place. */
export function cardFiles(card: ExportCard): readonly ArtefactFile[] {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const { artefact } = exportFormats[card.format.name];
  const extension = artefact.kind === 'file' ? artefact.extension : '';
  return [
    { place: `${extension}.card.json`, bytes: encode(`${JSON.stringify(card, null, 2)}\n`) },
    { place: `${extension}.card.md`, bytes: encode(markdownCard(card)) },
  ];
}
