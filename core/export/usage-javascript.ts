import { countOf } from '../diagnostics/phrases.ts';
import type { CallingFacts } from './exportable-model.ts';
import type { TfjsKind } from './layers-model.ts';
import { usageFacts, type UsageFacts } from './usage-facts.ts';

/** Formats that programs in JavaScript read. */
export type JavascriptFormat = 'savedmodel' | 'onnx' | TfjsKind;

/** A module for Node (.mjs) that loads an export and prints what it says of a window. */
export function javascriptCode(format: JavascriptFormat, name: string, calling: CallingFacts): string {
  const facts = usageFacts(calling);
  const { load, run } = spellings[format](JSON.stringify(name), facts);
  return `${load}

${window(facts)}
${scaled(facts)}${centred(facts)}
${run}
${ending(facts, 'console.log')}
`;
}

/** A page that loads a TensorFlow.js export from beside it and shows what it says of a window. It has to come from a web server: a browser reads no model from the disk. */
export function browserCode(name: string, calling: CallingFacts, kind: TfjsKind): string {
  const facts = usageFacts(calling);
  const script = `const model = await tf.${loaders[kind]}(${JSON.stringify(`${name}/model.json`)});
const show = (value) => document.querySelector('pre').append(JSON.stringify(value, null, 2));

${window(facts)}
${scaled(facts)}${centred(facts)}
${calledInTfjs(facts, kind)}
${ending(facts, 'show')}`;
  return `<!doctype html>
<!-- Keep it beside the export as page.html: http-server shows it at http://localhost:8080/page.html. -->
<meta charset="utf-8" />
<title>What the model says</title>
<pre></pre>
<script src="node_modules/@tensorflow/tfjs/dist/tf.min.js"></script>
<script type="module">
${unbroken(script)}
</script>
`;
}

/** No name that stands in a script ends it, or begins a comment of the page. */
function unbroken(script: string): string {
  return script.replaceAll('</', '<\\/').replaceAll('<!', '<\\!');
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

const session = await InferenceSession.create(${name});`,
    run: `const { predictions } = await session.run({ inputs: new Tensor('float32', ${fedBy(facts)}.flat(), [1, ${facts.steps}, inputs[0].length]) });
${fromData(facts)}`,
  }),
  'layers model': (name, facts) => inTfjsOfNode(name, facts, 'layers model'),
  'graph model': (name, facts) => inTfjsOfNode(name, facts, 'graph model'),
};

function inTfjsOfNode(name: string, facts: UsageFacts, kind: TfjsKind): { readonly load: string; readonly run: string } {
  return {
    load: `import { pathToFileURL } from 'node:url';
import tf from '@tensorflow/tfjs-node';

const model = await tf.${loaders[kind]}(pathToFileURL(${name} + '/model.json').href);`,
    run: calledInTfjs(facts, kind),
  };
}

const loaders = { 'layers model': 'loadLayersModel', 'graph model': 'loadGraphModel' } as const;

function calledInTfjs(facts: UsageFacts, kind: TfjsKind): string {
  const windows = `tf.tensor3d([${fedBy(facts)}])`;
  return `const predictions = ${kind === 'layers model' ? `model.predict(${windows})` : `await model.executeAsync({ inputs: ${windows} })`};
${fromTensor(facts)}`;
}

/** What the model is fed with, by its name in the program. */
function fedBy(facts: UsageFacts): string {
  return isCentred(facts) ? 'centred' : 'inputs';
}

/** ONNX Runtime gives the numbers of a tensor one after the other. */
function fromData({ ending: end, steps, isSequence }: UsageFacts): string {
  if (end.kind !== 'window') return `const outputs = Array.from(predictions.data)${isSequence ? '.slice(-predictions.dims.at(-1))' : ''};`;
  return `const width = predictions.dims.at(-1);
const outputs = Array.from({ length: ${steps} }, (_, step) => Array.from(predictions.data.slice(step * width, (step + 1) * width)));`;
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

function ending({ ending: end, scaling }: UsageFacts, show: string): string {
  switch (end.kind) {
    case 'forecast': {
      const { columns: { length: width }, quantiles } = end;
      const at = (value: string): string => (scaling === null ? value : `${value} * factors[column] + offsets[column]`);
      const from = `(step * ${width} + place) * ${quantiles}`;
      const own = quantiles === 1 ? at(`outputs[step * ${width} + place]`) : `outputs.slice(${from}, ${from} + ${quantiles}).sort((one, other) => one - other).map((value) => ${at('value')})`;
      return `// The next ${countOf(end.horizon, 'time step')} of ${plain(end.columns)}, a row each${quantiles === 1 ? '' : `, each value as its ${quantiles} quantiles`}.
const forecast = Array.from({ length: ${end.horizon} }, (_, step) => ${list(end.places)}.map((column, place) => ${own}));
${show}(forecast);`;
    }
    case 'window': {
      const value = end.isCentered ? '(row[place] + levels[column])' : 'row[place]';
      return `// ${plain(end.columns)} at every time step of the window, a row each.
const told = outputs.map((row) => ${list(end.places)}.map((column, place) => ${scaling === null ? value : `${value} * factors[column] + offsets[column]`}));
${show}(told);`;
    }
    case 'classes':
      return end.isBinary
        ? `const second = 1 / (1 + Math.exp(-outputs[0]));
${show}({ ${end.classes.map((name, place) => `${JSON.stringify(name)}: ${place === 0 ? '1 - second' : 'second'}`).join(', ')} });`
        : `const powers = outputs.map((value) => Math.exp(value - Math.max(...outputs)));
const sum = powers.reduce((total, power) => total + power, 0);
${show}(Object.fromEntries(${textList(end.classes)}.map((name, place) => [name, powers[place] / sum])));`;
    case 'numbers':
      return `const scaling = ${JSON.stringify(end.scaling)};
${show}(Object.fromEntries(scaling.map(({ label, offset, factor }, place) => [label, outputs[place] * factor + offset])));`;
  }
}

const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
const textList = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;

/** Names in a comment: on one line. */
function plain(names: readonly string[]): string {
  return names.join(', ').replaceAll(/\s+/gu, ' ');
}
