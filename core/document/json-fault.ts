/** Where a text stops being JSON, counted from 1, and what would have been right there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  /** The offending token, or null where the text simply ends. */
  readonly found: string | null;
}

type State = 'value' | 'first-item' | 'first-name' | 'name' | 'colon' | 'separator' | 'end';

const expectations: Readonly<Record<State, string>> = {
  value: 'a value',
  'first-item': 'a value or "]"',
  'first-name': 'a member name in double quotes or "}"',
  name: 'a member name in double quotes',
  colon: '":" after the member name',
  separator: '"," or the closing bracket',
  end: 'the end of the file',
};

const whitespace = /[ \t\n\r]*/y;
const stringToken = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const scalarToken = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.+-])/y;
const strayToken = /"[^"\n]*"?|[^\s,:[\]{}"]+|[^]/y;

function match(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * Finds the first place where a text is not JSON (RFC 8259), or null where it is.
 * The platform's own parser says where only in words that change between versions, and not at all when a file was cut off.
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let offset = 0;

  const closed = (): State => (open.length === 0 ? 'end' : 'separator');

  for (;;) {
    offset += match(whitespace, text, offset);
    if (offset >= text.length) return state === 'end' ? null : faultAt(text, offset, expectations[state]);
    const character = text[offset]!;
    const mayBeValue: boolean = state === 'value' || state === 'first-item';
    const mayBeName: boolean = state === 'name' || state === 'first-name';

    if (mayBeValue && (character === '{' || character === '[')) {
      open.push(character);
      state = character === '{' ? 'first-name' : 'first-item';
      offset += 1;
    } else if ((character === '}' && closes('{', state, open)) || (character === ']' && closes('[', state, open))) {
      open.pop();
      state = closed();
      offset += 1;
    } else if (state === 'separator' && character === ',') {
      state = open.at(-1) === '{' ? 'name' : 'value';
      offset += 1;
    } else if (state === 'colon' && character === ':') {
      state = 'value';
      offset += 1;
    } else {
      const length = (mayBeValue || mayBeName ? match(stringToken, text, offset) : 0) || (mayBeValue ? match(scalarToken, text, offset) : 0);
      if (length === 0) return faultAt(text, offset, expectations[state]);
      offset += length;
      state = mayBeName ? 'colon' : closed();
    }
  }
}

function closes(bracket: '{' | '[', state: State, open: readonly string[]): boolean {
  return open.at(-1) === bracket && (state === 'separator' || state === (bracket === '{' ? 'first-name' : 'first-item'));
}

function faultAt(text: string, offset: number, expected: string): JsonFault {
  const length = match(strayToken, text, offset);
  const token = text.slice(offset, offset + length);
  // A token that runs into the end of the file was cut off, not misspelt.
  const cutOff = offset + length >= text.length && (length === 0 || /^(?:"[^"]*|[-0-9a-z].*)$/.test(token));
  const place = cutOff ? text.length : offset;
  const before = text.slice(0, place).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, expected, found: cutOff ? null : token.slice(0, 40) };
}
