#include <algorithm>

#include "plain-product.h"
#include "scan.h"

namespace unroll {
namespace {

// Strides, in floats, of one series and one step in a plain tensor.
struct PlainLayout {
  size_t series, step;
};

PlainLayout plainLayout(bool batchFirst, int batch, int steps, int rows) {
  const size_t width = static_cast<size_t>(rows);
  return batchFirst ? PlainLayout{static_cast<size_t>(steps) * width, width} : PlainLayout{width, static_cast<size_t>(batch) * width};
}

typedef float Four __attribute__((vector_size(16)));
typedef float LooseFour __attribute__((vector_size(16), aligned(4), may_alias));

Four loadFour(const float* from) { return *reinterpret_cast<const LooseFour*>(from); }
void storeFour(float* to, Four values) { *reinterpret_cast<LooseFour*>(to) = values; }

}  // namespace

// Four by four.
void transposeSixteen(const float* from, size_t apart, size_t count, float* to) {
  size_t at = 0;
  for (; at + 4 <= count; at += 4) {
    for (size_t lane = 0; lane < lanes; lane += 4) {
      const float* const corner = from + lane * apart + at;
      const Four a = loadFour(corner), b = loadFour(corner + apart), c = loadFour(corner + 2 * apart), d = loadFour(corner + 3 * apart);
      const Four lowAb = __builtin_shufflevector(a, b, 0, 4, 1, 5), highAb = __builtin_shufflevector(a, b, 2, 6, 3, 7);
      const Four lowCd = __builtin_shufflevector(c, d, 0, 4, 1, 5), highCd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
      float* const target = to + at * lanes + lane;
      storeFour(target, __builtin_shufflevector(lowAb, lowCd, 0, 1, 4, 5));
      storeFour(target + lanes, __builtin_shufflevector(lowAb, lowCd, 2, 3, 6, 7));
      storeFour(target + 2 * lanes, __builtin_shufflevector(highAb, highCd, 0, 1, 4, 5));
      storeFour(target + 3 * lanes, __builtin_shufflevector(highAb, highCd, 2, 3, 6, 7));
    }
  }
  for (; at < count; at++) {
    for (size_t lane = 0; lane < lanes; lane++) to[at * lanes + lane] = from[lane * apart + at];
  }
}

void toLanes(const float* from, bool batchFirst, int batch, int steps, int rows, float* to) {
  const PlainLayout plain = plainLayout(batchFirst, batch, steps, rows);
  const size_t width = static_cast<size_t>(rows), stepsInOne = batchFirst ? static_cast<size_t>(steps) : 1;
  for (int block = 0; block < blocksOf(batch); block++) {
    const int series = std::min(lanes, batch - block * lanes);
    const float* const first = from + static_cast<size_t>(block) * lanes * plain.series;
    if (series == lanes) {
      // A series' steps follow each other where the batch comes first: they are one run of numbers.
      for (size_t step = 0; step < static_cast<size_t>(steps); step += stepsInOne, to += stepsInOne * width * lanes) {
        transposeSixteen(first + step * plain.step, plain.series, stepsInOne * width, to);
      }
      continue;
    }
    for (int step = 0; step < steps; step++, to += width * lanes) {
      const float* const source = first + static_cast<size_t>(step) * plain.step;
      std::fill(to, to + width * lanes, 0.0f);
      for (int lane = 0; lane < series; lane++) {
        const float* const one = source + static_cast<size_t>(lane) * plain.series;
        for (int row = 0; row < rows; row++) to[row * lanes + lane] = one[row];
      }
    }
  }
}

void fromLanes(const float* from, const LaneView& view, bool batchFirst, int batch, int steps, int rows, float* to) {
  const PlainLayout plain = plainLayout(batchFirst, batch, steps, rows);
  const size_t slotFloats = static_cast<size_t>(view.slotRows) * lanes;
  for (int block = 0; block < blocksOf(batch); block++) {
    const int series = std::min(lanes, batch - block * lanes);
    const float* const blockRows = from + static_cast<size_t>(block) * static_cast<size_t>(view.slots) * slotFloats;
    for (int step = 0; step < steps; step++) {
      const bool there = view.steps.isThere(step);
      const float* const source = there ? blockRows + static_cast<size_t>(view.steps.slotOf(step)) * slotFloats + static_cast<size_t>(view.firstRow) * lanes : nullptr;
      float* const target = to + static_cast<size_t>(block) * lanes * plain.series + static_cast<size_t>(step) * plain.step;
      for (int lane = 0; lane < series; lane++) {
        float* const one = target + static_cast<size_t>(lane) * plain.series;
        for (int row = 0; row < rows; row++) one[row] = there ? source[row * lanes + lane] : 0.0f;
      }
    }
  }
}

}  // namespace unroll
