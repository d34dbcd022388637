import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { documentLimits } from './limits.ts';
import type { JsonObject } from './migrations.ts';
import { printPath } from './value-path.ts';
import type { ValuePath } from './value-path.ts';

/** Lists and objects with too many entries, found before anything looks at the entries one by one. */
export function checkCounts(project: JsonObject): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const count = (value: unknown, limit: number, path: ValuePath): readonly unknown[] => {
    if (typeof value !== 'object' || value === null) return [];
    const entries = Object.values(value);
    if (entries.length <= limit) return entries;
    found.push(diagnose('project-too-many', { kind: 'value', path }, { path: printPath(path), count: entries.length, limit }));
    return [];
  };

  const countGraph = (graph: JsonObject, path: ValuePath): void => {
    count(graph['wires'], documentLimits.wires, [...path, 'wires']);
    count(graph['nodes'], documentLimits.nodes, [...path, 'nodes']).forEach((node, index) => {
      const parameters = [...path, 'nodes', index, 'parameters'];
      const values = member(node, 'parameters');
      if (count(values, documentLimits.parametersOfNode, parameters).length === 0) return;
      for (const [name, value] of Object.entries(values as object)) count(value, documentLimits.listItems, [...parameters, name]);
    });
  };

  countGraph(project, []);
  count(project['data'], documentLimits.dataReferences, ['data']);
  count(project['layout'], documentLimits.nodes, ['layout']);
  count(project['definitions'], documentLimits.definitions, ['definitions']).forEach((definition, index) => {
    if (typeof definition !== 'object' || definition === null) return;
    count(member(definition, 'inputs'), documentLimits.listItems, ['definitions', index, 'inputs']);
    count(member(definition, 'outputs'), documentLimits.listItems, ['definitions', index, 'outputs']);
    countGraph(definition as JsonObject, ['definitions', index]);
  });
  return found;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
}
