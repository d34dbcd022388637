// Runs modules, each in a folder of its own: jobs as JSON on standard input, what each printed as a line of JSON.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const write = process.stdout.write.bind(process.stdout);
for (const { folder, file } of JSON.parse(readFileSync(0, 'utf8'))) {
  process.chdir(folder);
  let printed = '';
  process.stdout.write = (text) => {
    printed += text;
    return true;
  };
  await import(pathToFileURL(file).href);
  write(`${JSON.stringify(printed)}\n`);
}
process.stdout.write = write;
process.exit(0);
