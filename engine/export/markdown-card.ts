import { calledScaled } from '../../core/export/called-scaled.ts';
import type { ExportCard } from './export-card.ts';
import type { ProofFinding } from './proof/proof.ts';

/** The card for people. */
export function markdownCard(card: ExportCard): string {
  return [
    `# ${card.model}: ${card.format.title} export`,
    proofSection(card),
    callingSection(card),
    section('Files', table(['file', 'bytes', 'SHA-256'], card.files.map(({ file, bytes, sha256 }) => [`\`${file}\``, String(bytes), `\`${sha256}\``]))),
    section(
      `Model (${card.parameters} trainable parameters)`,
      table(['layer', 'type', 'gives', 'parameters'], card.layers.map(({ label, type, outputs, parameters }) => [label, type, outputs, String(parameters)])),
    ),
    section('Data', table(['source', 'SHA-256', 'terms'], card.data.map(({ source, sha256, terms }) => [source, sha256 === null ? '' : `\`${sha256}\``, terms]))),
    evaluationSection(card),
    section(
      'Origin',
      table(
        ['what', ''],
        [
          ...Object.entries(card.provenance),
          ['epochs', `${card.training.epochs} (weights of epoch ${card.training.bestEpoch} kept)`],
          ...Object.entries(card.versions).map(([name, version]) => [`version of ${name}`, version]),
        ],
      ),
    ),
  ].join('\n\n').concat('\n');
}

function section(title: string, content: string): string {
  return `## ${title}\n\n${content}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function proofSection({ proof }: ExportCard): string {
  const verdicts = {
    proven: `**Verified.** Its predictions differ from the model's by at most ${proof.difference?.toExponential(1)} (allowed: ${proof.allowed.toExponential(0)}), as max |a − b| / max(1, max |b|) over ${proof.windows}.`,
    differs: `**Unverified: it does not say what the model says** (allowed: ${proof.allowed.toExponential(0)}, over ${proof.windows}). It was kept because that was asked for.`,
    unproven: '**Not verified:** no runtime that reads this format was at hand.',
  } as const;
  return section('Proof', [verdicts[proof.verdict], ...proof.findings.map((finding) => `- ${inWords(finding)}`)].join('\n'));
}

function inWords(finding: ProofFinding): string {
  switch (finding.kind) {
    case 'compared':
      return `${finding.runtime}: difference ${finding.difference.toExponential(1)}${finding.agrees ? '' : ', too much'}`;
    case 'well-formed':
      return `${finding.runtime}: follows the rules of its format`;
    case 'failed':
      return `${finding.runtime}: could not load or run it: ${finding.reason}`;
    case 'unavailable':
      return `not checked in ${finding.runtime}: ${finding.reason}`;
  }
}

const statesInWords = {
  carried: 'It is stateful: give it one window after another, each beginning where the one before ended, and reset its states (`layer.reset_state()`) where a series begins.',
  anew: 'In training each window began with the states that the one before left; here they start at zero in every call, so errors may be larger than those below.',
} as const;

const kindsInWords = {
  'layers model': 'It is a layers model: `tf.loadLayersModel` reads it, `predict` runs it, and it can be trained on.',
  'graph model': 'It is a graph model: `tf.loadGraphModel` reads it, and `executeAsync` runs it.',
} as const;

function callingSection({ calling, format: { kind } }: ExportCard): string {
  const { inputs, outputs, scaling, meaning, states } = calling;
  const isScaled = calledScaled(calling);
  const text = [
    `It reads windows \`[${inputs.join(', ')}]\` (batch, time, column) and gives \`[${outputs.join(', ')}]\`: ${meaning}.`,
    isScaled ? 'Both are scaled: scaled = (value − offset) / factor.' : "Both are in the data's own unit.",
    ...(kind === undefined ? [] : [`${kindsInWords[kind.name]}${kind.reason === null ? '' : ` No layers model, because of ${kind.reason}.`}`]),
    ...(states === undefined ? [] : [statesInWords[states]]),
  ].join(' ');
  const columns = table(['column', 'offset', 'factor'], scaling.map(({ column, offset, factor }) => [column, String(offset), String(factor)]));
  return section('How to call it', isScaled ? `${text}\n\n${columns}` : text);
}

function evaluationSection({ evaluation }: ExportCard): string {
  const parts = Object.entries(evaluation).flatMap(([part, judged]) => {
    if (judged === undefined) return [];
    const rows = [
      ['this model', judged.scores],
      ['naive', judged.baselines.naive],
      ['class shares', judged.baselines.shares],
      ['mean', judged.baselines.mean],
      ['linear interpolation', judged.baselines.interpolation],
      ['last value', judged.baselines.lastValue],
      ['mean series', judged.baselines.meanSeries],
      ['seasonal naive', judged.baselines.seasonalNaive],
      ['linear', judged.baselines.linear],
    ] as const;
    const lines = rows.flatMap(([name, score]) => (score === undefined ? [] : [[name, String(score.mse), String(score.mae)]]));
    return [`On ${judged.windows} windows of the ${part} part, in the data's unit: ${judged.verdict}.\n\n${table(['', 'MSE', 'MAE'], lines)}`];
  });
  return section('How good it is', parts.length === 0 ? 'It was not judged.' : parts.join('\n\n'));
}
