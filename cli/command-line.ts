import { Command, InvalidArgumentError, Option } from 'commander';
import { templateList } from '../core/document/template-list.ts';
import { exportFormatNames, exportFormats } from '../core/export/export-formats.ts';
import type { EvaluatedPart } from '../engine/runs/run-report.ts';
import { scalerPlaces } from '../core/export/exportable-model.ts';
import type { DrawArguments } from './commands/draw.ts';
import type { ExportArguments } from './commands/export.ts';
import type { FindRateArguments } from './commands/find-rate.ts';
import type { ImportArguments } from './commands/import.ts';
import type { PredictArguments } from './commands/predict.ts';
import type { PythonArguments } from './commands/python.ts';
import type { TrainArguments } from './commands/train.ts';
import { parseSeeds } from './options/seeds-option.ts';
import { wholeNumber } from './options/whole-number-option.ts';
import type { Outcome } from './outcome.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs a command's work and prints what it came to. */
export type Runner = (work: (surroundings: Surroundings) => Promise<Outcome>) => Promise<void>;

const largestSeed = 2 ** 32 - 1;
const mostDraws = 10_000;
const mostProcessors = 256;

/**
 * The command line: what may be written and what each command says of itself. The commands' own code is loaded when one of
 * them runs, so that help is quick.
 */
export function buildCommandLine(version: string, run: Runner): Command {
  const program = new Command('unroll')
    .description('Draw sequence models, train them natively with TensorFlow, and judge them against the naive forecast.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command: unroll train --help')
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(true)
    .addHelpText('after', overview);

  addProjectCommands(program, run);
  addImportCommand(program, run);
  addFindRateCommand(program, run);
  addTrainCommand(program, run);
  addRunCommands(program, run);
  addPythonCommand(program, run);
  withJson(program.command('start'))
    .description('train the sequence-to-sequence template, judge it and draw its forecast: what npm start does')
    .option('--epochs <N>', "train for so many epochs (default: the template's own)", wholeNumber(1, 1_000_000))
    .action((options: { readonly epochs?: number }) => run(async (surroundings) => (await import('./commands/start.ts')).startTour(surroundings, options.epochs)));
  return program;
}

function addProjectCommands(program: Command, run: Runner): void {
  withJson(program.command('new'))
    .description('start a project from a template, with its data beside it; overwrites nothing')
    .argument('<TEMPLATE>', 'one of the templates below')
    .argument('[FILE]', 'the project file to write (default: TEMPLATE.unroll)')
    .addHelpText('after', `\nTemplates:\n${templateList.map(({ id, summary }) => `  ${id.padEnd(22)} ${summary}`).join('\n')}`)
    .action((template: string, file: string | undefined) =>
      run(async (surroundings) => (await import('./commands/new.ts')).createProject(surroundings, template, file)),
    );

  withJson(program.command('check'))
    .description('check the graph, its shapes and its data, without training')
    .argument('<FILE>', 'a project file (.unroll)')
    .action((file: string) => run(async (surroundings) => (await import('./commands/check.ts')).checkProject(surroundings, file)));

  withJson(program.command('describe'))
    .description('print the layers with their shapes, parameters and multiply-adds')
    .argument('<FILE>', 'a project file (.unroll)')
    .action((file: string) => run(async (surroundings) => (await import('./commands/describe.ts')).describeProject(surroundings, file)));

  withJson(program.command('draw'))
    .description('draw the graph as a picture, for a paper or a page')
    .argument('<FILE>', 'a project file (.unroll)')
    .requiredOption('--out <PICTURE>', 'the picture to write, .svg or .png; must not exist or be empty')
    .addOption(new Option('--theme <THEME>', 'on a light or on a dark ground').choices(['light', 'dark']).default('light'))
    .option('--shapes', 'with what runs on each wire, its axes named')
    .action((file: string, options: Omit<DrawArguments, 'file'>) => run(async (surroundings) => (await import('./commands/draw.ts')).drawProject(surroundings, { file, ...options })));
}

function addImportCommand(program: Command, run: Runner): void {
  withJson(program.command('import'))
    .description("make a project of another program's model, with its weights as a run beside it; overwrites nothing")
    .argument('<FILE>', 'a model of Keras 3 (.keras)')
    .requiredOption('--out <FILE.unroll>', 'the project file to write')
    .option('--data <FILE.csv>', 'let its Series node read this file; a Keras model says nothing of its data')
    .option('--columns <LIST>', 'the columns that the model reads, in their order: temperature,wind', columnList)
    .action((file: string, options: Omit<ImportArguments, 'file'>) => run(async (surroundings) => (await import('./commands/import.ts')).importModel(surroundings, { file, ...options })));
}

function columnList(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

function addFindRateCommand(program: Command, run: Runner): void {
  withJson(program.command('find-rate'))
    .description('try learning rates on a copy of the model, over some hundred steps, and suggest one; writes nothing')
    .argument('<FILE>', 'a project file (.unroll)')
    .addOption(repeatable('--set <NODE.PARAMETER=VALUE>', 'try with another parameter than the file has; may be repeated'))
    .addOption(repeatable('--data <NODE=FILE.csv>', 'let a Series node read another file; may be repeated'))
    .action((file: string, options: Omit<FindRateArguments, 'file'>) =>
      run(async (surroundings) => (await import('./commands/find-rate.ts')).findLearningRate(surroundings, { file, ...options })),
    );
}

function addTrainCommand(program: Command, run: Runner): void {
  withJson(program.command('train'))
    .description('train a project and judge it on its validation part; Ctrl+C stops within one step and keeps a checkpoint')
    .argument('[FILE]', 'a project file (.unroll); may be left out with --resume')
    .option('--out <DIR>', 'the run directory; must not exist or be empty (default: a new one in runs/ beside the project)')
    .addOption(repeatable('--set <NODE.PARAMETER=VALUE>', 'train with another parameter than the file has; may be repeated'))
    .addOption(repeatable('--data <NODE=FILE.csv>', 'let a Series node read another file; may be repeated'))
    .option('--epochs <N>', 'train for so many epochs', wholeNumber(1, 1_000_000))
    .option('--seed <N>', 'seed of the weights, the order of batches and dropout', wholeNumber(0, largestSeed))
    .addOption(new Option('--seeds <LIST>', 'train once for each seed: 1..5 or 1,2,3').argParser(seedList).conflicts(['seed', 'resume']))
    .addOption(new Option('--from <DIR>', "start with the kept weights of this run instead of fresh ones, wherever a layer's fit").conflicts(['resume']))
    .addOption(new Option('--resume <DIR>', 'go on with a run that was stopped; more --epochs train a finished one for longer').conflicts(['seed', 'out', 'set', 'data']))
    .option('--processors <N>', 'use so many processors at most: 1 for several trainings at once (default: all)', wholeNumber(1, mostProcessors))
    .addHelpText('after', trainExamples)
    .action((file: string | undefined, options: Omit<TrainArguments, 'file'>) =>
      run(async (surroundings) => (await import('./commands/train.ts')).trainProject(surroundings, { file, ...options })),
    );
}

function addRunCommands(program: Command, run: Runner): void {
  withJson(program.command('evaluate'))
    .description("judge a run's kept weights beside the baselines, on exactly the same windows")
    .argument('<RUN>', "a run's directory")
    .addOption(new Option('--part <PART>', 'the part of the data to judge on').choices(['validation', 'test']).default('validation'))
    .option('--samples <N>', 'draw each forecast so many times with dropout on, and say how many true values the bands hold', wholeNumber(2, mostDraws))
    .action((directory: string, options: { readonly part: EvaluatedPart; readonly samples?: number }) =>
      run(async (surroundings) => (await import('./commands/evaluate.ts')).evaluateRun(surroundings, directory, options.part, options.samples)),
    );

  withJson(program.command('predict'))
    .description('forecast new data; writes a CSV file with the columns origin, step, date, column, forecast')
    .argument('<RUN>', "a run's directory")
    .requiredOption('--data <FILE.csv>', 'a CSV file with the columns that the run was trained on')
    .requiredOption('--out <FILE.csv>', 'the file to write; must not exist or be empty')
    .addOption(new Option('--origins <WHICH>', 'forecast from the last row only, or from every row that has a whole window before it').choices(['last', 'all']).default('last'))
    .option('--samples <N>', 'draw each forecast so many times with dropout on: adds the columns mean, low80, high80, low95, high95', wholeNumber(2, mostDraws))
    .action((directory: string, options: Omit<PredictArguments, 'directory'>) =>
      run(async (surroundings) => (await import('./commands/predict.ts')).predictWithRun(surroundings, { directory, ...options })),
    );

  withJson(program.command('export'))
    .description('take the trained model away')
    .argument('<RUN>', "a run's directory")
    .addOption(new Option('--format <FORMAT>', 'one of the formats below').choices(exportFormatNames).makeOptionMandatory())
    .requiredOption('--out <PATH>', 'where to write; must not exist or be empty')
    .addOption(new Option('--scaler <PLACE>', "inside: the export takes and gives numbers in the data's own unit (ONNX)").choices(scalerPlaces).default('outside'))
    .option('--verify', 'fail where no runtime is at hand that can prove the export')
    .option('--allow-unverified', 'keep the export also where a runtime says something else than the model')
    .addHelpText('after', `\nFormats:\n${exportFormatNames.map((name) => `  ${name.padEnd(12)} ${exportFormats[name].summary}`).join('\n')}\n\nEvery export is read back by another runtime and compared with the model on the run's test windows.`)
    .action((directory: string, options: Omit<ExportArguments, 'directory'>) =>
      run(async (surroundings) => (await import('./commands/export.ts')).exportRun(surroundings, { directory, ...options })),
    );
}

function addPythonCommand(program: Command, run: Runner): void {
  withJson(program.command('python'))
    .description('say which Python checks exports, make one, or choose one')
    .addOption(new Option('--make', 'make an environment with Keras, TensorFlow and onnx, every package by its hash; fetches about 360 MB').conflicts(['use', 'forget']))
    .addOption(new Option('--use <PATH>', 'let this Python check exports: it needs keras 3, tensorflow, onnx, safetensors and numpy').conflicts(['forget']))
    .option('--forget', 'go back to the environment that Unroll made, if there is one')
    .action((options: PythonArguments) => run(async (surroundings) => (await import('./commands/python.ts')).tendPython(surroundings, options)));
}

function withJson(command: Command): Command {
  return command.option('--json', 'print one JSON object on standard output, and nothing else there');
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, before: readonly string[]) => [...before, value]).default([], 'none');
}

function seedList(text: string): readonly number[] {
  const seeds = parseSeeds(text);
  if (typeof seeds === 'string') throw new InvalidArgumentError(seeds);
  return seeds;
}

const overview = `
A first run:
  unroll new seattle-weather            a project, with its data beside it
  unroll describe seattle-weather.unroll
  unroll train seattle-weather.unroll   writes a run to runs/
  unroll evaluate runs/RUN --part test  the verdict, beside the naive forecast

Exit codes: 0 done, 1 the project, the data or the training failed, 2 wrong usage.`;

const trainExamples = `
NODE is a node's id or label, as in the project file; "training" stands for the training settings:
  unroll train weather.unroll --set lstm-1.units=32 --set training.learningRate=0.003
  unroll train weather.unroll --data series-1=other.csv --epochs 5
  unroll train weather.unroll --seeds 1..5
  unroll train --resume runs/RUN`;
