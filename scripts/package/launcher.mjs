import fs from 'node:fs';
import path from 'node:path';

/** The app's own executable in a Linux package (builder.yml, `executableName`): people and desktops start the launcher. */
export const linuxExecutable = 'unroll-app';

/*
 * Commands need no window, so no display: Chromium gets a display of its own that nobody sees. Nor do they open a page, so
 * there is nothing for its sandbox to hold, which root could not have anyway.
 */
const launcher = `#!/bin/sh
# unroll [PROJECT.unroll]   opens the window; a model (.keras) is taken in
# unroll COMMAND …          runs a command in the terminal; unroll --help lists them
here=$(dirname -- "$(readlink -f -- "$0")")
case "\${1-}" in
  --help | --version) ;;
  '' | *.unroll | *.keras | --*) exec "$here/${linuxExecutable}" "$@" ;;
esac
exec "$here/${linuxExecutable}" --ozone-platform=headless --disable-gpu --no-sandbox --log-level=3 --unroll-command -- "$@"
`;

/** Puts `unroll` into a Linux package: the window and the commands under one name. @param {string} folder */
export function placeLauncher(folder) {
  fs.writeFileSync(path.join(folder, 'unroll'), launcher, { mode: 0o755 });
}
