import { expect, test } from 'vitest';
import { portableName, portableNameProblem } from '../../../core/export/portable-name.ts';

test.each([
  ['model.keras', null, 'model.keras'],
  ['con.keras', 'con is a device there', '_con.keras'],
  ['CON', 'CON is a device there', '_CON'],
  ['lpt1.card.md', 'lpt1 is a device there', '_lpt1.card.md'],
  ['console', null, 'console'],
  ['a:b', 'it holds :', 'a_b'],
  ['what?', 'it holds ?', 'what_'],
  ['tab\there', 'it holds a character that cannot be seen', 'tab_here'],
  ['ends.', 'it ends with a point or a space', 'ends'],
  ['ends ', 'it ends with a point or a space', 'ends'],
] as const)('%j', (name, problem, portable) => {
  expect(portableNameProblem(name)).toBe(problem);
  expect(portableName(name)).toBe(portable);
  expect(portableNameProblem(portableName(name))).toBe(null);
});
