import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from './file-door.ts';

/** Says whether something may be written to a path: it must not exist, or be an empty file or an empty folder. */
export async function checkOutputPlace(door: FileDoor, place: string): Promise<Result<null>> {
  const content = await door.read(place, 0);
  if (content.ok) return succeed(null);
  const code = content.diagnostics[0]?.code;
  if (code === 'file-missing') return succeed(null);
  const occupied = fail(diagnose('output-not-empty', { kind: 'file', file: place }, { path: place }));
  if (code === 'file-too-large') return occupied;
  if (code !== 'file-is-folder') return content;
  const entries = await door.list(place);
  if (!entries.ok) return entries;
  return entries.value === null || entries.value.length === 0 ? succeed(null) : occupied;
}
