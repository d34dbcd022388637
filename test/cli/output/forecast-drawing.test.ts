import { describe, expect, it } from 'vitest';
import { drawForecasts } from '../../../cli/output/forecast-drawing.ts';
import { sampleForecast } from './sample-forecast.ts';

describe('the forecast as SVG', () => {
  const drawing = drawForecasts({ title: 'A & B', subtitle: 'beats "naive"', samples: [sampleForecast, sampleForecast, sampleForecast] });

  it('draws truth, model and naive for every sample', () => {
    for (const [name, lines] of [['truth', 2], ['model', 1], ['naive', 1]] as const) {
      const drawn = drawing.match(new RegExp(`<path class="line ${name}" d="M[^"]{15,}"/>`, 'g')) ?? [];
      expect(drawn.length).toBe(3 * lines);
    }
  });

  it('keeps text from becoming markup', () => {
    expect(drawing).toContain('<title id="title">A &amp; B</title>');
    expect(drawing).toContain('height &lt;m&gt;, from 2020-02-01');
    expect(drawing).not.toContain('<m>');
  });

  it('has a light and a dark look', () => {
    expect(drawing).toContain('.surface{fill:#ffffff}');
    expect(drawing).toMatch(/@media \(prefers-color-scheme: dark\)\{.*\.surface\{fill:#16191d\}/);
  });

  it('holds numbers only where numbers belong, for missing values too', () => {
    const gaps = { ...sampleForecast, truth: [Number.NaN, 3], history: [Number.NaN, 1, 2] };
    expect(drawForecasts({ title: 'T', subtitle: 'S', samples: [gaps] })).not.toMatch(/NaN|Infinity|undefined/);
    const nothing = { ...sampleForecast, history: [Number.NaN], truth: [Number.NaN], naive: [Number.NaN], model: [Number.NaN] };
    expect(drawForecasts({ title: 'T', subtitle: 'S', samples: [nothing] })).not.toMatch(/NaN|Infinity|undefined/);
  });
});
