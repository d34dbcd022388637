import { text } from './text-table.ts';

interface MakingFacts {
  /** A clause without its full stop. */
  readonly why: string;
  /** In the imperative, without its full stop. */
  readonly whatToDo: string;
}

const notMade = ({ why, whatToDo }: MakingFacts): string => `The Python environment could not be made: ${why}. ${sentence(whatToDo)}`;

/** What can be wrong with the Python that checks exports. */
export const pythonTexts = {
  'python-platform': text<MakingFacts>('error', notMade),
  'python-not-found': text<MakingFacts>('error', notMade),
  'python-incomplete': text<MakingFacts>('error', notMade),
  'python-index-unreachable': text<MakingFacts>('error', notMade),
  'python-disk-full': text<MakingFacts>('error', notMade),
  'python-making-failed': text<MakingFacts>('error', notMade),
  'python-making-stopped': text<Record<never, never>>('note', () => 'The making of the Python environment was stopped; nothing of it was left.'),
  'python-being-made': text<Record<never, never>>('error', () => 'A Python environment is being made already. Wait until it is done, or stop it.'),
  'python-unusable': text<{ interpreter: string; reason: string }>(
    'error',
    ({ interpreter, reason }) => `${interpreter} cannot check exports: ${reason}. Choose a Python 3 that starts by itself, such as the bin/python of an environment.`,
  ),
  'python-lacks': text<{ interpreter: string; missing: readonly string[] }>(
    'error',
    ({ interpreter, missing }) => `${interpreter} cannot check exports: it lacks ${missing.join(', ')}. Install what is missing there (\`${interpreter} -m pip install ${missing.map((name) => name.split(' ')[0]).join(' ')}\`), or let Unroll make an environment.`,
  ),
} as const;

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
