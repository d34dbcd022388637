import { spawn } from 'node:child_process';
import { cp, readFile, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf, checkout, emptyFolder } from './unroll-command.ts';

/** A checkout of the test's own, so that its runs do not end up among the person's. */
async function copyCheckout(): Promise<string> {
  const folder = await emptyFolder();
  for (const name of ['assets', 'cli', 'core', 'engine', 'formats', 'package.json', 'tsconfig.json']) {
    await cp(path.join(checkout, name), path.join(folder, name), { recursive: true });
  }
  await symlink(path.join(checkout, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

describe('unroll start', () => {
  it('trains, judges, plots and draws, and says what to try next', async () => {
    const folder = await copyCheckout();
    const { code, output, errors } = await answerOf(spawn(process.execPath, ['cli/unroll.mjs', 'start', '--epochs', '1'], { cwd: folder }));
    expect([code, errors]).toEqual([0, '']);
    const [run] = await readdir(path.join(folder, 'runs'));
    expect(output).toMatch(/^1 epoch, 219 steps, /m);
    expect(output).toMatch(/^On the validation part the model beats naive by /m);
    expect(output).toMatch(/^naive +0\.2570 /m);
    expect(output).toContain("o the model's forecast");
    expect(output).toContain(`Run:      runs/${run}\n`);
    expect(output).toContain(`npx unroll evaluate runs/${run} --part test`);
    const drawing = await readFile(path.join(folder, 'runs', run!, 'forecast.svg'), 'utf8');
    expect(drawing).toContain('<title id="title">Sequence to sequence: 10 steps ahead</title>');
  });
});
