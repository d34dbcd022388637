import type { CallingFacts } from './exportable-model.ts';
import { usageFacts, type UsageFacts } from './usage-facts.ts';

/** A module for Node (.mjs) that loads a SavedModel and prints what it says of a window. */
export function javascriptCode(name: string, calling: CallingFacts): string {
  const facts = usageFacts(calling);
  return `import tf from '@tensorflow/tfjs-node';

const model = await tf.node.loadSavedModel(${JSON.stringify(name)});

${window(facts)}
${scaled(facts)}${centred(facts)}
const { predictions } = model.predict({ inputs: tf.tensor3d([${isCentred(facts) ? 'centred' : 'inputs'}]) });
const [${facts.isSequence ? 'steps' : 'outputs'}] = await predictions.array();
${facts.isSequence ? 'const outputs = steps.at(-1);\n' : ''}${ending(facts)}
`;
}

function window({ steps, columns, typical }: UsageFacts): string {
  return `// The last ${steps} time steps, oldest first: ${plain(columns)}. Put your own numbers here.
const window = Array.from({ length: ${steps} }, () => ${list(typical)});`;
}

function scaled({ scaling }: UsageFacts): string {
  if (scaling === null) return 'const inputs = window;';
  return `const offsets = ${list(scaling.map(({ offset }) => offset))};
const factors = ${list(scaling.map(({ factor }) => factor))};
const inputs = window.map((row) => row.map((value, column) => (value - offsets[column]) / factors[column]));`;
}

function isCentred({ ending: end }: UsageFacts): boolean {
  return end.kind === 'window' && end.isCentered;
}

/** What is missing is 0 and told by its mask; of the rest the mean of the window is taken away. */
function centred(facts: UsageFacts): string {
  const width = facts.dataColumns;
  if (!isCentred(facts)) return '';
  return `
// Where a mask is 0, the value is missing.
const levels = Array.from({ length: ${width} }, (_, column) => {
  const known = inputs.filter((row) => row[${width} + column] === 1);
  return known.reduce((sum, row) => sum + row[column], 0) / Math.max(known.length, 1);
});
const centred = inputs.map((row) => row.map((value, column) => (column < ${width} ? (value - levels[column]) * row[${width} + column] : value)));`;
}

function ending({ ending: end, scaling }: UsageFacts): string {
  switch (end.kind) {
    case 'forecast': {
      const width = end.columns.length;
      const own = scaling === null ? `outputs[step * ${width} + place]` : `outputs[step * ${width} + place] * factors[column] + offsets[column]`;
      return `// The next ${end.horizon} time steps of ${plain(end.columns)}, a row each.
const forecast = Array.from({ length: ${end.horizon} }, (_, step) => ${list(end.places)}.map((column, place) => ${own}));
console.log(forecast);`;
    }
    case 'window': {
      const value = end.isCentered ? '(row[place] + levels[column])' : 'row[place]';
      return `// ${plain(end.columns)} at every time step of the window, a row each.
const told = outputs.map((row) => ${list(end.places)}.map((column, place) => ${scaling === null ? value : `${value} * factors[column] + offsets[column]`}));
console.log(told);`;
    }
    case 'classes':
      return end.isBinary
        ? `const second = 1 / (1 + Math.exp(-outputs[0]));
console.log({ ${end.classes.map((name, place) => `${JSON.stringify(name)}: ${place === 0 ? '1 - second' : 'second'}`).join(', ')} });`
        : `const powers = outputs.map((value) => Math.exp(value - Math.max(...outputs)));
const sum = powers.reduce((total, power) => total + power, 0);
console.log(Object.fromEntries(${textList(end.classes)}.map((name, place) => [name, powers[place] / sum])));`;
    case 'numbers':
      return `const scaling = ${JSON.stringify(end.scaling)};
console.log(Object.fromEntries(scaling.map(({ label, offset, factor }, place) => [label, outputs[place] * factor + offset])));`;
  }
}

const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
const textList = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;

/** Names in a comment: on one line. */
function plain(names: readonly string[]): string {
  return names.join(', ').replaceAll(/\s+/gu, ' ');
}
