import type { NodeCategory } from '../nodes/node-type.ts';

export type PictureTheme = 'light' | 'dark';

/** Colours of a picture. Other programs know no oklch: these are the window's tokens as hexadecimal numbers, held together by a test. */
export interface PictureColors {
  readonly ground: string;
  readonly node: string;
  readonly border: string;
  readonly wire: string;
  readonly text: string;
  readonly muted: string;
  readonly danger: string;
  readonly categories: Readonly<Record<NodeCategory, string>>;
}

export const pictureColors: Readonly<Record<PictureTheme, PictureColors>> = {
  light: {
    // A page is white.
    ground: '#ffffff',
    node: '#ffffff',
    border: '#d7d9dc',
    wire: '#868991',
    text: '#1f2228',
    muted: '#545860',
    danger: '#ba1e20',
    categories: {
      data: '#0078aa',
      recurrent: '#834bb9',
      convolution: '#017b80',
      normalization: '#007c59',
      regularization: '#6a7318',
      dense: '#af6112',
      merge: '#ab437b',
      target: '#c13234',
      unknown: '#606369',
    },
  },
  dark: {
    ground: '#111315',
    node: '#232428',
    border: '#37393f',
    wire: '#70747d',
    text: '#eaebee',
    muted: '#a9acb3',
    danger: '#f7857d',
    categories: {
      data: '#61b9ea',
      recurrent: '#bf93f1',
      convolution: '#56c4ca',
      normalization: '#5bc99e',
      regularization: '#b2be55',
      dense: '#efa056',
      merge: '#eb8ab9',
      target: '#f47b74',
      unknown: '#aaaeb4',
    },
  },
};
