import fs from 'node:fs';
import path from 'node:path';
import { runTool } from '../setup/run-tool.mjs';
import { sizeOfFolder } from '../setup/cache.mjs';

/** Of Debian's architectures, those that a TensorFlow library is pinned for. */
const architectures = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' };
const installed = 'opt/unroll';

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Unroll
GenericName=Sequence models
Comment=Draw sequence models, train them natively, and judge them against the naive forecast
Exec=unroll %F
Icon=unroll
Terminal=false
Categories=Science;Education;DataVisualization;
MimeType=application/x-unroll-project;application/x-keras-model;
StartupWMClass=Unroll
`;

const mimeType = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-unroll-project">
    <comment>Unroll project</comment>
    <sub-class-of type="application/json"/>
    <glob pattern="*.unroll"/>
  </mime-type>
  <mime-type type="application/x-keras-model">
    <comment>Keras model</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.keras"/>
  </mime-type>
</mime-info>
`;

// Chromium's sandbox is a program that must belong to root and start as root, where the kernel gives users no namespaces of their own.
const afterInstalling = `#!/bin/sh
set -e
chown root:root /${installed}/chrome-sandbox
chmod 4755 /${installed}/chrome-sandbox
`;

/**
 * The package's folder as a Debian package: in /opt, with `unroll` on the path, the desktop's entry, icons and the file type.
 * @param {string} folder the unpacked app
 * @param {{ platform: string, version: string, icons: string }} facts icons: the folder of the drawn sizes
 * @returns {Promise<string>} the .deb
 */
export async function makeDebianPackage(folder, { platform, version, icons }) {
  const file = `${folder}.deb`;
  const tree = `${folder}-debian`;
  fs.rmSync(tree, { recursive: true, force: true });
  const put = (name, text, mode = 0o644) => {
    fs.mkdirSync(path.join(tree, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(tree, name), text, { mode });
  };
  try {
    fs.mkdirSync(path.join(tree, path.dirname(installed)), { recursive: true });
    fs.cpSync(folder, path.join(tree, installed), { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE });
    put('usr/share/applications/unroll.desktop', desktopEntry);
    put('usr/share/mime/packages/unroll.xml', mimeType);
    put('usr/share/doc/unroll/copyright', fs.readFileSync(path.join(folder, 'THIRD_PARTY_NOTICES.txt')));
    for (const name of fs.readdirSync(icons).filter((icon) => icon.endsWith('.png'))) {
      put(`usr/share/icons/hicolor/${path.basename(name, '.png')}/apps/unroll.png`, fs.readFileSync(path.join(icons, name)));
    }
    fs.mkdirSync(path.join(tree, 'usr/bin'), { recursive: true });
    fs.symlinkSync(`/${installed}/unroll`, path.join(tree, 'usr/bin/unroll'));
    put('DEBIAN/control', control({ architecture: architectures[platform], version, kibibytes: Math.ceil(sizeOfFolder(tree) / 1024) }));
    put('DEBIAN/postinst', afterInstalling, 0o755);
    await runTool('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', tree, file], { whatToDo: 'on Debian and Ubuntu: apt-get install dpkg' });
  } finally {
    fs.rmSync(tree, { recursive: true, force: true });
  }
  return file;
}

function control({ architecture, version, kibibytes }) {
  return `Package: unroll
Version: ${version}
Architecture: ${architecture}
Maintainer: Unroll contributors
Installed-Size: ${kibibytes}
Section: science
Priority: optional
Depends: libgtk-3-0 | libgtk-3-0t64, libnss3, libasound2 | libasound2t64, libgbm1, libxss1, libatk-bridge2.0-0 | libatk-bridge2.0-0t64, libsecret-1-0
Description: draw sequence models, train them natively, judge them
 Unroll draws sequence models (RNN, LSTM, GRU, causal convolutions) as a graph,
 trains them with TensorFlow's native code, and judges them against the naive
 forecast on exactly the same windows.
`;
}
