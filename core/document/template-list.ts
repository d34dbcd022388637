export interface TemplateFacts {
  /** Its file is assets/templates/<id>.unroll; the document's name is its title. */
  readonly id: string;
  readonly summary: string;
}

/** The templates, in the order in which they are offered. */
export const templateList: readonly TemplateFacts[] = [
  { id: 'next-value', summary: 'The next value of a wave, from 50 before it: two SimpleRNN layers.' },
  { id: 'linear', summary: 'The same without a recurrence: all 50 values weighed at once by a Dense, which a network should beat.' },
  { id: 'one-unit', summary: 'The same with the least recurrence there is: a SimpleRNN of one unit, three numbers in all.' },
  { id: 'ten-steps', summary: 'The next ten values of a wave at once: two SimpleRNN layers.' },
  { id: 'iterated', summary: 'The next ten values of a wave one by one: a model of the next value, fed with its own forecasts.' },
  { id: 'sequence-to-sequence', summary: 'The next ten values at every time step of a wave: two LSTM layers.' },
  { id: 'gru', summary: 'The next ten values at every time step of a wave: two GRU layers.' },
  { id: 'best-ten-steps', summary: 'The next ten values of a wave, as exactly as half a minute allows: two wider LSTM layers, a learning rate that falls.' },
  { id: 'encoder-decoder', summary: 'The next ten values of a wave: an LSTM reads the window, and a second one takes over its states and writes the forecast.' },
  { id: 'bidirectional', summary: 'The next ten values of a wave: an LSTM layer reads the window in both directions before a second one.' },
  { id: 'layer-norm', summary: 'The next ten values of a wave, with layer normalisation between two SimpleRNN layers.' },
  { id: 'layer-norm-cell', summary: 'The next ten values at every time step of a wave: two SimpleRNN layers normalised inside their cells.' },
  { id: 'batch-norm', summary: 'The next ten values at every time step of a wave, with batch normalisation after each of two SimpleRNN layers.' },
  { id: 'conv1d-gru', summary: 'The next ten values of a wave: a convolution halves the time steps for two GRU layers.' },
  { id: 'wavenet', summary: 'The next ten values at every time step of a wave: causal convolutions that reach further back layer by layer.' },
  { id: 'sequence-classifier', summary: 'Which of the two waves in a series is the faster one for its kind: a class told by a convolution and an LSTM.' },
  { id: 'wave-parameters', summary: 'What a wave is made of: its four numbers and its class, two targets on one model.' },
  { id: 'drawn-wave', summary: 'The other way round: a whole wave drawn from the four numbers that it is made of, a vector that two GRU layers unfold.' },
  { id: 'seattle-weather', summary: 'A week of daily high and low temperatures from weather in several columns: a CSV file with a yearly season.' },
  { id: 'weather-categories', summary: 'The same week of temperatures, told with the kind of weather and the month as well: an embedding learns a vector for each.' },
  { id: 'monte-carlo-dropout', summary: 'The same week of temperatures with dropout: each forecast drawn a hundred times, with 80 % and 95 % bands.' },
  { id: 'sunspot-quantiles', summary: 'Five years of sunspots as quantiles, 0.1, 0.5 and 0.9: a forecast with a band that is wide where the sun is restless.' },
  { id: 'stateful-sunspots', summary: 'Three years of sunspots from windows that follow each other: a stateful GRU with a truncated gradient remembers those before.' },
  { id: 'mauna-loa-co2', summary: 'Half a year of weekly carbon dioxide: a CSV file with gaps, a trend and a yearly season.' },
  { id: 'bidirectional-imputer', summary: 'The missing weeks of the same carbon dioxide filled: two GRU layers that look both ways, trained on values that are hidden from them.' },
];
