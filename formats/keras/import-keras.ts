import { surveyGraph, type DataFactsByNode } from '../../core/check/graph-survey.ts';
import { layersOf } from '../../core/check/layer-weights.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { ImportedModel } from '../../core/import/imported-model.ts';
import { ArchiveFault, listArchive, readEntry, type ArchiveEntry } from '../archive/zip-archive.ts';
import type { NodeWeights } from './build-graph.ts';
import { foreignProject } from './foreign-project.ts';
import { refuseForeignCode } from './foreign-code.ts';
import { importLimits } from './import-limits.ts';
import type { ImportLimits } from './import-limits.ts';
import { ImportPlace, ImportRefusal } from './import-refusal.ts';
import { member, nestingOf, textOf } from './json-value.ts';
import { readKerasGraph } from './keras-graph.ts';
import { readOwnProject } from './own-project.ts';
import { readWeights, type WantedWeight } from './read-weights.ts';

/**
 * A .keras file (Keras 3) as a project with its weights. The file is not trusted: its archive, its configuration and its
 * weights are judged against `importLimits` before memory is taken, its layers against a closed table, and nothing that it
 * names is ever resolved to code. `file`: what messages call it.
 * Format: Keras 3, keras/src/saving/saving_lib.py.
 */
export async function importKeras(file: string, bytes: Uint8Array, limits: ImportLimits = importLimits): Promise<Result<ImportedModel>> {
  const place = new ImportPlace(file, limits);
  try {
    return succeed(await read(place, bytes));
  } catch (error) {
    if (error instanceof ImportRefusal) return fail(error.diagnostic);
    if (error instanceof ArchiveFault) return fail(archiveDiagnostic(place, error));
    throw error;
  }
}

async function read(place: ImportPlace, bytes: Uint8Array): Promise<ImportedModel> {
  if (bytes.length > place.limits.archiveBytes) throw place.tooMuch('the file has', bytes.length, place.limits.archiveBytes, 'bytes');
  const { config, metadata, weights } = openArchive(place, bytes);
  const layers = member(member(config, 'config'), 'layers');
  const version = (textOf(member(metadata, 'keras_version')) ?? '').slice(0, 20);
  if (!version.startsWith('3.')) throw place.value('metadata.json keras_version', 'a version of Keras 3', member(metadata, 'keras_version'));
  const own = readOwnProject(metadata, config);
  if (own !== null && own !== 'differs') {
    const { document, record, features, window } = own;
    return { document, ...(await readNodeWeights(place, document, own, weights)), origin: { program: 'Keras', version }, record, features, window, notes: [] };
  }
  refuseForeignCode(place, Array.isArray(layers) ? layers : []);
  const graph = readKerasGraph(place, config);
  const foreign = foreignProject(place, graph, member(config, 'compile_config'), `Keras ${version}`);
  const document = readBack(place, foreign.document);
  const read = await readNodeWeights(place, document, foreign, weights);
  const notes = own === 'differs' ? [diagnose('import-project-differs', { kind: 'project' }, {}), ...foreign.notes] : foreign.notes;
  return { document, ...read, origin: { program: 'Keras', version }, record: null, features: foreign.features, window: foreign.window, notes };
}

interface Opened {
  readonly config: unknown;
  readonly metadata: unknown;
  readonly weights: Uint8Array;
}

function openArchive(place: ImportPlace, bytes: Uint8Array): Opened {
  const entries = new Map(listArchive(bytes, place.limits.archiveEntries).map((entry) => [entry.name, entry]));
  const whole = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  if (whole > place.limits.archiveBytes) throw place.tooMuch('its entries claim', whole, place.limits.archiveBytes, 'bytes');
  for (const entry of entries.values()) {
    const ratio = Math.ceil(entry.bytes / Math.max(1, entry.storedBytes));
    if (ratio > place.limits.compressionRatio) throw place.tooMuch(`the entry ${JSON.stringify(entry.name)} claims to unpack to`, ratio, place.limits.compressionRatio, 'times its size');
  }
  const take = (name: string, limit: number): Uint8Array => readEntry(bytes, wantedEntry(place, entries, name, limit));
  const metadata = readJson(place, 'metadata.json', take('metadata.json', place.limits.metadataBytes));
  const config = readJson(place, 'config.json', take('config.json', place.limits.configBytes));
  return { config, metadata, weights: take('model.weights.h5', place.limits.weightsBytes) };
}

function wantedEntry(place: ImportPlace, entries: ReadonlyMap<string, ArchiveEntry>, name: string, limit: number): ArchiveEntry {
  const entry = entries.get(name);
  if (entry === undefined) throw new ImportRefusal(diagnose('import-not-archive', place.where, { file: place.file, found: `a zip archive without ${name}` }));
  if (entry.bytes > limit) throw place.tooMuch(`${name} claims`, entry.bytes, limit, 'bytes');
  return entry;
}

function readJson(place: ImportPlace, name: string, bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw place.value(name, 'a text', 'bytes that are not UTF-8');
  }
  const nesting = nestingOf(bytes);
  if (nesting > place.limits.nesting) throw place.tooMuch(`${name} nests`, nesting, place.limits.nesting, 'brackets');
  try {
    return JSON.parse(text);
  } catch {
    throw place.value(name, 'JSON', text.slice(0, 40));
  }
}

/** What is handed on is a project that can be saved and opened again: its own rules judge it as they judge every file. */
function readBack(place: ImportPlace, document: GraphDocument): GraphDocument {
  const parsed = parseDocument(serializeDocument(document));
  if (!parsed.ok) throw new ImportRefusal(parsed.diagnostics[0] ?? place.inputs('it makes no project').diagnostic);
  return parsed.value.document;
}

/** The weights of every node, in the shapes that the graph gives them. */
async function readNodeWeights(place: ImportPlace, document: GraphDocument, { weights: nodes, data }: { readonly weights: readonly NodeWeights[]; readonly data: DataFactsByNode }, file: Uint8Array) {
  const shapes = new Map<string, readonly number[]>();
  const moving = new Set<string>();
  for (const { context, type, weights } of layersOf(surveyGraph(document, data))) {
    for (const { name, shape } of weights ?? []) shapes.set(`${context.node}/${name}`, shape);
    if (weights === undefined) continue;
    for (const { name, shape } of type.movingStatistics?.(context) ?? []) {
      shapes.set(`${context.node}/${name}`, shape);
      moving.add(`${context.node}/${name}`);
    }
  }
  const wanted = nodes.flatMap(({ node, label, paths }) =>
    paths.map(({ weight, path }): WantedWeight => ({ path, key: `${node}/${weight}`, words: `${weight} of ${label}`, shape: shapes.get(`${node}/${weight}`) })),
  );
  return { weights: await readWeights(place, file, wanted), moving };
}

function archiveDiagnostic({ file, where }: ImportPlace, { entry, message }: ArchiveFault) {
  return entry === null
    ? diagnose('import-not-archive', where, { file, found: message })
    : diagnose('import-archive-entry', where, { file, entry, problem: message });
}
