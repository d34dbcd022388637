import fs from 'node:fs';
import path from 'node:path';
import { buildApp } from '../build.mjs';
import { linuxExecutable, placeLauncher } from './launcher.mjs';
import { placeNativeLibraries } from './native-libraries.mjs';
import { thirdPartyNotices } from './notices.mjs';

/**
 * The app as a folder that runs where it lies, from the allow-list of builder.yml.
 * @param {{ root: string, output: string, checkout: import('../setup/step-list.mjs').Checkout, electron: import('../setup/electron-runtime.mjs').ElectronRuntime }} facts
 * @returns {Promise<string>} the folder; its name says what it was made of
 */
export async function packFolder({ root, output, checkout, electron }) {
  await buildApp();
  const { build, Platform } = await import('electron-builder');
  const work = path.join(output, 'work');
  fs.rmSync(work, { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      extends: path.join(root, 'builder.yml'),
      electronDist: electron.folder,
      electronVersion: electron.version,
      directories: { output: work },
      afterPack: (context) => finishPacking(root, checkout, context.appOutDir),
    },
  });
  const [made] = fs.readdirSync(work).filter((name) => name.endsWith('-unpacked') || name.startsWith('mac'));
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  // A package from the registry's test runtime is never taken for a release.
  const folder = path.join(output, `unroll-${version}-${checkout.platform}${electron.isOfficial ? '' : '-test-runtime'}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(path.join(work, made), folder);
  fs.rmSync(work, { recursive: true });
  return folder;
}

async function finishPacking(root, checkout, folder) {
  // The set-up's own stamp, which lies beside Electron in the cache.
  fs.rmSync(path.join(folder, 'verified.json'), { force: true });
  fs.rmSync(path.join(folder, 'resources/default_app.asar'), { force: true });
  await placeNativeLibraries(checkout, path.join(folder, 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node/deps/lib'));
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE.txt'));
  fs.writeFileSync(path.join(folder, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(root, path.join(folder, 'resources/app.asar')));
  if (fs.existsSync(path.join(folder, linuxExecutable))) placeLauncher(folder);
}
