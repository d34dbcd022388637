import { biasInitializers, kernelInitializers } from '../../core/program/initializer-names.ts';
import { isObject, member } from './json-value.ts';

/** Keras's initialisers, with the settings in which they are ours: others start differently. */
const initializers: Readonly<Record<string, { readonly name: string; readonly settings: Readonly<Record<string, number>> }>> = {
  GlorotUniform: { name: 'glorot_uniform', settings: {} },
  GlorotNormal: { name: 'glorot_normal', settings: {} },
  HeUniform: { name: 'he_uniform', settings: {} },
  HeNormal: { name: 'he_normal', settings: {} },
  LecunUniform: { name: 'lecun_uniform', settings: {} },
  LecunNormal: { name: 'lecun_normal', settings: {} },
  Orthogonal: { name: 'orthogonal', settings: { gain: 1 } },
  OrthogonalInitializer: { name: 'orthogonal', settings: { gain: 1 } },
  RandomUniform: { name: 'random_uniform', settings: { minval: -0.05, maxval: 0.05 } },
  RandomNormal: { name: 'random_normal', settings: { mean: 0, stddev: 0.05 } },
  TruncatedNormal: { name: 'truncated_normal', settings: { mean: 0, stddev: 0.05 } },
  Zeros: { name: 'zeros', settings: {} },
  Ones: { name: 'ones', settings: {} },
};

/** Our name of an initialiser; undefined where we have none that is the same. */
export function initializerName(value: unknown, parameter: string): string | undefined {
  const names: readonly string[] = parameter === 'biasInitializer' ? biasInitializers : kernelInitializers;
  const name = typeof value === 'string' ? value : knownInitializer(value);
  return name !== undefined && names.includes(name) ? name : undefined;
}

function knownInitializer(value: unknown): string | undefined {
  const className = member(value, 'class_name');
  const found = typeof className === 'string' && Object.hasOwn(initializers, className) ? initializers[className] : undefined;
  const config = member(value, 'config');
  const isSame = Object.entries(found?.settings ?? {}).every(([key, wanted]) => [undefined, wanted].includes(member(config, key) as number | undefined));
  return isSame ? found?.name : undefined;
}

/** The strength of a regulariser's L1 or L2 part; undefined where it is of another kind. */
export function regularizerPart(value: unknown, part: 'l1' | 'l2'): number | undefined {
  if (value === null || value === undefined) return 0;
  const className = member(value, 'class_name');
  if (className !== 'L1L2' && className !== 'L1' && className !== 'L2') return undefined;
  const strength = member(member(value, 'config'), part) ?? 0;
  return typeof strength === 'number' ? strength : undefined;
}

/** How a layer computes: float32, or under a policy's name something else. */
export function computesIn(dtype: unknown): string {
  if (dtype === undefined || dtype === null) return 'float32';
  if (typeof dtype === 'string') return dtype;
  const name = isObject(dtype) ? member(dtype['config'], 'name') : undefined;
  return typeof name === 'string' ? name : 'another type';
}
