import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Repair } from '../diagnostics/diagnostic.ts';
import { setParameter } from '../params/parse-parameters.ts';
import type { Value } from '../program/value.ts';
import type { ForwardContext, ShapeContext } from './node-type.ts';
import type { RecurrentSettings } from './recurrent-parameters.ts';

type Carrying = Pick<ForwardContext<Record<never, never>>, 'carried' | 'setCarried'> & { readonly parameters: RecurrentSettings };

/** What the window before ended with, each (batch, units): no gradient goes back into it. */
export function carriedStates({ carried, parameters }: Carrying, stateNames: readonly string[]): readonly Value[] {
  return stateNames.map((state) => carried(state, parameters.units));
}

/** Hands the final states over to the window that follows. */
export function carryStates({ setCarried }: Carrying, stateNames: readonly string[], finalStates: readonly Value[]): void {
  stateNames.forEach((state, position) => { setCarried(state, finalStates[position]!); });
}

type Context = Pick<ShapeContext, 'node' | 'label' | 'feeders'> & { readonly parameters: RecurrentSettings };

/** Lets a layer forget what the window before left. */
export function startAnew(place: Pick<ShapeContext, 'node' | 'label'>): Repair {
  return { ...setParameter(place, 'stateful', false), title: `Let ${place.label} start each window anew` };
}

/** What cannot be carried from a window to the next: the states of a way back, and those that something else is wired into. */
export function statefulFaults(context: Context, stateNames: readonly string[]): readonly Diagnostic[] {
  const { node, label, parameters, feeders } = context;
  if (!parameters.stateful) return [];
  const where = { kind: 'node', node, parameter: 'stateful' } as const;
  const forget = startAnew(context);
  const faults: Diagnostic[] = [];
  if (parameters.bidirectional || parameters.goBackwards) {
    const parameter = parameters.bidirectional ? 'bidirectional' : 'goBackwards';
    faults.push(diagnose('stateful-backwards', where, { label, bidirectional: parameters.bidirectional }, [{ ...setParameter(context, parameter, false), title: `Let ${label} read forwards only` }, forget]));
  }
  const wired = stateNames.map((state) => `initial ${state}`).filter((port) => feeders[port] !== undefined);
  if (wired.length > 0) {
    const cut: Repair = { title: `Take the wires off the initial states of ${label}`, edits: wired.map((port) => ({ kind: 'disconnect', wire: feeders[port]!.wire.id })) };
    faults.push(diagnose('stateful-and-wired', where, { label, ports: wired }, [cut, forget]));
  }
  return faults;
}
