import { writeFileSync } from 'node:fs';
import { area, arrow, drawing, line, text } from './drawing.ts';
import type { Colour } from './drawing.ts';

/** Draws docs/images/scan-kernel.svg, the picture of docs/scan-kernel.md: `npm run picture:scan-kernel`. */
const target = new URL('../../docs/images/scan-kernel.svg', import.meta.url);
const [width, height] = [980, 840];

function heading(x: number, y: number, content: string): string {
  return text({ x, y }, content, { bold: true, size: 14 });
}

/** From a program to a run: what each stage is, and where it lives. */
function stages(): readonly string[] {
  const boxes = [
    { title: 'program', detail: 'core’s body', file: 'core/' },
    { title: 'cells', detail: 'what works step by step', file: 'stepwise/, merge-scans' },
    { title: 'rows', detail: 'fused, placed in memory', file: 'lower-body … place-rows' },
    { title: 'bytecode', detail: 'text of one graph node', file: 'emit-program, gather-scans' },
    { title: 'native call', detail: 'validated, then run', file: 'native/' },
  ];
  const [boxWidth, gap, y] = [168, 27, 44];
  return boxes.flatMap(({ title, detail, file }, index) => {
    const x = 16 + index * (boxWidth + gap);
    const middle = x + boxWidth / 2;
    return [
      area({ x, y, width: boxWidth, height: 76 }, index === boxes.length - 1 ? 'pale' : 'faint', 6),
      text({ x: middle, y: y + 24 }, title, { anchor: 'middle', bold: true }),
      text({ x: middle, y: y + 43 }, detail, { anchor: 'middle', size: 12 }),
      text({ x: middle, y: y + 63 }, file, { anchor: 'middle', size: 11, mono: true, colour: index === boxes.length - 1 ? 'ink' : 'quiet' }),
      ...(index === 0 ? [] : [arrow({ x: x - gap + 3, y: y + 38 }, { x: x - 3, y: y + 38 }, 'quiet')]),
    ];
  });
}

/** A batch of 40 in blocks of sixteen series, and one of their steps. */
function layout(top: number): readonly string[] {
  const blocks = [['series 0 to 15', 16], ['series 16 to 31', 16], ['series 32 to 39', 8]] as const;
  const [lane, blockLeft, steps] = [5, 130, 12];
  const drawnBlocks = blocks.flatMap(([label, used], block) => {
    const y = top + 30 + block * 96;
    return [
      text({ x: 16, y: y + 36 }, label),
      ...(used < 16 ? [text({ x: 16, y: y + 54 }, '8 lanes idle', { size: 12, colour: 'quiet' })] : []),
      ...Array.from({ length: steps }, (_, step) => [
        area({ x: blockLeft + step * 24, y, width: 20, height: used * lane }, step === steps - 1 && block === 0 ? 'blue' : 'pale', 2),
        ...(used < 16 ? [area({ x: blockLeft + step * 24, y: y + used * lane, width: 20, height: (16 - used) * lane }, 'faint', 2)] : []),
      ]).flat(),
    ];
  });
  const [cell, left, rows] = [20, 560, 8];
  const slotTop = top + 40;
  const slot = Array.from({ length: rows }, (_, row) => {
    const colour: Colour = row < 4 ? 'pale' : row < 6 ? 'blue' : 'grey';
    return Array.from({ length: 16 }, (_lane, index) => area({ x: left + index * cell, y: slotTop + row * (cell + 6), width: cell - 3, height: cell }, colour, 2)).join('');
  });
  const label = (row: number, content: string): string => text({ x: left + 16 * cell + 8, y: slotTop + row * (cell + 6) + 15 }, content, { size: 12 });
  return [
    heading(16, top, 'A batch of 40: blocks share nothing until sums are added'), ...drawnBlocks,
    arrow({ x: blockLeft, y: top + 322 }, { x: blockLeft + steps * 24, y: top + 322 }, 'quiet'), text({ x: blockLeft + steps * 24 + 8, y: top + 326 }, 'time', { colour: 'quiet' }),
    heading(left - 50, top, 'One step of one block: a slot of the tape'), ...slot,
    label(0, 'gates'), label(4, 'state'), label(6, 'kept for'), label(7, 'the way back'),
    text({ x: left, y: slotTop + rows * (cell + 6) + 16 }, 'a row: one unit of sixteen series, 64 bytes,', { size: 12, colour: 'quiet' }),
    text({ x: left, y: slotTop + rows * (cell + 6) + 33 }, 'one or two vector registers', { size: 12, colour: 'quiet' }),
    line({ x: blockLeft + (steps - 1) * 24 + 20, y: top + 32 }, { x: left - 8, y: slotTop }, 'line'),
    line({ x: blockLeft + (steps - 1) * 24 + 20, y: top + 108 }, { x: left - 8, y: slotTop + rows * (cell + 6) - 6 }, 'line'),
  ];
}

/** A causal convolution of dilation 2: the same sequence, read at two places. */
function taps(top: number): readonly string[] {
  const [cell, left, steps] = [38, 110, 8];
  const row = (y: number, shift: number): string => Array.from({ length: steps }, (_, step) => {
    const index = step - shift;
    const x = left + step * cell;
    return area({ x, y, width: cell - 4, height: 26 }, index < 0 ? 'faint' : 'pale', 3) + text({ x: x + (cell - 4) / 2, y: y + 17 }, index < 0 ? '0' : `x${index}`, { anchor: 'middle', size: 12 });
  }).join('');
  return [
    heading(16, top, 'Taps: a causal convolution, dilation 2'),
    text({ x: 16, y: top + 38 }, 'at t − 2'), row(top + 20, 2), text({ x: left + steps * cell + 6, y: top + 38 }, '· W₀'),
    text({ x: 16, y: top + 72 }, 'at t'), row(top + 54, 0), text({ x: left + steps * cell + 6, y: top + 72 }, '· W₁'),
    text({ x: 16, y: top + 104 }, 'one tensor read twice: nothing is moved', { size: 12, colour: 'quiet' }),
  ];
}

/** All scans of a pass, block by block, and who does them. */
function pass(top: number): readonly string[] {
  const left = 16;
  const lanesOf = [['thread 1', 'block 0', 0], ['thread 2', 'block 1', 1], ['thread 1', 'block 2', 0]] as const;
  const parts = [['layer 1', 'pale'], ['layer 2', 'pale'], ['loss', 'blue'], ['layer 2', 'grey'], ['layer 1', 'grey']] as const;
  const [partWidth, first] = [88, 96];
  const rowOf = (thread: number, block: string, start: number): readonly string[] => {
    const y = top + 30 + thread * 46;
    return [
      ...parts.flatMap(([name, colour], index) => {
        const x = first + start + index * (partWidth / 1.45);
        const own = partWidth / 1.45 - 3;
        return [area({ x, y, width: own, height: 30 }, colour, 3), text({ x: x + own / 2, y: y + 19 }, name, { anchor: 'middle', size: 11, colour: colour === 'pale' ? 'ink' : 'paper' })];
      }),
      text({ x: first + start, y: y - 4 }, block, { size: 11, colour: 'quiet' }),
    ];
  };
  const whole = parts.length * (partWidth / 1.45);
  return [
    heading(left, top, 'One call, the whole pass: forwards, loss, backwards; each block through all of it'),
    ...[0, 1].map((thread) => text({ x: left, y: top + 49 + thread * 46 }, `thread ${thread + 1}`)),
    ...lanesOf.flatMap(([, block, thread], index) => rowOf(thread, block, index < 2 ? 0 : whole + 14)),
    area({ x: first + 2 * whole + 34, y: top + 30, width: 110, height: 76 }, 'faint', 6),
    text({ x: first + 2 * whole + 89, y: top + 63 }, 'sums of all blocks', { anchor: 'middle', size: 12 }),
    text({ x: first + 2 * whole + 89, y: top + 81 }, 'in a fixed order', { anchor: 'middle', size: 12 }),
    text({ x: left, y: top + 128 }, 'Whoever is free takes the next block; on one thread or several the bits are the same.', { size: 12, colour: 'quiet' }),
  ];
}

writeFileSync(target, drawing('How the scan kernel compiles a cell, lays out its memory, and runs a pass', width, height, [
  heading(16, 28, 'From a program to a run'), ...stages(), ...layout(160), ...taps(530), ...pass(690),
]));
console.log('docs/images/scan-kernel.svg is drawn.');
