import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import { templateList } from '../../../core/document/template-list.ts';

const folder = new URL('../../../assets/templates/', import.meta.url);

function documentOf(content: string) {
  const result = parseDocument(content);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  return result.value.document;
}

describe('the list of templates', () => {
  it('names every file of the folder', () => {
    expect(readdirSync(folder).sort()).toEqual(templateList.map(({ id }) => `${id}.unroll`).sort());
  });
});

describe.each(templateList)('the template $id', ({ id }) => {
  const content = readFileSync(new URL(`${id}.unroll`, folder), 'utf8');

  it('is written as Unroll itself writes it', () => {
    expect(serializeDocument(documentOf(content))).toBe(content);
  });

  it('breaks no rule', () => {
    expect(checkDocument(documentOf(content)).diagnostics).toEqual([]);
  });

  it('references data that are shipped, unchanged', () => {
    const { data, nodes } = documentOf(content);
    for (const { node, file, sha256 } of data) {
      expect(createHash('sha256').update(readFileSync(new URL(file, folder))).digest('hex')).toBe(sha256);
      expect(nodes.find((candidate) => candidate.id === node)?.parameters['file']).toBe(file);
    }
  });

  it('places every node', () => {
    const { layout, nodes } = documentOf(content);
    expect(Object.keys(layout)).toEqual(nodes.map((node) => node.id));
  });
});
