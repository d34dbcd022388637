import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSmallProject } from './small-project.ts';
import { answerOf, checkout, emptyFolder } from './unroll-command.ts';

// Python's pty module gives the command a terminal; Python is there, set-up needs it.
const inTerminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

describe.skipIf(process.platform === 'win32')('on a terminal', () => {
  it('training shows a line of progress and clears it in the end', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    const given = [process.execPath, path.join(checkout, 'cli/unroll.mjs'), 'train', file, '--epochs', '400'];
    const child = spawn('python3', ['-c', inTerminal, ...given], { cwd: folder, env: { ...process.env, TERM: 'xterm', COLUMNS: '120' } });
    const { code, output } = await answerOf(child);
    expect(code).toBe(0);
    const lines = output.split('\r\u001B[2K');
    expect(lines.some((line) => line.startsWith('epoch ') && /^epoch \d+\/400 [━╌]{24} +\d+ %  loss [\d.]+/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^400 epochs, 1,200 steps/);
  });
});
