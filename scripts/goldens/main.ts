import { Command } from 'commander';
import { freshCases, freshFaults, goldensOf } from '../../test/golden/fresh-goldens.ts';
import { pythonEnvironment } from '../setup/python-environment.mjs';
import { rivalsAreThere, rivalsPython } from '../setup/rivals.mjs';
import { runGoldensProgram } from '../../test/golden/python.ts';

const command = new Command('npm run goldens --')
  .description('Golden numbers made by Keras. Without an option: writes those that the tests hold Unroll to once more.')
  .option('--fresh <number>', 'makes so many random new ones, of any layer with any options, and checks Unroll against them')
  .option('--seed <number>', 'of the random ones')
  .option('--torch', "PyTorch's opinion on the recurrent layers' golden numbers")
  .option('--python <file>', 'a Python with keras and tensorflow, and torch where it is asked')
  .parse();
const { fresh, seed, torch, python: named } = command.opts<{ fresh?: string; seed?: string; torch?: boolean; python?: string }>();
// Only the benchmark's environment has PyTorch.
const found = torch === true && rivalsAreThere() ? rivalsPython() : torch === true ? null : pythonEnvironment().interpreter;
const python = named ?? found ?? command.error(`no Python with ${torch === true ? 'PyTorch' : 'Keras'}: \`npm run ${torch === true ? 'setup:rivals' : 'setup'}\` makes one, or name yours with --python`);

if (fresh !== undefined) {
  const count = Number(fresh);
  const chosen = seed === undefined ? Date.now() % 2 ** 31 : Number(seed);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(chosen)) command.error('--fresh and --seed take whole numbers');
  console.log(`${count} fresh cases, --seed ${chosen}`);
  const faults = freshFaults(await goldensOf(python, freshCases(count, chosen)));
  for (const fault of faults) console.log(fault);
  console.log(`${count} cases computed by Keras, forwards and backwards: ${faults.length} differences`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else if (torch === true) {
  process.stdout.write(await runGoldensProgram(python, './torch-opinion.py', []));
} else {
  process.stdout.write(await runGoldensProgram(python, './layer-goldens.py', []));
  process.stdout.write(await runGoldensProgram(python, './keras-goldens.py', []));
}
