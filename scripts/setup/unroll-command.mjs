import fs from 'node:fs';
import path from 'node:path';

const command = 'cli/unroll.mjs';
const link = 'node_modules/.bin/unroll';

/** Makes `npx unroll` mean this checkout: without the link, npx would ask a registry for a package of that name. @type {import('./step-list.mjs').Step} */
export const unrollCommand = {
  name: 'the unroll command',
  needs: [],
  isReady: (checkout) => fs.existsSync(path.join(checkout.root, link)) || !fs.existsSync(path.join(checkout.root, command)),
  async run(checkout) {
    const file = path.join(checkout.root, link);
    fs.rmSync(file, { force: true });
    fs.symlinkSync(path.join('../..', command), file);
    fs.chmodSync(path.join(checkout.root, command), 0o755);
    return 'npx unroll';
  },
};
