import '../data/panels.css';
import './evaluation-panel.css';
import { useState } from 'react';
import type { EvaluatedPart, RunHandle, RunReport, RunSummary } from '../../electron/ipc/run-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { printMoment } from '../charts/print-time.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { Segments } from '../data/segments.tsx';
import { chooseRun, useRunChoice } from '../runs/run-choice-store.ts';
import { useRunDetails, useRunList } from '../runs/use-runs.ts';
import { useDocument } from '../state/document-store.ts';
import { isBusy } from '../state/run-state.ts';
import { train, useRuns } from '../state/runs-store.ts';
import { ClassTable, ConfusionView } from './class-view.tsx';
import { DrawingView } from './drawing-view.tsx';
import { FillingView } from './filling-view.tsx';
import { partNames } from './forecasters.ts';
import { ForecastView } from './forecast-view.tsx';
import { HorizonView } from './horizon-view.tsx';
import { judgedTargets } from './judged-targets.ts';
import { ImportedRunQuestion } from './imported-run-question.tsx';
import { LabelView } from './label-view.tsx';
import { ScoreTableView } from './score-table-view.tsx';
import { TestPartQuestion } from './test-part-question.tsx';
import { VerdictLine } from './verdict-line.tsx';
import { verdictView } from './verdict-view.ts';

/** The dock's Evaluation tab: one run beside the baselines, in numbers, over the horizon, and on samples. */
export function EvaluationPanel(): React.JSX.Element | null {
  const project = useDocument((state) => state.project?.handle ?? null);
  return project === null ? null : <div className="panel evaluation-panel"><Evaluation project={project} /></div>;
}

function Evaluation({ project }: { readonly project: ProjectHandle }): React.JSX.Element {
  const chosen = useRunChoice((state) => state.run);
  const { value: runs, diagnostics } = useRunList(project);
  const judged = (runs ?? []).filter(({ score, stopped }) => score !== null || stopped === 'imported');
  const run = judged.find((summary) => summary.run === chosen) ?? judged[0];
  if (run !== undefined) return <JudgedRun key={run.run} runs={judged} summary={run} />;
  if (diagnostics.length > 0) return <DiagnosticList diagnostics={diagnostics} />;
  return runs === undefined ? <p className="panel-note">Reading the runs</p> : <NothingJudged />;
}

function NothingJudged(): React.JSX.Element {
  const busy = useRuns(({ state }) => isBusy(state));
  if (busy) return <EmptyState title="Nothing to judge yet" text="When this training ends, its forecasts are judged here beside the naive, the seasonal naive and the linear baseline, on exactly the same windows." />;
  return (
    <EmptyState title="No run has been judged yet" text="Train the graph: its forecasts are then judged here beside the baselines, on exactly the same windows.">
      <Button look="primary" icon="play" onClick={() => void train()}>
        Train
      </Button>
    </EmptyState>
  );
}

const parts = ['validation', 'test'] as const;

function JudgedRun({ runs, summary }: { readonly runs: readonly RunSummary[]; readonly summary: RunSummary }): React.JSX.Element {
  const [part, setPart] = useState<EvaluatedPart>('validation');
  const { value: details, diagnostics } = useRunDetails(summary.run);
  const testReport = useRunChoice((state) => state.testReports.get(summary.run));
  const whole = part === 'test' ? testReport : (details?.report ?? undefined);
  const [chosen, setChosen] = useState(0);
  const targets = whole === undefined ? [] : judgedTargets(whole, part);
  const judged = targets[Math.min(chosen, targets.length - 1)];
  const report = judged?.report;
  return (
    <>
      <div className="evaluation-head">
        <div className="panel-tools">
          <RunSelect runs={runs} chosen={summary} />
          <Segments label="Part" options={parts} titles={partNames} chosen={part} onChoose={setPart} />
          {targets.length > 1 ? (
            <select className="input select run-select" aria-label="Target" value={Math.min(chosen, targets.length - 1)} onChange={(event) => setChosen(Number(event.target.value))}>
              {targets.map(({ target }, position) => (
                <option key={target} value={position}>
                  {target}
                </option>
              ))}
            </select>
          ) : null}
        </div>
        {report?.[part] === undefined ? null : <VerdictLine view={verdictView(report)} />}
      </div>
      {part === 'test' && testReport === undefined ? (
        <TestPartQuestion run={summary.run} />
      ) : report?.[part] === undefined && summary.stopped === 'imported' && details !== undefined ? (
        <ImportedRunQuestion run={summary.run} />
      ) : report?.[part] === undefined ? (
        <div className="panel-note">
          {diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : details === undefined ? 'Reading the run' : `This run was not judged on the ${part} part.`}
        </div>
      ) : (
        <div className="evaluation-body">
          <Judgement run={summary.run} report={report} part={part} />
        </div>
      )}
    </>
  );
}

/** One target in numbers and on samples, by what it asks. */
function Judgement({ run, report, part }: { readonly run: RunHandle; readonly report: RunReport; readonly part: EvaluatedPart }): React.JSX.Element {
  const { kind = 'forecast', target = '', classes } = report;
  switch (kind) {
    case 'forecast':
      return (
        <>
          <ScoreTableView report={report} part={part} />
          <HorizonView report={report} part={part} />
          <ForecastView run={run} part={part} />
        </>
      );
    case 'classify':
      return (
        <>
          {classes === undefined ? null : <ClassTable report={report} classes={classes} part={part} />}
          {classes === undefined ? null : <ConfusionView classes={classes} />}
          <LabelView run={run} part={part} target={target} />
        </>
      );
    case 'reconstruct':
      return (
        <>
          <ScoreTableView report={report} part={part} />
          <DrawingView run={run} part={part} target={target} />
        </>
      );
    case 'impute':
      return (
        <>
          <ScoreTableView report={report} part={part} />
          <FillingView run={run} part={part} target={target} />
        </>
      );
    case 'regress':
      return (
        <>
          <ScoreTableView report={report} part={part} />
          <LabelView run={run} part={part} target={target} />
        </>
      );
  }
}

function RunSelect({ runs, chosen }: { readonly runs: readonly RunSummary[]; readonly chosen: RunSummary }): React.JSX.Element {
  const now = Date.now();
  return (
    <select
      className="input select run-select"
      aria-label="Run"
      value={chosen.run}
      onChange={(event) => chooseRun(runs.find(({ run }) => run === event.target.value)?.run ?? null)}
    >
      {runs.map(({ run, startedAt, seed }, position) => (
        <option key={run} value={run}>
          {position === 0 ? 'Newest run' : 'Run'}, {printMoment(startedAt, now)}, seed {seed}
        </option>
      ))}
    </select>
  );
}
