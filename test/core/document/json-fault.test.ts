import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../../core/document/json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{"a": 1,}', { line: 1, column: 9, expected: 'a member name in double quotes', found: '}' }],
    ['{"a" 1}', { line: 1, column: 6, expected: '":" after the member name', found: '1' }],
    ['[1 2]', { line: 1, column: 4, expected: '"," or the closing bracket', found: '2' }],
    ['{\n"a": tru, "b": 1}', { line: 2, column: 6, expected: 'a value', found: 'tru' }],
    ['[01]', { line: 1, column: 2, expected: 'a value or "]"', found: '01' }],
    ['[1]]', { line: 1, column: 4, expected: 'the end of the file', found: ']' }],
    ['["a\nb"]', { line: 1, column: 2, expected: 'a value or "]"', found: '"a' }],
    ['{"a": "b', { line: 1, column: 9, expected: 'a value', found: null }],
    ['[1, tr', { line: 1, column: 7, expected: 'a value', found: null }],
    ['{', { line: 1, column: 2, expected: 'a member name in double quotes or "}"', found: null }],
  ])('%j', (text, fault) => {
    expect(findJsonFault(text)).toEqual(fault);
  });

  it('exists exactly where the platform parser refuses, for any JSON with some characters changed', () => {
    const noise = fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', '.', 'e', 'null', ' ', '\n');
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), fc.nat({ max: 3 }), noise, (json, offset, removed, inserted) => {
        const place = offset % (json.length + 1);
        const text = json.slice(0, place) + inserted + json.slice(place + removed);
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in deep nesting and long texts without running out of stack', () => {
    expect(findJsonFault('['.repeat(1_000_000))?.found).toBe(null);
    expect(findJsonFault(`["${'a\\n'.repeat(1_000_000)}", }`)?.found).toBe('}');
  });
});
