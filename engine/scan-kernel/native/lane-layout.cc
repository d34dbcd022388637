#include <algorithm>

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

}  // namespace

void toLanes(const float* from, bool batchFirst, int batch, int steps, int rows, float* to) {
  const PlainLayout plain = plainLayout(batchFirst, batch, steps, rows);
  for (int block = 0; block < blocksOf(batch); block++) {
    const int series = std::min(lanes, batch - block * lanes);
    for (int step = 0; step < steps; step++, to += static_cast<size_t>(rows) * lanes) {
      const float* const source = from + static_cast<size_t>(block) * lanes * plain.series + static_cast<size_t>(step) * plain.step;
      if (series < lanes) std::fill(to, to + static_cast<size_t>(rows) * lanes, 0.0f);
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
      const bool there = step >= view.first && step < view.end;
      const float* const source = there ? blockRows + static_cast<size_t>(step + view.offset) * slotFloats + static_cast<size_t>(view.firstRow) * lanes : nullptr;
      float* const target = to + static_cast<size_t>(block) * lanes * plain.series + static_cast<size_t>(step) * plain.step;
      for (int lane = 0; lane < series; lane++) {
        float* const one = target + static_cast<size_t>(lane) * plain.series;
        for (int row = 0; row < rows; row++) one[row] = there ? source[row * lanes + lane] : 0.0f;
      }
    }
  }
}

}  // namespace unroll
