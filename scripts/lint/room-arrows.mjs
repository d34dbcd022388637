import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * Which room may import which: the arrows of the house. `packages` narrows the packages, `node` says whether Node's modules
 * are open, `typesOnly` names files of which only types may be imported.
 */
const rooms = {
  core: { rooms: [], packages: ['zod', 'ml-matrix'], node: false, why: 'core is pure: it imports no other room, no Node module, and of the packages only zod and ml-matrix' },
  engine: { rooms: ['core'], node: true, why: 'engine imports core only' },
  formats: { rooms: ['core'], node: true, why: 'formats imports core only' },
  cli: { rooms: ['engine', 'formats', 'core'], node: true, why: 'cli imports engine, formats and core only' },
  electron: { rooms: ['engine', 'formats', 'core'], node: true, why: 'electron imports engine, formats and core only' },
  renderer: { rooms: ['core'], typesOnly: 'electron/ipc/', node: false, why: 'renderer imports core, and of electron/ipc the types only' },
};
// Not rooms of the product: the product never imports them.
const outside = ['test', 'bench', 'scripts', 'docs'];

/** Refuses an import against the arrows, with a sentence (a rule in ESLint's form, run by oxlint). */
export const roomArrows = {
  meta: { type: 'problem', docs: { description: 'Imports between rooms follow the arrows of the house.' } },
  create(context) {
    const from = path.relative(root, context.filename).split(path.sep).join('/');
    const room = from.split('/')[0];
    if (!Object.hasOwn(rooms, room)) return {};
    const check = (node, source, isTypeOnly) => {
      if (typeof source?.value !== 'string') return;
      const reason = findBreach(room, from, source.value, isTypeOnly);
      if (reason !== undefined) context.report({ node, message: `${from} imports ${reason}: ${rooms[room].why}.` });
    };
    const onlyTypes = (node) =>
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (node.specifiers?.length > 0 && node.specifiers.every((specifier) => (specifier.importKind ?? specifier.exportKind) === 'type'));
    return {
      ImportDeclaration: (node) => check(node, node.source, onlyTypes(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, onlyTypes(node)),
      ExportAllDeclaration: (node) => check(node, node.source, onlyTypes(node)),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      TSExternalModuleReference: (node) => check(node, node.expression, false),
      CallExpression: (node) => {
        if (node.callee.name === 'require') check(node, node.arguments[0], false);
      },
    };
  },
};

/** @returns {string | undefined} what is imported against the arrows, or undefined where the import is right */
function findBreach(room, from, specifier, isTypeOnly) {
  const { rooms: allowed, packages, node, typesOnly } = rooms[room];
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
    const targetRoom = target.split('/')[0];
    if (targetRoom === room || allowed.includes(targetRoom)) return undefined;
    if (typesOnly !== undefined && target.startsWith(typesOnly) && isTypeOnly) return undefined;
    if (Object.hasOwn(rooms, targetRoom) || outside.includes(targetRoom) || target.startsWith('..') || packages !== undefined) return target;
    return undefined;
  }
  const name = packageOf(specifier);
  if (specifier.startsWith('node:') || builtinModules.includes(name)) return node ? undefined : `Node's module ${specifier}`;
  return packages === undefined || packages.includes(name) ? undefined : `the package ${name}`;
}

function packageOf(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
