// Products of small matrices for one instruction set: tiles of rows and sixteen columns, whose sums stay in registers.
#pragma once

#include <utility>

#include "lanes.h"
#include "matrix-product.h"
#include "plain-product.h"
#include "pointwise.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

// Sixteen columns of the right factor, and the rows of the left that meet them.
struct PlainTile {
  const float* left;
  ptrdiff_t rowStride, innerStride;
  const float* right;
  ptrdiff_t rightStride;
  int inner;
  const float* bias;  // sixteen
  float* result;
  ptrdiff_t resultStride;
  int columns;  // that are wanted of the sixteen
};

template <int tile>
void plainTile(const PlainTile& own) {
  Vector sums[tile][vectorsPerRow];
#pragma GCC unroll 16
  for (int row = 0; row < tile; row++)
#pragma GCC unroll 4
    for (int part = 0; part < vectorsPerRow; part++) sums[row][part] = load(own.bias + part * vectorWidth);
  const float *left = own.left, *right = own.right;
  for (int count = own.inner; count > 0; count--) {
    Vector values[vectorsPerRow];
#pragma GCC unroll 4
    for (int part = 0; part < vectorsPerRow; part++) values[part] = load(right + part * vectorWidth);
#pragma GCC unroll 16
    for (int row = 0; row < tile; row++) {
      const Vector factor = all(left[row * own.rowStride]);
#pragma GCC unroll 4
      for (int part = 0; part < vectorsPerRow; part++) sums[row][part] += factor * values[part];
    }
    left += own.innerStride;
    right += own.rightStride;
  }
  // A narrower tile is written beside its place first.
  float narrow[tile * lanes];
  const bool isNarrow = own.columns < lanes;
  float* const to = isNarrow ? narrow : own.result;
  const ptrdiff_t stride = isNarrow ? lanes : own.resultStride;
#pragma GCC unroll 16
  for (int row = 0; row < tile; row++)
#pragma GCC unroll 4
    for (int part = 0; part < vectorsPerRow; part++) store(to + row * stride + part * vectorWidth, sums[row][part]);
  for (int row = 0; row < tile && isNarrow; row++) std::copy_n(narrow + row * lanes, own.columns, own.result + row * own.resultStride);
}

typedef void (*PlainTileFunction)(const PlainTile&);

template <int... index>
const PlainTileFunction* plainTileFunctions(std::integer_sequence<int, index...>) {
  static const PlainTileFunction table[] = {nullptr, plainTile<index + 1>...};
  return table;
}

// A panel's columns side by side, step by step along `inner`; what is beyond the last column is zero.
inline void packPanel(const PlainProduct& own, int panel, float* to) {
  const int first = panel * lanes, count = std::min(lanes, own.columns - first);
  if (own.transposedRight && count == lanes) return transposeSixteen(own.right + static_cast<ptrdiff_t>(first) * own.inner, static_cast<size_t>(own.inner), static_cast<size_t>(own.inner), to);
  std::fill_n(to, static_cast<size_t>(own.inner) * lanes, 0.0f);
  if (own.transposedRight) {
    for (int column = 0; column < count; column++) {
      const float* const from = own.right + static_cast<ptrdiff_t>(first + column) * own.inner;
      for (int at = 0; at < own.inner; at++) to[static_cast<ptrdiff_t>(at) * lanes + column] = from[at];
    }
  } else {
    for (int at = 0; at < own.inner; at++) std::copy_n(own.right + static_cast<ptrdiff_t>(at) * own.columns + first, count, to + static_cast<ptrdiff_t>(at) * lanes);
  }
}

inline void sumColumns(const PlainProduct& own) {
  int column = 0;
  for (; column + vectorWidth <= own.columns; column += vectorWidth) {
    Vector sum = {};
    for (int at = 0; at < own.inner; at++) sum += load(own.right + static_cast<ptrdiff_t>(at) * own.columns + column);
    store(own.sums + column, sum);
  }
  for (; column < own.columns; column++) {
    own.sums[column] = 0;
    for (int at = 0; at < own.inner; at++) own.sums[column] += own.right[static_cast<ptrdiff_t>(at) * own.columns + column];
  }
}

// What is above zero of rows that were just written.
inline void rectify(float* rows, ptrdiff_t count) {
  ptrdiff_t at = 0;
  for (; at + vectorWidth <= count; at += vectorWidth) store(rows + at, ofOne<Opcode::Relu>(load(rows + at)));
  for (; at < count; at++) rows[at] = rows[at] < 0 ? 0 : rows[at];
}

inline void plainProduct(const PlainProduct& own) {
  if (own.sums != nullptr) sumColumns(own);
  static const PlainTileFunction* const functions = plainTileFunctions(std::make_integer_sequence<int, tileRows>());
  const ptrdiff_t panelFloats = static_cast<ptrdiff_t>(own.inner) * lanes;
  const int panels = own.panels(), firstPacked = own.transposedRight ? 0 : own.columns / lanes;
  for (int panel = firstPacked; panel < panels; panel++) packPanel(own, panel, own.workspace + (panel - firstPacked) * panelFloats);

  // So many rows of the left factor stay in the nearest cache while all columns meet them.
  constexpr int blockRows = 8 * tileRows;
  const ptrdiff_t rowStride = own.transposedLeft ? 1 : own.inner, innerStride = own.transposedLeft ? own.rows : 1;
  for (int block = 0; block < own.rows; block += blockRows) {
    const int rows = std::min(blockRows, own.rows - block);
    const Tiles tiles(rows, tileRows);
    for (int panel = 0; panel < panels; panel++) {
      const bool isPacked = panel >= firstPacked;
      const int column = panel * lanes, count = std::min(lanes, own.columns - column);
      float bias[lanes] = {};
      if (own.bias != nullptr) std::copy_n(own.bias + column, count, bias);
      for (int tile = 0; tile < tiles.count; tile++) {
        const int row = block + tiles.start(tile);
        functions[tiles.start(tile + 1) - tiles.start(tile)]({
            own.left + row * rowStride, rowStride, innerStride,
            isPacked ? own.workspace + (panel - firstPacked) * panelFloats : own.right + column, isPacked ? lanes : own.columns,
            own.inner, bias, own.result + static_cast<ptrdiff_t>(row) * own.columns + column, own.columns, count});
      }
    }
    if (own.rectified) rectify(own.result + static_cast<ptrdiff_t>(block) * own.columns, static_cast<ptrdiff_t>(rows) * own.columns);
  }
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
