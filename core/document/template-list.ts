export interface TemplateFacts {
  /** Its file is assets/templates/<id>.unroll; the document's name is its title. */
  readonly id: string;
  readonly summary: string;
}

/** The templates, in the order in which they are offered. */
export const templateList: readonly TemplateFacts[] = [
  { id: 'next-value', summary: 'The next value of a wave, from 50 before it: two SimpleRNN layers.' },
  { id: 'ten-steps', summary: 'The next ten values of a wave at once: two SimpleRNN layers.' },
  { id: 'sequence-to-sequence', summary: 'The next ten values at every time step of a wave: two LSTM layers.' },
  { id: 'layer-norm', summary: 'The next ten values of a wave, with layer normalisation between two SimpleRNN layers.' },
  { id: 'seattle-weather', summary: 'A week of daily high and low temperatures from weather in several columns: a CSV file with a yearly season.' },
  { id: 'mauna-loa-co2', summary: 'Half a year of weekly carbon dioxide: a CSV file with gaps, a trend and a yearly season.' },
];
