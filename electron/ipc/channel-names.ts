/** Every request a window may make; contract.ts says what each takes and gives. The preload needs the names alone. */
export const requestNames = [
  'startUp',
  'changePreferences',
  'openSource',
  'editText',
  'answerClose',
  'listTemplates',
  'newProject',
  'openProject',
  'importProject',
  'openRecent',
  'openDraft',
  'discardDraft',
  'reloadProject',
  'saveProject',
  'keepDraft',
  'showUnsaved',
  'closeProject',
  'dropFiles',
  'attachData',
  'previewData',
  'readData',
  'readSeries',
  'readSample',
  'findRate',
  'stopFindingRate',
  'startRun',
  'stopRun',
  'resumeRun',
  'listRuns',
  'readRun',
  'compareRuns',
  'evaluateRun',
  'forecastSamples',
  'deleteRun',
  'restoreRun',
  'exportRun',
  'copyCommand',
  'exportPicture',
  'readUsage',
  'copyText',
] as const;

export type RequestName = (typeof requestNames)[number];

/** Every event a window may be told of. */
export const eventNames = [
  'menuCommand',
  'preferencesChanged',
  'projectOpened',
  'fileChanged',
  'closeAsked',
  'run',
  'engineStatus',
] as const;

export type EventName = (typeof eventNames)[number];
