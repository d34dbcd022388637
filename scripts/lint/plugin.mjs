import { reasonedExemption } from './reasoned-exemption.mjs';
import { roomArrows } from './room-arrows.mjs';

export default {
  meta: { name: 'unroll' },
  rules: { 'room-arrows': roomArrows, 'reasoned-exemption': reasonedExemption },
};
