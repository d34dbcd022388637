import type { GraphDocument } from './graph-document.ts';
import { defaultTraining } from './training-defaults.ts';

/** A project with nothing drawn yet. */
export const emptyDocument: GraphDocument = {
  name: 'Untitled',
  nodes: [],
  wires: [],
  definitions: [],
  data: [],
  training: defaultTraining,
  layout: {},
};
