import path from 'node:path';
import { runTool } from '../setup/run-tool.mjs';

/**
 * The package's folder as one .tar.gz. @param {string} folder @returns {Promise<string>} the archive
 */
export async function makeArchive(folder) {
  const archive = `${folder}.tar.gz`;
  await runTool('tar', ['--create', '--gzip', '--owner=0', '--group=0', '--file', archive, '--directory', path.dirname(folder), path.basename(folder)], {
    whatToDo: 'see that there is room for the archive beside the folder',
  });
  return archive;
}
