import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { strToU8 } from 'fflate';
import { importLimits } from '../../../formats/keras/import-limits.ts';
import { denseLayer, functionalConfig, goodWeights, group, hdf5With, inputLayer, kerasFile, layer } from './small-keras-file.ts';
import { zipWith } from './zip-with.ts';

export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the refusal says. */
  readonly message: string;
}

const again = 'Keras writes no such archive; save the model again.';
const save = 'Save the model again with Keras 3.';
const noArchive = 'Save the model with Keras 3 (model.save("model.keras")) and import that.';
const code = 'code of its own that a file can only name. Unroll runs nothing that a file names: put layers of Keras in its place and save the model again.';

const entry = (name: string, problem: string): string => `x.keras is refused: its entry ${JSON.stringify(name)} ${problem}. ${again}`;
const tooMuch = (what: string, found: string, limit: string, unit: string): string => `x.keras is refused: ${what} ${found} ${unit}, and at most ${limit} are read.`;
const value = (path: string, expected: string, found: string): string => `x.keras, ${path}: expected ${expected}, found ${found}. ${save}`;
const weightsAt = (problem: string): string => `x.keras is refused: its weights at layers/dense/vars/0 ${problem}. ${save}`;
const inputs = (problem: string): string => `x.keras cannot become a project: ${problem}. Unroll's models read one window of a series: (batch, time, feature).`;

/** Files that another might send: each breaks one rule. */
export async function hostileFiles(): Promise<readonly HostileFile[]> {
  const weights = await goodWeights();
  return [...archives(weights), ...configurations(weights), ...foreignCode(weights), ...(await weightFiles())];
}

function archives(weights: Uint8Array): readonly HostileFile[] {
  const data = strToU8('{}');
  const withEntry = (more: Parameters<typeof zipWith>[0][number]) => kerasFile({ weights, entries: [more] });
  const listed = (name: string, bytes: Uint8Array, message: string): HostileFile => ({ name, bytes, message });
  const sound = kerasFile({ weights });
  return [
    listed('nothing at all', new Uint8Array(0), `x.keras is no .keras file: it is not a zip archive, or was cut off. ${noArchive}`),
    listed('a text', strToU8('import os; os.system("rm -rf /")'), `x.keras is no .keras file: it is not a zip archive, or was cut off. ${noArchive}`),
    listed('an archive that was cut off', sound.subarray(0, sound.length - 40), `x.keras is no .keras file: it is not a zip archive, or was cut off. ${noArchive}`),
    listed('an archive without a model', zipWith([{ name: 'readme.txt', data }]), `x.keras is no .keras file: a zip archive without metadata.json. ${noArchive}`),
    listed('a path that climbs', withEntry({ name: '../../.bashrc', data }), entry('../../.bashrc', 'leads out of the archive')),
    listed('an absolute path', withEntry({ name: '/etc/passwd', data }), entry('/etc/passwd', 'leads out of the archive')),
    listed('a path of Windows', withEntry({ name: 'C:/autoexec.bat', data }), entry('C:/autoexec.bat', 'leads out of the archive')),
    listed('a path with a backslash', withEntry({ name: 'assets\\..\\x', data }), entry('assets\\..\\x', 'leads out of the archive')),
    listed('a symbolic link', withEntry({ name: 'assets/link', data, attributes: 0xa1ff0000 }), entry('assets/link', 'is a symbolic link')),
    listed('an encrypted entry', withEntry({ name: 'config.json', data, flags: 1 }), entry('config.json', 'is encrypted')),
    listed('an unknown way of packing', withEntry({ name: 'config.json', data, method: 99 }), entry('config.json', 'is packed by method 99')),
    listed('an entry twice', zipWith([{ name: 'config.json', data }, { name: 'config.json', data }]), entry('config.json', 'stands in the archive twice')),
    listed('entries that share bytes', zipWith([{ name: 'a', data: new Uint8Array(100) }, { name: 'b', data: new Uint8Array(100), place: 20 }]), entry('b', 'overlaps another entry')),
    listed('an entry outside the file', withEntry({ name: 'config.json', data, place: 0x0fffffff }), entry('config.json', 'lies outside the file')),
    listed('an entry larger than 4 GB', withEntry({ name: 'config.json', data, bytes: 0xffffffff, storedBytes: 0xffffffff }), entry('config.json', 'claims more than 4 GB')),
    listed('another size than is stored', withEntry({ name: 'config.json', data, bytes: 5 }), entry('config.json', 'is stored and claims another size')),
    listed('a wrong checksum', withEntry({ name: 'config.json', data, checksum: 1 }), entry('config.json', 'is damaged: its checksum is wrong')),
    listed('more behind a small claim', withEntry({ name: 'config.json', data: new Uint8Array(5_000).fill(32), deflated: true, bytes: 1_000 }), entry('config.json', 'unpacks to another size than it claims')),
    listed('noise as a packed entry', withEntry({ name: 'config.json', data: strToU8('ÿÿÿÿ'), method: 8 }), entry('config.json', 'cannot be unpacked')),
    listed('a header elsewhere', withEntry({ name: 'config.json', data, localSignature: 7 }), entry('config.json', 'is not where the list says')),
    listed('a bomb', withEntry({ name: 'config.json', data: new Uint8Array(1 << 20), deflated: true }), tooMuch('the entry "config.json" claims to unpack to', '1,017', '200', 'times its size')),
    listed('a list outside the file', zipWith([{ name: 'a', data }], { listStart: 0x0fffffff }), `x.keras is no .keras file: its list of entries lies outside the file. ${noArchive}`),
    listed('more entries than there are', zipWith([{ name: 'a', data }], { count: 900 }), `x.keras is no .keras file: its list of entries is broken. ${noArchive}`),
    listed('one disk of several', zipWith([{ name: 'a', data }], { disk: 2 }), `x.keras is no .keras file: it is one part of several. ${noArchive}`),
    listed('more entries than are read', zipWith([{ name: 'a', data }], { count: 60_000 }), `x.keras is no .keras file: it lists 60000 entries, and at most 1000 are read. ${noArchive}`),
  ];
}

function configurations(weights: Uint8Array): readonly HostileFile[] {
  const config = (name: string, content: unknown, message: string): HostileFile => ({ name, bytes: kerasFile({ weights, config: content }), message });
  const dense = (settings: Record<string, unknown>, reads: readonly unknown[] = [['input', 0, 0]]) => layer('Dense', { units: 1, activation: 'linear', use_bias: false, name: 'dense', ...settings }, reads);
  const input = (shape: unknown) => layer('InputLayer', { batch_shape: shape, name: 'input' });
  return [
    { name: 'another Keras', bytes: kerasFile({ weights, metadata: { keras_version: '2.15.0' } }), message: value('metadata.json keras_version', 'a version of Keras 3', '"2.15.0"') },
    { name: 'metadata that is a list', bytes: kerasFile({ weights, metadata: [] }), message: value('metadata.json keras_version', 'a version of Keras 3', 'nothing') },
    config('no JSON', '{"class_name": ', value('config.json', 'JSON', '"{\\"class_name\\": "')),
    config('brackets without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, tooMuch('config.json nests', '100,000', '100', 'brackets')),
    config('a subclassed model', { class_name: 'Model', config: {} }, value('config.json class_name', 'a Sequential or Functional model', '"Model"')),
    config('layers that are none', functionalConfig([1, 2, 3]), value('config.layers[0].class_name', 'the name of a class', 'nothing')),
    config('a class without end', functionalConfig([inputLayer, layer('D'.repeat(5_000), { name: 'dense' }, [['input', 0, 0]])]), value('config.layers[1].class_name', 'the name of a class', `"${'D'.repeat(79)}…`)),
    config('a name without end', functionalConfig([inputLayer, { ...denseLayer, name: 'n'.repeat(5_000) }]), value('config.layers[1].config.name', 'a name of 1 to 200 characters', `"${'n'.repeat(79)}…`)),
    config('two layers of one name', functionalConfig([inputLayer, denseLayer, denseLayer]), value('config.json config.layers', 'layers with names of their own', '"dense"')),
    config('a layer that reads itself', functionalConfig([inputLayer, dense({}, [['dense', 0, 0]])]), value('config.json inbound_nodes', 'layers that read one another in some order', '"dense"')),
    config('an output that is not there', functionalConfig([inputLayer, dense({}, [['nobody', 0, 0]])]), value('config.json keras_history', 'an output of a layer of the model', '["nobody",0]')),
    config('a call that is not there', functionalConfig([inputLayer, dense({}, [['input', 900, 0]])]), value('config.json keras_history', 'an output of a layer of the model', '["input",900]')),
    config('an output of a layer that has none such', functionalConfig([inputLayer, dense({}, [['input', 0, 7]])]), value('config.json keras_history', 'an output that the layer has', '["input",0,7]')),
    config('two inputs', functionalConfig([inputLayer, layer('InputLayer', { batch_shape: [null, 2], name: 'other' }), denseLayer]), inputs('it reads 2 inputs')),
    config('a picture', functionalConfig([input([null, 9, 9, 3]), denseLayer]), inputs('its input has 3 axes besides the batch')),
    config('a size below zero', functionalConfig([input([null, -2, 1]), denseLayer]), value('config.layers input batch_shape', `sizes from 0 to ${importLimits.size}`, '-2')),
    config('a size beyond all', functionalConfig([input([null, 1e300, 1]), denseLayer]), value('config.layers input batch_shape', `sizes from 0 to ${importLimits.size}`, '1e+300')),
    config('a window beyond all', functionalConfig([input([null, 10_000_000, 1]), denseLayer]), tooMuch('its windows have', '10,000,000', '10,000', 'time steps')),
    config('features beyond all', functionalConfig([input([null, 5, 10_000_000]), denseLayer]), tooMuch('its input has', '10,000,000', '10,000', 'features')),
    config('a layer called without end', functionalConfig([inputLayer, { ...denseLayer, inbound_nodes: Array.from({ length: 5_000 }, () => (denseLayer['inbound_nodes'] as unknown[])[0]) }]), tooMuch('the layer dense is called', '5,000', '64', 'times')),
    config('layers without end', functionalConfig(Array.from({ length: 100_000 }, () => 0)), tooMuch('config.json lists', '100,000', '500', 'layers')),
    config('a prototype as a name', `{"class_name": "Functional", "config": {"__proto__": {"layers": []}}}`, value('config.json config.layers', 'a list of layers', 'nothing')),
  ];
}

function foreignCode(weights: Uint8Array): readonly HostileFile[] {
  const refused = (name: string, bad: Record<string, unknown>, what: string): HostileFile => ({
    name, bytes: kerasFile({ weights, config: functionalConfig([inputLayer, bad]) }), message: `x.keras is refused: the layer "dense" is ${what}, ${code}`,
  });
  const lambda = { class_name: '__lambda__', config: { code: '4wEAAAAAAAAA', defaults: null, closure: null } };
  return [
    refused('a Lambda', layer('Lambda', { name: 'dense', function: lambda }, [['input', 0, 0]]), 'a Lambda'),
    refused('a Lambda as an activation', layer('Dense', { name: 'dense', units: 1, activation: lambda }, [['input', 0, 0]]), 'a Lambda'),
    refused('a Lambda inside a wrapper', layer('TimeDistributed', { name: 'dense', layer: { class_name: 'Lambda', config: {} } }, [['input', 0, 0]]), 'a Lambda'),
    refused('a function of the file', layer('Dense', { name: 'dense', units: 1, activation: { module: 'builtins', class_name: 'function', config: 'system', registered_name: 'function' } }, [['input', 0, 0]]), 'the function "system"'),
    refused('a custom object', layer('Evil', { name: 'dense' }, [['input', 0, 0]], { module: 'evil', registered_name: 'evil>Evil' }), 'the custom object "evil>Evil"'),
    refused('a class of the system', layer('system', { name: 'dense' }, [['input', 0, 0]], { module: 'os' }), 'the class "os.system"'),
    refused('a class beside Keras', layer('Dense', { name: 'dense' }, [['input', 0, 0]], { module: 'keras_evil.layers' }), 'the class "keras_evil.layers.Dense"'),
    refused('a cell of another', layer('RNN', { name: 'dense', cell: { module: null, class_name: 'LayerNormSimpleRNNCell', registered_name: 'evil>LayerNormSimpleRNNCell', config: {} } }, [['input', 0, 0]]), 'the custom object "evil>LayerNormSimpleRNNCell"'),
  ];
}

async function weightFiles(): Promise<readonly HostileFile[]> {
  const made = JSON.parse(readFileSync(new URL('hostile-hdf5.json', import.meta.url), 'utf8')) as Record<string, string>;
  const file = (name: string, weights: Uint8Array, message: string): HostileFile => ({ name, bytes: kerasFile({ weights }), message });
  const fromPython = (name: string, which: string, message: string) => file(name, new Uint8Array(gunzipSync(Buffer.from(made[which]!, 'base64'))), message);
  const variables = (weights: Parameters<ReturnType<typeof group>['create_dataset']>[0]) => hdf5With((opened) => { group(opened, 'layers/dense/vars').create_dataset(weights); });
  const damaged = 'could not be read: model.weights.h5 is damaged, or refers to other files';
  return [
    file('no HDF5', strToU8('weights'), `x.keras is refused: its weights at the start ${damaged}. ${save}`),
    file('no weights', await hdf5With((opened) => { group(opened, 'layers'); }), weightsAt('are missing')),
    file('a link to another file', await hdf5With((opened) => { opened.create_external_link('/etc/passwd', '/', 'layers'); }), weightsAt('lie behind a link to another file')),
    file('a link deeper down', await hdf5With((opened) => { group(opened, 'layers/dense').create_external_link('/etc/passwd', '/', 'vars'); }), weightsAt('lie behind a link to another file')),
    file('a soft link', await hdf5With((opened) => { group(opened, 'real/dense/vars'); opened.create_soft_link('/real', 'layers'); }), weightsAt('lie behind a link')),
    file('a link that leads to itself', await hdf5With((opened) => { opened.create_soft_link('/layers', 'layers'); }), weightsAt('lie behind a link')),
    file('a group for a data set', await hdf5With((opened) => { group(opened, 'layers/dense/vars/0'); }), weightsAt('are no data set')),
    file('a data set for a group', await hdf5With((opened) => { opened.create_dataset({ name: 'layers', data: new Float32Array([1]), shape: [1] }); }), weightsAt('are missing')),
    file('another shape', await variables({ name: '0', data: new Float32Array(6), shape: [3, 2], dtype: '<f4' }), 'x.keras: the kernel of dense at layers/dense/vars/0 was expected as (2, 1), found (3, 2). The file\'s weights do not belong to its layers; save the model again.'),
    file('another type', await variables({ name: '0', data: new Float64Array(2), shape: [2, 1], dtype: '<d' }), weightsAt('are not of the type float32')),
    file('texts', await variables({ name: '0', data: ['a', 'b'], shape: [2, 1] }), weightsAt('are not of the type float32')),
    file('compressed weights', await variables({ name: '0', data: new Float32Array(2), shape: [2, 1], dtype: '<f4', chunks: [2, 1], compression: 'gzip' }), weightsAt('are compressed, and Keras stores them as they are')),
    fromPython('a virtual data set', 'virtual', weightsAt('are put together from other files (a virtual data set)')),
    fromPython('numbers in another file', 'external', weightsAt(damaged)),
    fromPython('numbers that take no room', 'unallocated', tooMuch('the weights at layers/dense/vars/0 claim', '10,000,000,000', '134,217,728', 'numbers')),
    fromPython('a chunk beyond all', 'wide_chunk', weightsAt('claim 1073741824 bytes, more than the file has')),
    fromPython('axes beyond all', 'many_axes', tooMuch('the weights at layers/dense/vars/0 have', '32', '3', 'axes')),
  ];
}
