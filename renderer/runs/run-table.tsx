import type { RunHandle, RunSummary } from '../../electron/ipc/run-messages.ts';
import { printNumber, printPercent } from '../charts/print-number.ts';
import { printDuration, printMoment } from '../charts/print-time.ts';
import { comparedNames, markRun } from './compare-runs.ts';
import { chooseRun, useRunChoice } from './run-choice-store.ts';
import { changesInWords, epochsInWords, outcomeInWords, toneOf } from './run-words.ts';

interface RunTableProps {
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  readonly chosen: RunHandle | null;
  readonly compared: readonly RunHandle[];
  /** Without the numbers, which a comparison beside it shows. */
  readonly compact: boolean;
}

/** A line a run; the box marks two for comparison. */
export function RunTable({ runs, chosen, compared, compact }: RunTableProps): React.JSX.Element {
  const now = Date.now();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Runs">
      <table className={compact ? 'data-table run-table run-table-compact' : 'data-table run-table'}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Compare</span>
            </th>
            <th scope="col">When</th>
            <th scope="col">What changed</th>
            <th scope="col">Verdict</th>
            {compact
              ? null
              : ['skill over naive', 'mse', 'mae', 'epochs', 'time', 'seed'].map((name) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((summary, position) => (
            <RunRow
              key={summary.run}
              summary={summary}
              isFirst={position === runs.length - 1}
              isChosen={summary.run === chosen}
              mark={compared.indexOf(summary.run)}
              compact={compact}
              now={now}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RunRowProps {
  readonly summary: RunSummary;
  /** The project's oldest run. */
  readonly isFirst: boolean;
  readonly isChosen: boolean;
  /** Its place among the compared runs; -1: it is none of them. */
  readonly mark: number;
  readonly compact: boolean;
  readonly now: number;
}

function RunRow({ summary, isFirst, isChosen, mark, compact, now }: RunRowProps): React.JSX.Element {
  const { run, startedAt, changes, skill, score, seconds, seed } = summary;
  const when = printMoment(startedAt, now);
  return (
    <tr className={isChosen ? 'run-row chosen' : 'run-row'} onClick={() => chooseRun(run)}>
      <td onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          aria-label={`Compare the run of ${when}`}
          checked={mark >= 0}
          onChange={() => useRunChoice.setState((state) => ({ compared: markRun(state.compared, run) }))}
        />
        {compact && mark >= 0 ? <span className="run-mark">{comparedNames[mark]}</span> : null}
      </td>
      <td>
        <button type="button" className="run-name" aria-pressed={isChosen} title={summary.name}>
          {when}
        </button>
      </td>
      <td className="run-words" title={changes.join('\n')}>
        {changesInWords(changes, isFirst)}
      </td>
      <td className={`run-words run-${toneOf(summary)}`} title={outcomeInWords(summary)}>
        {outcomeInWords(summary)}
      </td>
      {compact ? null : (
        <>
          <td className="number">{printPercent(skill)}</td>
          <td className="number">{printNumber(score?.mse)}</td>
          <td className="number">{printNumber(score?.mae)}</td>
          <td className="number">{epochsInWords(summary)}</td>
          <td className="number">{printDuration(seconds)}</td>
          <td className="number">{seed}</td>
        </>
      )}
    </tr>
  );
}
