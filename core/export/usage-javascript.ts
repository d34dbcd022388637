import type { CallingFacts } from './exportable-model.ts';
import { usageFacts, type UsageFacts } from './usage-facts.ts';

/** Formats that programs in JavaScript read. */
export type JavascriptFormat = 'savedmodel' | 'onnx' | 'tfjs';

/** A module for Node (.mjs) that loads an export and prints what it says of a window. */
export function javascriptCode(format: JavascriptFormat, name: string, calling: CallingFacts): string {
  const facts = usageFacts(calling);
  const { load, run } = spellings[format](JSON.stringify(name), facts);
  return `${load}

${window(facts)}
${scaled(facts)}${centred(facts)}
${run}
${ending(facts)}
`;
}

/** How each runtime loads an export, and what makes `outputs` of `inputs`. */
const spellings: Readonly<Record<JavascriptFormat, (name: string, facts: UsageFacts) => { readonly load: string; readonly run: string }>> = {
  savedmodel: (name, facts) => ({
    load: `import tf from '@tensorflow/tfjs-node';

const model = await tf.node.loadSavedModel(${name});`,
    run: `const { predictions } = model.predict({ inputs: tf.tensor3d([${fedBy(facts)}]) });
${fromTensor(facts)}`,
  }),
  onnx: (name, facts) => ({
    load: `import { InferenceSession, Tensor } from 'onnxruntime-node';

// Exported with its scaler outside: with the scaler inside, numbers go in and come out as they are.
const session = await InferenceSession.create(${name});`,
    run: `const { predictions } = await session.run({ inputs: new Tensor('float32', ${fedBy(facts)}.flat(), [1, ${facts.steps}, inputs[0].length]) });
const outputs = Array.from(predictions.data)${facts.isSequence ? '.slice(-predictions.dims.at(-1))' : ''};`,
  }),
  tfjs: (name, facts) => ({
    load: `import { pathToFileURL } from 'node:url';
import tf from '@tensorflow/tfjs-node';

// In a browser: import @tensorflow/tfjs, and load the address of model.json.
const model = await tf.loadGraphModel(pathToFileURL(${name} + '/model.json').href);`,
    run: `const predictions = await model.executeAsync({ inputs: tf.tensor3d([${fedBy(facts)}]) });
${fromTensor(facts)}`,
  }),
};

/** What the model is fed with, by its name in the program. */
function fedBy(facts: UsageFacts): string {
  return isCentred(facts) ? 'centred' : 'inputs';
}

function fromTensor({ isSequence }: UsageFacts): string {
  return isSequence ? 'const [steps] = await predictions.array();\nconst outputs = steps.at(-1);' : 'const [outputs] = await predictions.array();';
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
