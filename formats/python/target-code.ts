import type { Model, TargetPlan } from '../../core/compile/model.ts';
import { firstTarget, takesSequence } from '../../core/compile/model.ts';
import { dataNeeds } from './data-needs.ts';
import { observedArguments } from './origins-code.ts';

/** Their shape, in words. */
export function shapeOfTargets(target: TargetPlan): string {
  switch (target.kind) {
    case 'forecast':
      return takesSequence(target) ? '(windows, WINDOW, HORIZON · columns)' : '(windows, HORIZON · columns)';
    case 'reconstruct':
    case 'impute':
      return '(windows, WINDOW, columns)';
    case 'classify':
    case 'regress':
      return '(windows, numbers)';
  }
}

/** The lines of windows() that make targets of `series`, `origins`, `scaled` and `inputs`, and weights where targets do not all count alike. */
export function targetLines(model: Model): readonly string[] {
  const target = firstTarget(model);
  const { hasGaps, filling, isWeighted } = dataNeeds(model);
  const isLinear = filling === 'linear';
  switch (target.kind) {
    case 'forecast': {
      const isSequence = takesSequence(target);
      const byTime = model.data.split.by === 'time';
      const shape = isSequence ? '(len(series), WINDOW, HORIZON * len(PLACES))' : '(len(series), HORIZON * len(PLACES))';
      return [
        ...(isSequence
          ? [
              '# At each time step of the window: what follows it.',
              'seen = origins[:, np.newaxis] - np.arange(WINDOW)[::-1]',
              'rows = seen[..., np.newaxis] + 1 + np.arange(HORIZON)',
              'where = (series[:, np.newaxis, np.newaxis], rows)',
            ]
          : ['rows = origins[:, np.newaxis] + 1 + np.arange(HORIZON)', 'where = (series[:, np.newaxis], rows)']),
        `targets = scaled[where][..., PLACES].reshape${shape}`,
        ...(hasGaps ? ['targets = np.nan_to_num(targets)'] : []),
        ...(isWeighted
          ? [
              hasGaps
                ? `weights = observed[where][..., PLACES].astype(np.float32)`
                : 'weights = np.ones((*rows.shape, len(PLACES)), np.float32)',
              ...(isSequence && byTime ? ['# What lies in an earlier part is not scored again.', 'weights[rows < borders(part, values)[0]] = 0'] : []),
              ...(isSequence && isLinear ? ['weights[looks_ahead[series[:, np.newaxis], seen].any(axis=2)] = 0'] : []),
              ...(target.horizonWeights === null ? [] : ['weights *= np.array(HORIZON_WEIGHTS, np.float32)[:, np.newaxis]']),
              `weights = weights.reshape${shape}`,
            ]
          : []),
        'targets = targets.astype(np.float32)',
      ];
    }
    case 'classify': {
      const isBinary = target.loss.kind === 'binary-crossentropy';
      return [
        `classes = labels[LABELS[0]][series]`,
        isBinary ? 'targets = (classes == 1).astype(np.float32)[:, np.newaxis]' : 'targets = (classes[:, np.newaxis] == np.arange(len(CLASSES))).astype(np.float32)',
        ...(isWeighted
          ? target.balanced
            ? [
                '# Every class counts alike, however rare it is in the training part.',
                `learnt = labels[LABELS[0]][find_windows("training", values${observedArguments(model)})[0]]`,
                'counts = np.array([(learnt == place).sum() for place in range(len(CLASSES))])',
                'weight_of_class = np.where(counts > 0, counts.sum() / (len(CLASSES) * np.maximum(counts, 1)), 0)',
                'weights = np.where(classes < 0, 0, weight_of_class[classes]).astype(np.float32)',
              ]
            : ['weights = (classes >= 0).astype(np.float32)']
          : []),
      ];
    }
    case 'reconstruct':
      return [
        'targets = inputs[..., PLACES]',
        ...(hasGaps ? ['weights = observed[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)[::-1]][..., PLACES].astype(np.float32)'] : []),
      ];
    case 'impute':
      return [
        `targets = np.nan_to_num(scaled[rows][..., PLACES]${target.centerWindows ? ' - levels_of(scaled[rows], known)[..., PLACES]' : ''}).astype(np.float32)`,
        `weights = np.where(hidden, 1, ${target.visibleWeight === 0 ? '0' : `${target.visibleWeight} * known`})[..., PLACES].astype(np.float32)`,
      ];
    case 'regress':
      return [
        'numbers = np.stack([labels[name] for name in LABELS], axis=1)[series]',
        ...(isWeighted ? ['weights = (~np.isnan(numbers)).astype(np.float32)', 'numbers = np.where(np.isnan(numbers), LABEL_OFFSETS, numbers)'] : []),
        'targets = ((numbers - LABEL_OFFSETS) / LABEL_FACTORS).astype(np.float32)',
      ];
  }
}
