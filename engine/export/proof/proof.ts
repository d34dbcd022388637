/** What one runtime found. */
export type ProofFinding =
  | { readonly kind: 'compared'; readonly runtime: string; readonly difference: number; readonly agrees: boolean }
  | { readonly kind: 'well-formed'; readonly runtime: string }
  | { readonly kind: 'failed'; readonly runtime: string; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly runtime: string; readonly reason: string };

export interface Proof {
  /** proven: a runtime agreed and none differed. differs: one differed or could not run it. unproven: none was there. */
  readonly verdict: 'proven' | 'differs' | 'unproven';
  /** The largest over all runtimes; null where none ran. */
  readonly difference: number | null;
  readonly allowed: number;
  readonly findings: readonly ProofFinding[];
  /** What was compared, in words. */
  readonly windows: string;
}
