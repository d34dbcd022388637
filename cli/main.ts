import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { diagnose } from '../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import packageFacts from '../package.json' with { type: 'json' };
import { buildCommandLine } from './command-line.ts';
import { exitCodeOf, failed, misused } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { diagnosticAsJson, diagnosticAsLines } from './output/print-diagnostic.ts';
import { readSurroundings } from './surroundings.ts';
import type { Installation } from './surroundings.ts';

/** Runs the command that the arguments name, prints what it came to, and ends the process with its exit code. */
export async function main(argumentList: readonly string[], installation: Installation): Promise<void> {
  const json = argumentList.includes('--json');
  keepStandardOutputClean();
  let outcome: Outcome | undefined;
  const program = buildCommandLine(packageFacts.version, async (work) => {
    outcome = await work(readSurroundings(installation, json)).catch(defect);
  });
  try {
    await program.parseAsync([...argumentList], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version print themselves; help without being asked for is a usage error.
    if (error.exitCode === 0) return endProcess(0);
    outcome = misused(usageError(error, program, argumentList));
  }
  if (outcome === undefined) return endProcess(0);
  await print(outcome, json);
  await endProcess(exitCodeOf(outcome));
}

/** A programmer's error: said as one, with the stack that finds it, so that a reader of JSON is answered too. */
function defect(error: unknown): Outcome {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(stack);
  return failed(diagnose('defect', { kind: 'project' }, { message }));
}

function usageError(error: CommanderError, program: Command, argumentList: readonly string[]): Diagnostic {
  const problem = error.code === 'commander.help' ? 'A command is missing.' : sentence(error.message);
  const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? program.name();
  const command = program.commands.map((own) => own.name()).find((name) => name === argumentList.find((given) => !given.startsWith('-')));
  return diagnose('wrong-usage', { kind: 'option', option }, { problem, command });
}

/** "error: unknown option '--sed'\n(Did you mean --seed?)" → "Unknown option '--sed'. (Did you mean --seed?)" */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\.?\n/g, '. ').trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`;
}

async function print(outcome: Outcome, json: boolean): Promise<void> {
  if (outcome.kind === 'done' || outcome.kind === 'interrupted') {
    if (!json) await write(process.stderr, outcome.remarks.flatMap(diagnosticAsLines));
    await write(process.stdout, json ? [JSON.stringify(outcome.json, null, 2)] : outcome.lines);
    return;
  }
  if (json) await write(process.stdout, [JSON.stringify({ diagnostics: outcome.diagnostics.map(diagnosticAsJson) }, null, 2)]);
  else await write(process.stderr, outcome.diagnostics.flatMap(diagnosticAsLines));
}

/** Resolves when the text has been handed to the system: a pipe may take it slowly. */
function write(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.write(`${lines.join('\n')}\n`, () => resolve());
  });
}

/** Libraries that talk go to standard error; a reader that went away (`| head`) is no error. */
function keepStandardOutputClean(): void {
  console.log = console.error;
  console.info = console.error;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** TensorFlow's threads would keep an idle process alive. */
async function endProcess(code: number): Promise<never> {
  await write(process.stdout, []);
  process.exit(code);
}
