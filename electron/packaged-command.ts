import { pathToFileURL } from 'node:url';

/** What the launcher beside a package puts before the words of the person, so that Chromium takes none of them for its own. */
const marker = ['--unroll-command', '--'] as const;

interface CommandLineBundle {
  readonly main: (argumentList: readonly string[], installation: { readonly applicationFolder: string; readonly command: string }) => Promise<void>;
}

/** The words of `unroll WORDS …` where a package's launcher started this process for a command; null: the window is wanted. */
export function commandOf(processArguments: readonly string[]): readonly string[] | null {
  const start = processArguments.findIndex((word, index) => word === marker[0] && processArguments[index + 1] === marker[1]);
  return start === -1 ? null : processArguments.slice(start + marker.length);
}

/**
 * Runs one command of the command line in this process, without a window, and ends the process with its exit code. The
 * bundle is loaded by its path: the window's code and the command's share the engine, and know nothing of each other.
 */
export async function runCommand(words: readonly string[], { bundle, applicationFolder }: { readonly bundle: string; readonly applicationFolder: string }): Promise<void> {
  const { main } = (await import(pathToFileURL(bundle).href)) as CommandLineBundle;
  await main(words, { applicationFolder, command: 'unroll' });
}
