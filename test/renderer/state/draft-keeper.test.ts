import { expect, it } from 'vitest';
import { emptyDocument } from '../../../core/graph/empty-document.ts';
import type { ProjectHandle } from '../../../electron/ipc/project-messages.ts';
import { createDraftKeeper } from '../../../renderer/state/draft-keeper.ts';

const project = 'project-1' as ProjectHandle;
const edit = (name: string) => ({ ...emptyDocument, name });

it('writes at once, one at a time, and of a burst the first and the last', async () => {
  const written: string[] = [];
  let release = () => {};
  const keeper = createDraftKeeper(async (_, { name }) => {
    written.push(name);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  for (const name of ['a', 'b', 'c', 'd']) keeper.keep(project, edit(name));
  expect(written).toEqual(['a']);
  release();
  await Promise.resolve().then(() => Promise.resolve());
  expect(written).toEqual(['a', 'd']);
  release();
  await Promise.resolve().then(() => Promise.resolve());
  keeper.keep(project, edit('e'));
  expect(written).toEqual(['a', 'd', 'e']);
});
