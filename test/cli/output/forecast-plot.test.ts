import { describe, expect, it } from 'vitest';
import { plotForecast } from '../../../cli/output/forecast-plot.ts';
import { sampleForecast } from './sample-forecast.ts';

const plain = { columns: 80, colours: false };

describe('the forecast plotted in a terminal', () => {
  it('tells model and naive by marks where there are no colours', () => {
    expect(plotForecast(sampleForecast, plain)).toMatchInlineSnapshot(`
      [
        "            ── what happened   o the model's forecast   . the naive forecast",
        "     3.30 ┤                                           ooo",
        "     3.12 ┤                                        ╭─oo╯o",
        "     2.95 ┤                                     ╭ ooooo...",
        "     2.77 ┤                                 ╭───╯",
        "     2.59 ┤                              ╭──╯",
        "     2.42 ┤                          ╭───╯",
        "     2.24 ┤                      ╭───╯",
        "     2.06 ┤                   ╭──╯",
        "     1.88 ┤               ╭───╯",
        "     1.71 ┤            ╭──╯",
        "     1.53 ┤        ╭───╯",
        "     1.35 ┤     ╭──╯",
        "     1.18 ┤ ╭───╯",
        "     1.00 ┤ ─╯",
        "                                            origin ^      +4",
      ]
    `);
  });

  it('uses colours where there are', () => {
    const text = plotForecast(sampleForecast, { columns: 80, colours: true }).join('\n');
    expect(text).toContain('\u001B[94m');
    expect(text).not.toContain('o─');
  });

  it.each([80, 120, 200])('is at most %d columns wide', (columns) => {
    expect(Math.max(...plotForecast(sampleForecast, { columns, colours: false }).map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('bridges missing values, and survives a constant and an empty series', () => {
    const gap = { ...sampleForecast, truth: [3, Number.NaN, Number.NaN, 3.3] };
    expect(plotForecast(gap, plain).length).toBe(plotForecast(sampleForecast, plain).length);
    const constant = { ...sampleForecast, history: [1, 1, 1], truth: [1, 1], model: [1, 1], naive: [1, 1] };
    expect(plotForecast(constant, plain).join('\n')).toContain('o');
    const nothing = { ...sampleForecast, history: [Number.NaN], truth: [Number.NaN], naive: [Number.NaN], model: [Number.NaN] };
    expect(() => plotForecast(nothing, plain)).not.toThrow();
  });
});
