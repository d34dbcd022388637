import { z } from 'zod';
import { exportFormatNames } from '../../core/export/export-formats.ts';
import { scalerPlaces } from '../../core/export/exportable-model.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { count, draftHandle, evaluatedPart, graphDocument, name, nodeIdentifier, part, projectHandle, recentHandle, runHandle } from './argument-parsers.ts';
import type { MenuCommandEvent, Preferences, StartFacts } from './application-messages.ts';
import type { RequestName } from './channel-names.ts';
import type { DataPreview, DataReading, Drop, PlottedSeries, Sample } from './data-messages.ts';
import type { CloseAskedEvent, ExportedPicture, FileChangedEvent, KeptDraft, OpenedProject, Opening, Saving, Template } from './project-messages.ts';
import type { MadePython, PythonFacts, PythonMakingEvent } from './python-messages.ts';
import type {
  CopiedCommand,
  EngineStatusEvent,
  Export,
  ForecastSamples,
  FoundRate,
  RunComparison,
  RunDetails,
  RunEventMessage,
  RunReport,
  RunSummary,
  RunUsage,
  StartedRun,
} from './run-messages.ts';

/** How a request's argument is checked on arrival; `Value` is what it is answered with when it succeeds. */
interface RequestRow<Argument, Value> {
  readonly parser: z.ZodType<Argument>;
  /** Never there: it carries the type. */
  readonly value?: Value;
}

function takes<Shape extends z.ZodRawShape>(shape: Shape) {
  return { gives: <Value>() => ({ parser: z.strictObject(shape) }) as RequestRow<z.output<z.ZodObject<Shape, z.core.$strict>>, Value> };
}

function takesNothing<Value>(): RequestRow<null, Value> {
  return { parser: z.null() };
}

const document = graphDocument;

/**
 * THE contract between windows and the main process: preload, handlers and `window.unroll` are derived from these rows.
 * A window asks for intents. It names projects and runs by handles it was given, and never a path: the main process shows
 * the dialogs. Every answer is a Result.
 */
export const requests = {
  startUp: takesNothing<StartFacts>(),
  /** Gives all preferences as they are then; members left out stay. */
  changePreferences: takes({
    theme: z.enum(['system', 'light', 'dark']).optional(),
    engine: z.enum(['utility', 'main']).optional(),
    processors: z.int().positive().nullable().optional(),
    autosave: z.boolean().optional(),
    reducedMotion: z.enum(['system', 'on', 'off']).optional(),
  }).gives<Preferences>(),
  /** Opens the paper or page that a node type names as its source, in the person's browser. */
  openSource: takes({ nodeType: name }).gives<null>(),
  /** What the system's own menu item would do to the focused field or, as a clipboard event, to the page. */
  editText: takes({ command: z.enum(['cut', 'copy', 'paste']) }).gives<null>(),
  /** The answer to a `closeAsked` event. `discard`: the unsaved work is not wanted, so its draft goes too. */
  answerClose: takes({ close: z.boolean(), discard: z.boolean() }).gives<null>(),

  listTemplates: takesNothing<readonly Template[]>(),
  /** null: an empty project. */
  newProject: takes({ template: name.nullable() }).gives<Opening>(),
  /** Shows the file dialog. */
  openProject: takesNothing<Opening>(),
  /** Shows the file dialog for another program's model; it comes as a new project that is not saved, with its weights as a run. */
  importProject: takesNothing<Opening>(),
  openRecent: takes({ recent: recentHandle }).gives<Opening>(),
  openDraft: takes({ draft: draftHandle }).gives<Opening>(),
  discardDraft: takes({ draft: draftHandle }).gives<null>(),
  /** Reads the file again; what the window held is lost. */
  reloadProject: takes({ project: projectHandle }).gives<OpenedProject>(),
  saveProject: takes({ project: projectHandle, document, as: z.boolean(), overwrite: z.boolean() }).gives<Saving>(),
  /** To be asked soon after every edit: answered when the document is flushed to the disk, beside the project's own file. */
  keepDraft: takes({ project: projectHandle, document }).gives<KeptDraft>(),
  /** Whether the window's title shows unsaved work. */
  showUnsaved: takes({ project: projectHandle, unsaved: z.boolean() }).gives<null>(),
  /** The window goes back to the gallery. Trainings under way are stopped and keep their checkpoint. */
  closeProject: takes({ project: projectHandle, discard: z.boolean() }).gives<null>(),
  /** Asked by the preload alone, which knows the paths of dropped files; windows call `dropFiles` with File objects. */
  dropFiles: takes({ project: projectHandle.nullable(), paths: z.array(z.string().max(4_096)).max(10_000) }).gives<Drop>(),

  /** Shows the file dialog; null: closed. The project may read the file from then on. */
  attachData: takes({ project: projectHandle }).gives<DataPreview | null>(),
  /** `file`: as a document of the project names it. */
  previewData: takes({ project: projectHandle, file: z.string().min(1).max(4_096) }).gives<DataPreview>(),
  readData: takes({ project: projectHandle, document }).gives<DataReading>(),
  readSeries: takes({
    project: projectHandle,
    document,
    node: nodeIdentifier,
    series: count(10_000_000),
    range: z.tuple([count(2 ** 31), count(2 ** 31)]).nullable(),
    points: count(20_000),
  }).gives<PlottedSeries>(),
  readSample: takes({ project: projectHandle, document, part, sample: count(2 ** 31) }).gives<Sample>(),

  /** Tries learning rates on a copy; takes some hundred steps. */
  findRate: takes({ project: projectHandle, document }).gives<FoundRate>(),
  /** Answered at once; the search is answered within a step, as stopped. */
  stopFindingRate: takes({ project: projectHandle }).gives<null>(),
  /** `from`: a run whose kept weights are the start, layer by layer, instead of fresh ones. */
  startRun: takes({ project: projectHandle, document, seed: count(2 ** 32 - 1).nullable(), from: runHandle.optional() }).gives<StartedRun>(),
  /** Answered at once; the run's last event follows within a step and an evaluation. */
  stopRun: takes({ run: runHandle }).gives<null>(),
  /** epochs: null, as many as were asked for at the start. */
  resumeRun: takes({ run: runHandle, epochs: z.int().min(1).max(1_000_000).nullable() }).gives<StartedRun>(),
  /** Newest first. */
  listRuns: takes({ project: projectHandle }).gives<readonly RunSummary[]>(),
  readRun: takes({ run: runHandle }).gives<RunDetails>(),
  compareRuns: takes({ first: runHandle, second: runHandle }).gives<RunComparison>(),
  evaluateRun: takes({ run: runHandle, part: evaluatedPart }).gives<RunReport>(),
  forecastSamples: takes({ run: runHandle, part: evaluatedPart, count: count(100) }).gives<ForecastSamples>(),
  /** Can be taken back by `restoreRun` until the project is closed. */
  deleteRun: takes({ run: runHandle }).gives<null>(),
  restoreRun: takes({ run: runHandle }).gives<null>(),
  /** Shows the file dialog, then writes the artefact, has it read back, and keeps it where it says what the model says. */
  exportRun: takes({ run: runHandle, format: z.enum(exportFormatNames), scaler: z.enum(scalerPlaces), keepUnverified: z.boolean() }).gives<Export>(),
  /** What programs that use an export of this run must know. */
  readUsage: takes({ run: runHandle }).gives<RunUsage>(),
  /** Puts text of the window's own on the clipboard. */
  copyText: takes({ text: z.string().min(1).max(100_000) }).gives<null>(),
  /** The `unroll` line that trains this document (null) or exports this run, put on the clipboard. */
  copyCommand: takes({ project: projectHandle, document, exported: runHandle.nullable() }).gives<CopiedCommand>(),
  /** Shows the file dialog, then writes the graph as a picture; null: closed. */
  exportPicture: takes({ project: projectHandle, document, theme: z.enum(['light', 'dark']), shapes: z.boolean(), kind: z.enum(['svg', 'png']) }).gives<ExportedPicture>(),

  /** Which Python checks exports, and whether one is being made. */
  readPython: takesNothing<{ readonly facts: PythonFacts; readonly making: PythonMakingEvent }>(),
  /** Takes minutes and fetches some 360 MB; `pythonMaking` events say how far it is. null: it was stopped. */
  makePython: takesNothing<MadePython>(),
  stopMakingPython: takesNothing<null>(),
  /** Shows the file dialog; null: closed. */
  choosePython: takesNothing<PythonFacts | null>(),
  /** The person's own Python is not to be used any more. */
  forgetPython: takesNothing<PythonFacts>(),
} as const satisfies Readonly<Record<RequestName, RequestRow<never, unknown> | RequestRow<unknown, unknown>>>;

type Requests = typeof requests;

export type ArgumentOf<Name extends RequestName> = Requests[Name] extends RequestRow<infer Argument, infer _Value> ? Argument : never;
export type ValueOf<Name extends RequestName> = Requests[Name] extends RequestRow<infer _Argument, infer Value> ? Value : never;

/** What a window is told, by event. */
export interface Events {
  readonly menuCommand: MenuCommandEvent;
  readonly preferencesChanged: Preferences;
  /** The app was asked for a project from outside (a second start, a file association, the system's list of recent files). */
  readonly projectOpened: Result<OpenedProject>;
  readonly fileChanged: FileChangedEvent;
  readonly closeAsked: CloseAskedEvent;
  readonly run: RunEventMessage;
  readonly engineStatus: EngineStatusEvent;
  readonly pythonMaking: PythonMakingEvent;
}
