import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { describeSchemaIssue } from '../../core/document/schema-issue.ts';
import { trainingSchema } from '../../core/document/training-schema.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import {
  clippingKinds,
  defaultClipping,
  defaultOptimizers,
  defaultSchedules,
  defaultWeightAveraging,
} from '../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../core/graph/training-settings.ts';

/** What stands for the training settings where a node is named: `--set training.learningRate=0.01`. */
export const trainingNode = 'training';

type Value = string | number | boolean | null;
type Group = Readonly<Record<string, Value>>;

/** The settings that are made of several: what a kind stands for, and what they are before one of their members is set. */
const groups: Readonly<Record<string, { readonly ofKind: (kind: string) => Group | undefined; readonly start: Group }>> = {
  optimizer: { ofKind: (kind) => own(defaultOptimizers, kind), start: defaultOptimizers.adam },
  schedule: { ofKind: (kind) => own(defaultSchedules, kind), start: defaultSchedules.constant },
  clipping: { ofKind: (kind) => ((clippingKinds as readonly string[]).includes(kind) ? { ...defaultClipping, kind } : undefined), start: { ...defaultClipping } },
  weightAveraging: { ofKind: () => undefined, start: defaultWeightAveraging },
};

function own(table: Readonly<Record<string, Group>>, name: string): Group | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * Sets one training setting, judged by the rules of the project file: `epochs=5`; `optimizer=sgd` changes the kind and takes
 * its defaults; `schedule.warmupEpochs=2` sets a member of a group. The optimiser's own members need no group: `learningRate=0.01`.
 */
export function setTraining(document: GraphDocument, path: readonly string[], text: string): Result<GraphDocument> {
  const { training } = document;
  const place = path.length === 1 && !Object.hasOwn(training, path[0]!) && Object.hasOwn(training.optimizer, path[0]!) ? ['optimizer', path[0]!] : path;
  const [name = '', member, ...deeper] = place;
  const isKnown = Object.hasOwn(training, name) && deeper.length === 0 && (member === undefined || hasMember(training, name, member));
  if (!isKnown) return fail(unknown(training, path));
  const changed = { ...training, [name]: member === undefined ? wholeValue(name, text) : { ...groupOf(training, name), [member]: readValue(text) } };
  const parsed = trainingSchema.safeParse(changed);
  if (parsed.success) return succeed({ ...document, training: parsed.data });
  const inProject = { training: changed };
  return fail(...parsed.error.issues.flatMap((issue) => describeSchemaIssue({ ...issue, path: ['training', ...issue.path] }, inProject)));
}

/** A group as it is, or as it begins where it is null. */
function groupOf(training: TrainingSettings, name: string): Group {
  const value: unknown = training[name as keyof TrainingSettings];
  return typeof value === 'object' && value !== null ? (value as Group) : (groups[name]?.start ?? {});
}

function hasMember(training: TrainingSettings, name: string, member: string): boolean {
  return Object.hasOwn(groups, name) && member !== 'kind' && Object.hasOwn(groupOf(training, name), member);
}

function wholeValue(name: string, text: string): unknown {
  const value = readValue(text);
  const group = own(groups as Readonly<Record<string, never>>, name) === undefined ? undefined : groups[name];
  if (group === undefined || typeof value !== 'string') return value;
  return group.ofKind(value) ?? { ...group.start, kind: value };
}

function unknown(training: TrainingSettings, path: readonly string[]) {
  const [name = '', member = ''] = path;
  const inGroup = path.length > 1 && Object.hasOwn(groups, name);
  const members = (group: string): readonly string[] => Object.keys(groupOf(training, group)).filter((key) => key !== 'kind');
  const declared = inGroup ? members(name) : [...Object.keys(training), ...members('optimizer')];
  const parameter = inGroup ? member : path.join('.');
  const facts = { label: inGroup ? `${trainingNode}.${name}` : trainingNode, parameter, declared, nearest: nearMiss(parameter, declared) };
  return diagnose('set-unknown-parameter', { kind: 'option', option: '--set' }, facts);
}

function readValue(text: string): Value {
  const typed = text.trim();
  if (typed === 'none') return null;
  if (typed === 'true' || typed === 'false') return typed === 'true';
  const number = Number(typed);
  return typed === '' || Number.isNaN(number) ? typed : number;
}
