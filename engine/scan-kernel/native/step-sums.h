// Sums over steps and series: leftᵀ · right for the gradients of weights, and sums of rows for those of biases.
#pragma once

#include <algorithm>
#include <utility>

#include "lanes.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

// Rows of consecutive steps; a step is `stride` floats after the one before, which may be negative.
struct StepRows {
  const float* first;
  ptrdiff_t stride;
  int rows;
};

constexpr int dotLeft = 3;
constexpr int dotRight = vectorWidth == 16 ? 8 : 4;

// Some rows of every step, packed: strided reads would miss the cache again and again. Lanes without a series become
// zero: what they hold is nobody's number, and may be infinite.
inline void packRows(const StepRows& from, int first, int end, int steps, int series, float* to) {
  const float* step = from.first + first * lanes;
  const int size = (end - first) * lanes;
  for (int count = 0; count < steps; count++, step += from.stride, to += size) {
    for (int at = 0; at < size; at += vectorWidth) store(to + at, load(step + at));
    if (series == lanes) continue;
    for (int row = 0; row < size; row += lanes) {
      for (int lane = series; lane < lanes; lane++) to[row + lane] = 0;
    }
  }
}

// One tile of leftᵀ · right, both packed, with a vector of lanes for each element, added up at the end: best where both
// sides are narrow.
template <int leftRows, int rightRows>
void dotTile(const float* left, const float* right, int steps, float* to, int toStride) {
  Vector sums[leftRows][rightRows] = {};
  for (int step = 0; step < steps; step++, left += leftRows * lanes, right += rightRows * lanes) {
#pragma GCC unroll 4
    for (int part = 0; part < lanes; part += vectorWidth) {
      Vector factors[leftRows];
#pragma GCC unroll 8
      for (int k = 0; k < leftRows; k++) factors[k] = load(left + k * lanes + part);
#pragma GCC unroll 8
      for (int n = 0; n < rightRows; n++) {
        const Vector value = load(right + n * lanes + part);
#pragma GCC unroll 8
        for (int k = 0; k < leftRows; k++) sums[k][n] += factors[k] * value;
      }
    }
  }
  for (int k = 0; k < leftRows; k++) {
    for (int n = 0; n < rightRows; n++) to[k * toStride + n] += sumOfVector(sums[k][n]);
  }
}

typedef void (*DotFunction)(const float*, const float*, int, float*, int);

template <int... index>
const DotFunction* dotFunctions(std::integer_sequence<int, index...>) {
  static const DotFunction table[] = {dotTile<index / dotRight + 1, index % dotRight + 1>...};
  return table;
}

// Floats that addDotProducts needs to work with.
inline size_t dotPanelFloats(int leftRows, int steps) { return static_cast<size_t>(leftRows + dotRight) * static_cast<size_t>(steps) * lanes; }

inline void addDotProducts(const StepRows& left, const StepRows& right, int steps, int series, float* panel, float* to) {
  static const DotFunction* const functions = dotFunctions(std::make_integer_sequence<int, dotLeft * dotRight>());
  const Tiles rightTiles(right.rows, dotRight), leftTiles(left.rows, dotLeft);
  const ptrdiff_t packedRow = static_cast<ptrdiff_t>(steps) * lanes;
  float* const rightPanel = panel + left.rows * packedRow;
  for (int k = 0; k < leftTiles.count; k++) {
    const int k0 = leftTiles.start(k), k1 = leftTiles.start(k + 1);
    packRows(left, k0, k1, steps, series, panel + k0 * packedRow);
  }
  for (int n = 0; n < rightTiles.count; n++) {
    const int n0 = rightTiles.start(n), n1 = rightTiles.start(n + 1);
    packRows(right, n0, n1, steps, series, rightPanel);
    for (int k = 0; k < leftTiles.count; k++) {
      const int k0 = leftTiles.start(k), k1 = leftTiles.start(k + 1);
      functions[(k1 - k0 - 1) * dotRight + (n1 - n0 - 1)](panel + k0 * packedRow, rightPanel, steps, to + static_cast<ptrdiff_t>(k0) * right.rows + n0, right.rows);
    }
  }
}

constexpr int panelWidth = 16;
constexpr int outerRows = vectorWidth == 16 ? 12 : 6;

// One tile of rightᵀ · left where the lanes run over rows of the left side: to[n][k] += Σ right[n] · panel[k].
template <int rightRows>
void outerTile(const float* panel, const float* right, ptrdiff_t rightStride, int steps, int series, float* to, int toStride) {
  Vector sums[rightRows][panelWidth / vectorWidth];
#pragma GCC unroll 16
  for (int n = 0; n < rightRows; n++)
#pragma GCC unroll 4
    for (int part = 0; part < panelWidth / vectorWidth; part++) sums[n][part] = load(to + n * toStride + part * vectorWidth);
  for (int step = 0; step < steps; step++, right += rightStride) {
    for (int one = 0; one < series; one++, panel += panelWidth) {
      Vector values[panelWidth / vectorWidth];
#pragma GCC unroll 4
      for (int part = 0; part < panelWidth / vectorWidth; part++) values[part] = load(panel + part * vectorWidth);
#pragma GCC unroll 16
      for (int n = 0; n < rightRows; n++) {
        const Vector factor = all(right[n * lanes + one]);
#pragma GCC unroll 4
        for (int part = 0; part < panelWidth / vectorWidth; part++) sums[n][part] += factor * values[part];
      }
    }
  }
#pragma GCC unroll 16
  for (int n = 0; n < rightRows; n++)
#pragma GCC unroll 4
    for (int part = 0; part < panelWidth / vectorWidth; part++) store(to + n * toStride + part * vectorWidth, sums[n][part]);
}

typedef void (*OuterFunction)(const float*, const float*, ptrdiff_t, int, int, float*, int);

template <int... index>
const OuterFunction* outerFunctions(std::integer_sequence<int, index...>) {
  static const OuterFunction table[] = {nullptr, outerTile<index + 1>...};
  return table;
}

inline int paddedToPanel(int rows) { return (rows + panelWidth - 1) / panelWidth * panelWidth; }

// `to` is [right rows][left rows, padded to panels]; `panel` has room for steps · series · panelWidth.
inline void addOuterProducts(const StepRows& left, const StepRows& right, int steps, int series, float* panel, float* to) {
  static const OuterFunction* const functions = outerFunctions(std::make_integer_sequence<int, outerRows>());
  const int padded = paddedToPanel(left.rows);
  const Tiles rightTiles(right.rows, outerRows);
  for (int k0 = 0; k0 < padded; k0 += panelWidth) {
    const int width = std::min(panelWidth, left.rows - k0);
    float* at = panel;
    for (int step = 0; step < steps; step++) {
      const float* rows = left.first + step * left.stride + k0 * lanes;
      for (int one = 0; one < series; one++, at += panelWidth) {
        for (int k = 0; k < width; k++) at[k] = rows[k * lanes + one];
        for (int k = width; k < panelWidth; k++) at[k] = 0;
      }
    }
    for (int tile = 0; tile < rightTiles.count; tile++) {
      const int n0 = rightTiles.start(tile), n1 = rightTiles.start(tile + 1);
      functions[n1 - n0](panel, right.first + n0 * lanes, right.stride, steps, series, to + static_cast<ptrdiff_t>(n0) * padded + k0, padded);
    }
  }
}

template <int rows>
void rowSumTile(const float* from, ptrdiff_t stride, int steps, int series, float* to) {
  Vector sums[rows][vectorsPerRow] = {};
  for (int step = 0; step < steps; step++, from += stride) {
#pragma GCC unroll 8
    for (int row = 0; row < rows; row++)
#pragma GCC unroll 4
      for (int part = 0; part < vectorsPerRow; part++) sums[row][part] += load(from + row * lanes + part * vectorWidth);
  }
  for (int row = 0; row < rows; row++) {
    alignas(64) float all[lanes];
    for (int part = 0; part < vectorsPerRow; part++) store(all + part * vectorWidth, sums[row][part]);
    to[row] += sumOfLanes(all, series);
  }
}

inline void addRowSums(const StepRows& rows, int steps, int series, float* to) {
  int row = 0;
  for (; row + 4 <= rows.rows; row += 4) rowSumTile<4>(rows.first + row * lanes, rows.stride, steps, series, to + row);
  for (; row < rows.rows; row++) rowSumTile<1>(rows.first + row * lanes, rows.stride, steps, series, to + row);
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
