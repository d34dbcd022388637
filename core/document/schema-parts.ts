import { z } from 'zod';

/*
 * Every schema carries, as its error text, what was expected there: parse-document.ts makes the sentence of it.
 * Objects are strict: a member that Unroll does not know would be lost on saving, and is more often a slip than a wish.
 */

export function list<Item extends z.ZodType>(item: Item, what: string) {
  return z.array(item, { error: `a list of ${what}` });
}

export function whole(minimum: number, maximum: number) {
  const error = `a whole number from ${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A number of an interval whose ends may be left out. */
export function real(expected: string, accepts: (value: number) => boolean) {
  return z.number({ error: expected }).refine(accepts, { error: expected });
}

/** An object with exactly these members; for an unknown one the error text is the known ones, separated by spaces. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape, what: string) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : what) });
}
