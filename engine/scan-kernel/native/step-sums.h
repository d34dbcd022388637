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

// One tile of leftᵀ · right with a vector of lanes for each element, added up at the end: best where both sides are narrow.
template <int leftRows, int rightRows>
void dotTile(const float* left, ptrdiff_t leftStride, const float* right, ptrdiff_t rightStride, int steps, int series, float* to, int toStride) {
  Vector sums[leftRows][rightRows] = {};
  const bool full = series == lanes;
  alignas(64) float mask[lanes];
  for (int lane = 0; lane < lanes; lane++) mask[lane] = lane < series ? 1.0f : 0.0f;
  for (int step = 0; step < steps; step++, left += leftStride, right += rightStride) {
#pragma GCC unroll 4
    for (int part = 0; part < lanes; part += vectorWidth) {
      Vector values[rightRows];
#pragma GCC unroll 8
      for (int n = 0; n < rightRows; n++) values[n] = load(right + n * lanes + part);
      if (!full) {
        // What the lanes without a series hold is nobody's number, and may be infinite.
        const Vector kept = load(mask + part);
#pragma GCC unroll 8
        for (int n = 0; n < rightRows; n++) values[n] = kept != Vector{} ? values[n] : Vector{};
      }
#pragma GCC unroll 8
      for (int k = 0; k < leftRows; k++) {
        Vector factor = load(left + k * lanes + part);
        if (!full) factor = load(mask + part) != Vector{} ? factor : Vector{};
#pragma GCC unroll 8
        for (int n = 0; n < rightRows; n++) sums[k][n] += factor * values[n];
      }
    }
  }
  for (int k = 0; k < leftRows; k++) {
    for (int n = 0; n < rightRows; n++) {
      float sum = 0;
      for (int lane = 0; lane < vectorWidth; lane++) sum += sums[k][n][lane];
      to[k * toStride + n] += sum;
    }
  }
}

typedef void (*DotFunction)(const float*, ptrdiff_t, const float*, ptrdiff_t, int, int, float*, int);

template <int... index>
const DotFunction* dotFunctions(std::integer_sequence<int, index...>) {
  static const DotFunction table[] = {dotTile<index / dotRight + 1, index % dotRight + 1>...};
  return table;
}

inline int tilesOf(int rows, int most) { return (rows + most - 1) / most; }

inline void addDotProducts(const StepRows& left, const StepRows& right, int steps, int series, float* to) {
  static const DotFunction* const functions = dotFunctions(std::make_integer_sequence<int, dotLeft * dotRight>());
  const int rightTiles = tilesOf(right.rows, dotRight), leftTiles = tilesOf(left.rows, dotLeft);
  for (int n = 0; n < rightTiles; n++) {
    const int n0 = right.rows * n / rightTiles, n1 = right.rows * (n + 1) / rightTiles;
    for (int k = 0; k < leftTiles; k++) {
      const int k0 = left.rows * k / leftTiles, k1 = left.rows * (k + 1) / leftTiles;
      functions[(k1 - k0 - 1) * dotRight + (n1 - n0 - 1)](left.first + k0 * lanes, left.stride, right.first + n0 * lanes, right.stride, steps, series,
                                                          to + static_cast<ptrdiff_t>(k0) * right.rows + n0, right.rows);
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

inline int paddedToPanel(int rows) { return tilesOf(rows, panelWidth) * panelWidth; }

// `to` is [right rows][left rows, padded to panels]; `panel` has room for steps · series · panelWidth.
inline void addOuterProducts(const StepRows& left, const StepRows& right, int steps, int series, float* panel, float* to) {
  static const OuterFunction* const functions = outerFunctions(std::make_integer_sequence<int, outerRows>());
  const int padded = paddedToPanel(left.rows), rightTiles = tilesOf(right.rows, outerRows);
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
    for (int tile = 0; tile < rightTiles; tile++) {
      const int n0 = right.rows * tile / rightTiles, n1 = right.rows * (tile + 1) / rightTiles;
      functions[n1 - n0](panel, right.first + n0 * lanes, right.stride, steps, series, to + static_cast<ptrdiff_t>(n0) * padded + k0, padded);
    }
  }
}

inline void addRowSums(const StepRows& rows, int steps, int series, float* to) {
  for (int row = 0; row < rows.rows; row++) {
    alignas(64) float sums[lanes] = {};
    const float* from = rows.first + row * lanes;
    for (int step = 0; step < steps; step++, from += rows.stride) {
      for (int part = 0; part < lanes; part += vectorWidth) store(sums + part, load(sums + part) + load(from + part));
    }
    to[row] += sumOfLanes(sums, series);
  }
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
