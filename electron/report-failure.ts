/** A programming error: said on standard error, where a person who reports it finds it. The app goes on. */
export function reportFailure(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Unroll: an internal error: ${text}\n`);
}
