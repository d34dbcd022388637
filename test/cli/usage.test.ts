import { describe, expect, it } from 'vitest';
import { checkout, unroll, unrollJson } from './unroll-command.ts';

describe('unroll', () => {
  it('says what it can do', async () => {
    const { code, output } = await unroll(checkout, '--help');
    expect(code).toBe(0);
    for (const command of ['new', 'check', 'describe', 'draw', 'train', 'evaluate', 'predict', 'export', 'python', 'start']) {
      expect(output).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    expect(output).toContain('Exit codes: 0 done, 1 the project, the data or the training failed, 2 wrong usage');
  });

  it('says what a command can do, with examples', async () => {
    const { code, output } = await unroll(checkout, 'train', '--help');
    expect(code).toBe(0);
    expect(output).toContain('--set lstm-1.units=32');
  });

  it('tells its version', async () => {
    expect(await unroll(checkout, '--version')).toEqual({ code: 0, output: '0.1.0\n', errors: '' });
  });

  it.each([
    [['train', 'a.unroll', '--epoch', '1'], "error at --epoch: Unknown option '--epoch'. (Did you mean --epochs?) See unroll train --help.\n"],
    [['trian', 'a.unroll'], "error at unroll: Unknown command 'trian'. (Did you mean train?) See unroll --help.\n"],
    [['check'], "error at unroll: Missing required argument 'FILE'. See unroll check --help.\n"],
    [['train'], 'error at FILE: The project file to train is missing. See unroll train --help.\n'],
    [['train', 'a.unroll', '--epochs', '0'], "error at --epochs: Option '--epochs <N>' argument '0' is invalid. Expected a whole number from 1 to 1000000. See unroll train --help.\n"],
    [['train', 'a.unroll', '--processors', '0'], "error at --processors: Option '--processors <N>' argument '0' is invalid. Expected a whole number from 1 to 256. See unroll train --help.\n"],
    [['train', 'a.unroll', '--seeds', '5..1'], "error at --seeds: Option '--seeds <LIST>' argument '5..1' is invalid. The range 5..1 runs backwards. See unroll train --help.\n"],
    [['train', 'a.unroll', '--seed', '1', '--seeds', '1,2'], "error at --seeds: Option '--seeds <LIST>' cannot be used with option '--seed <N>'. See unroll train --help.\n"],
    [['evaluate', 'run', '--part', 'training'], "error at --part: Option '--part <PART>' argument 'training' is invalid. Allowed choices are validation, test. See unroll evaluate --help.\n"],
    [['predict', 'run', '--out', 'a.csv'], "error at --data: Required option '--data <FILE.csv>' not specified. See unroll predict --help.\n"],
    [['python', '--make', '--use', 'python3'], "error at --make: Option '--make' cannot be used with option '--use <PATH>'. See unroll python --help.\n"],
    [['export', 'run', '--format', 'gguf', '--out', 'a'], "error at --format: Option '--format <FORMAT>' argument 'gguf' is invalid. Allowed choices are keras, onnx, python, savedmodel, tfjs, weights. See unroll export --help.\n"],
  ])('refuses %j as wrong usage', async (given, errors) => {
    expect(await unroll(checkout, ...given)).toEqual({ code: 2, output: '', errors });
  });

  it('refuses wrong usage as one JSON object where JSON is asked for', async () => {
    expect(await unrollJson(checkout, 'train', 'a.unroll', '--epoch', '1')).toEqual({
      code: 2,
      json: {
        diagnostics: [
          {
            code: 'wrong-usage',
            severity: 'error',
            where: { kind: 'option', option: '--epoch' },
            message: "Unknown option '--epoch'. (Did you mean --epochs?) See unroll train --help.",
          },
        ],
      },
    });
  });

  it('without a command asks for one', async () => {
    const { code, errors } = await unroll(checkout);
    expect(code).toBe(2);
    expect(errors).toContain('A command is missing.');
  });
});
