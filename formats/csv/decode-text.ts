import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';

/**
 * The text of a UTF-8 file, without a byte order mark, every line end as '\n'.
 * Errors: an empty file; bytes that are not UTF-8, with their position.
 */
export function decodeText(bytes: Uint8Array, file: string): Result<string> {
  const where = { kind: 'file', file } as const;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const byte = firstInvalidByte(bytes);
    const line = bytes.subarray(0, byte).reduce((lines, value) => lines + (value === 0x0a ? 1 : 0), 1);
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return fail(diagnose('csv-not-utf-8', { ...where, line }, { source: file, byte: byte + 1, line, utf16 }));
  }
  if (text.trim() === '') return fail(diagnose('csv-empty', where, { source: file, bytes: bytes.length }));
  return succeed(text.replace(/\r\n?/g, '\n'));
}

/** Where the first sequence begins that is not UTF-8. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid < invalid) {
    const middle = Math.ceil((valid + invalid) / 2);
    if (decodes(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle - 1;
  }
  // The prefix may end with up to three bytes of the broken character.
  const broken = [0, 1, 2, 3].find((count) => decodes(bytes.subarray(0, Math.max(0, valid - count)), false));
  return Math.max(0, valid - (broken ?? 0));
}

function decodes(bytes: Uint8Array, mayEndInsideCharacter: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayEndInsideCharacter });
    return true;
  } catch {
    return false;
  }
}
