import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { readDocumentData } from '../../engine/training/read-series.ts';
import { parseCsv } from '../../formats/csv/parse-csv.ts';
import { valueOf } from './forecast-data.ts';

/** Where the templates lie, and from where their data are found. */
const templateFolder = fileURLToPath(new URL('../../assets/templates/', import.meta.url));

function readTemplate(id: string): GraphDocument {
  return valueOf(parseDocument(readFileSync(`${templateFolder}${id}.unroll`, 'utf8'))).document;
}

/** A template with what reading its data shows. */
export async function templateWithData(id: string): Promise<{ readonly document: GraphDocument; readonly data: DataFactsByNode }> {
  const document = readTemplate(id);
  const { facts } = valueOf(await readDocumentData(document, templateFolder, { files: openFileDoor(), readCsv: (bytes, file, choice) => parseCsv(bytes, { file, ...choice }) }));
  return { document, data: facts };
}
