import { Command } from 'commander';
import { agreementOf } from '../test/support/graph-agreement.ts';
import { randomGraph } from '../test/support/random-graph.ts';

/** Random graphs by the thousand: each compiled, trained for a step and held to the float64 evaluator, in both spellings of scan. */
const command = new Command('npm run random-graphs --')
  .description('Compiles random valid graphs over the whole catalogue, trains each for a step, and compares the engine with the float64 evaluator.')
  .option('--count <number>', 'how many graphs', '1000')
  .option('--first <number>', 'number of the first graph', '0')
  .parse();
const { count, first } = command.opts<{ count: string; first: string }>();
const from = Number(first);
const to = from + Number(count);
if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to > from)) command.error('--count and --first take whole numbers');

const began = performance.now();
const totals = { faulty: 0, illConditioned: 0, recurrences: 0, nodes: 0 };
for (let number = from; number < to; number += 1) {
  const graph = randomGraph(number);
  const { faults, isIllConditioned, recurrences } = agreementOf(graph);
  totals.nodes += graph.document.nodes.length;
  totals.recurrences += recurrences;
  totals.illConditioned += Number(isIllConditioned);
  totals.faulty += Number(faults.length > 0);
  for (const fault of faults.slice(0, 3)) console.log(`graph ${number}: ${fault}`);
  if ((number - from + 1) % 100 === 0) console.log(`${number - from + 1} graphs, ${totals.faulty} with faults, ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
console.log([
  `${to - from} graphs of ${(totals.nodes / (to - from)).toFixed(1)} nodes, ${totals.recurrences} recurrences: ${totals.faulty} with faults.`,
  `${totals.illConditioned} were held to what rounding their numbers to float32 does to them, the others to 1e-4.`,
].join(' '));
process.exitCode = totals.faulty === 0 ? 0 : 1;
