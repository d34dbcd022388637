import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { applyEdit } from '../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { parseParameterText } from '../../core/params/parse-parameter-text.ts';
import { findNode } from './find-node.ts';
import { setTraining, trainingNode } from './set-training.ts';

const where = { kind: 'option', option: '--set' } as const;

/** Applies every `NODE.PARAMETER=VALUE`. Names that do not exist are refused here; whether a value fits is the check's to say. */
export function applySettings(document: GraphDocument, settings: readonly string[]): Result<GraphDocument> {
  let changed = document;
  for (const setting of settings) {
    const result = applySetting(changed, setting);
    if (!result.ok) return result;
    changed = result.value;
  }
  return succeed(changed);
}

function applySetting(document: GraphDocument, setting: string): Result<GraphDocument> {
  const parts = /^([^=]+)\.([^.=]+)=(.*)$/s.exec(setting);
  if (parts === null) return fail(diagnose('set-syntax', where, { found: setting }));
  const [, name, parameter, value] = parts as unknown as readonly [string, string, string, string];

  const [first, ...groups] = name.split('.');
  const isTraining = first === trainingNode && !document.nodes.some((node) => node.id === name || node.label === name);
  if (isTraining) return setTraining(document, [...groups, parameter], value);

  const node = findNode(document, name, '--set');
  if (!node.ok) return node;
  const type = catalog.get(node.value.type);
  // A node of an unknown type is the check's business: it names the type.
  if (type === undefined) return succeed(document);
  const declared = Object.keys(type.parameters);
  const declaration = Object.hasOwn(type.parameters, parameter) ? type.parameters[parameter] : undefined;
  if (declaration === undefined) {
    const facts = { label: node.value.label, parameter, declared, nearest: nearMiss(parameter, declared) };
    return fail(diagnose('set-unknown-parameter', where, facts));
  }
  return succeed(applyEdit(document, { kind: 'set-parameter', node: node.value.id, parameter, value: parseParameterText(declaration, value) }));
}
