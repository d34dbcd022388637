import path from 'node:path';
import { app, dialog, nativeTheme } from 'electron';
import { openFileDoor } from '../engine/files/file-door.ts';
import { createApplication } from './create-application.ts';
import { createMainPool, createUtilityPool } from './engine-host/engine-pool.ts';
import { loadRuntime, usualChoice } from './engine-host/host-services.ts';
import { startMainEngine } from './engine-host/main-engine.ts';
import { startUtilityEngine } from './engine-host/utility-engine.ts';
import { readLaunchOptions } from './launch-options.ts';
import { commandOf, runCommand } from './packaged-command.ts';
import { reportFailure } from './report-failure.ts';
import { registerAppScheme, serveApp } from './security/app-scheme.ts';
import { lockDown } from './security/lock-down.ts';
import { defaultPreferences, preferencesSchema } from './settings/preferences.ts';
import { openSettingsFile } from './settings/settings-file.ts';

const door = openFileDoor();
const launch = readLaunchOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
const root = app.getAppPath();
const built = (name: string): string => path.join(root, 'out', name);

process.on('uncaughtException', reportFailure);
process.on('unhandledRejection', reportFailure);

const command = commandOf(process.argv);
if (command !== null) void runCommand(command, { bundle: built('node/command-line.js'), applicationFolder: root });
else if (app.requestSingleInstanceLock({ files: launch.files })) start();
else app.quit();

function start(): void {
  const warn = ({ message }: { readonly message: string }): void => void process.stderr.write(`${message}\n`);
  const preferences = openSettingsFile(door, path.join(app.getPath('userData'), 'preferences.json'), preferencesSchema, defaultPreferences, warn);
  const placement = launch.engine ?? preferences.read().engine;
  // In this process TensorFlow must come before the app is ready: later, its symbols clash with those of the graphics driver.
  const loaded = placement === 'main' ? { runtime: loadRuntime(usualChoice, preferences.read().processors), choice: usualChoice, whenOther: 'keep' as const } : null;

  // Every window is sandboxed by its own settings; this holds Chromium's other processes too. Root can have no sandbox at all.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme();
  nativeTheme.themeSource = preferences.read().theme;

  const application = createApplication({
    door,
    assets: path.join(root, 'assets'),
    userData: app.getPath('userData'),
    preload: built('preload/preload.cjs'),
    dataWorker: built('node/data-worker.js'),
    preferences,
    warn,
    createEngines: (tell) =>
      loaded === null
        ? createUtilityPool((kind) => startUtilityEngine(built('node/engine-process.js'), kind, preferences.read().processors), tell)
        : createMainPool(startMainEngine(app.getVersion(), loaded), tell),
  });

  app.on('second-instance', (_event, argumentList, workingDirectory, given) => {
    const { files } = given as { readonly files?: readonly string[] };
    application.openFromOutside(files ?? readLaunchOptions(argumentList.slice(1), workingDirectory).files);
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void app.whenReady().then(() => application.openFromOutside([file]));
  });
  app.on('activate', () => application.openFromOutside([]));
  app.on('before-quit', () => application.beginQuit());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (application.isSettled()) return;
    event.preventDefault();
    void application.settle().then(() => app.quit());
  });

  app
    .whenReady()
    .then(() => {
      lockDown();
      serveApp(built('renderer'));
      application.begin(launch.files);
    })
    .catch((error: unknown) => {
      dialog.showErrorBox('Unroll could not start', error instanceof Error ? (error.stack ?? error.message) : String(error));
      app.exit(1);
    });
}
