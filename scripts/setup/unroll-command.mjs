import fs from 'node:fs';
import path from 'node:path';

const command = 'cli/unroll.mjs';
const file = 'node_modules/.bin/unroll';
const program = `#!/usr/bin/env node\nimport('../../${command}');\n`;

/** Makes `npx unroll` mean this checkout: without the file, npx would ask a registry for a package of that name. @type {import('./step-list.mjs').Step} */
export const unrollCommand = {
  name: 'the unroll command',
  needs: [],
  isReady: ({ root }) => fs.existsSync(path.join(root, file)) && fs.readFileSync(path.join(root, file), 'utf8') === program,
  async run({ root }) {
    fs.rmSync(path.join(root, file), { force: true });
    fs.writeFileSync(path.join(root, file), program, { mode: 0o755 });
    return 'npx unroll';
  },
};
