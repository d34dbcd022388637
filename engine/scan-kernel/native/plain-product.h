// Products of small matrices as dense layers need them: what a scan does not repeat. One layout, row after row, in and out.
#pragma once

#include <cstddef>

#include "program.h"

namespace unroll {

// result[rows × columns] = left · right + bias, or the rectified part of it; sums[columns] = Σ over inner of right, a bias's gradient.
// A transposed factor is held as [inner × rows], [columns × inner].
struct PlainProduct {
  int rows = 0, inner = 0, columns = 0;
  bool transposedLeft = false, transposedRight = false, rectified = false;
  const float* left = nullptr;
  const float* right = nullptr;
  const float* bias = nullptr;  // [columns]; null: zero
  float* result = nullptr;
  float* sums = nullptr;  // [columns]; null: not wanted; the right factor must not be transposed
  float* workspace = nullptr;  // workspaceFloats()

  int panels() const { return (columns + lanes - 1) / lanes; }
  // For columns that do not lie sixteen side by side, and are brought there first.
  size_t workspaceFloats() const {
    const size_t packed = static_cast<size_t>(transposedRight ? panels() : columns % lanes > 0 ? 1 : 0);
    return packed * static_cast<size_t>(inner) * lanes;
  }
};

// Re-entrant; sums go along `inner`, one term after the other, whatever the other sizes: equal rows give equal bits.
typedef void (*PlainProductFunction)(const PlainProduct&);

// `count` numbers of sixteen rows, which begin `apart` floats from each other, side by side.
void transposeSixteen(const float* from, size_t apart, size_t count, float* to);

}  // namespace unroll
