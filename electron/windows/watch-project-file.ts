import type { FileDoor } from '../../engine/files/file-door.ts';
import type { OpenProject } from '../projects/open-project.ts';
import { hashProjectFile } from '../projects/project-file.ts';
import { watchFile } from '../projects/watch-file.ts';
import type { AppWindow } from './app-window.ts';

/** Tells the window when another program changes or removes its project's file, once for each content. */
export function watchProjectFile(door: FileDoor, window: AppWindow, project: OpenProject): () => void {
  const { file } = project;
  if (file === null) return () => undefined;
  let told: string | null | undefined;
  return watchFile(file, () => {
    void hashProjectFile(door, file).then((hash) => {
      if (!hash.ok || window.project !== project || project.file !== file) return;
      if (hash.value === project.savedHash) {
        told = undefined;
        return;
      }
      if (hash.value === told) return;
      told = hash.value;
      window.tell('fileChanged', { project: project.handle, change: hash.value === null ? 'removed' : 'changed' });
    });
  });
}
