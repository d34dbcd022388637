// d = initial + Σ over segments of weightᵀ · source, in tiles whose sums stay in registers.
#pragma once

#include <utility>

#include "lanes.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

// Accumulators of a tile: 12 of 16 registers with AVX2, 24 of 32 with AVX-512, 24 of 32 with NEON.
constexpr int tileRows = vectorWidth == 16 ? 12 : 6;

struct ProductSegment {
  const float* source;
  int inner;
};

struct MatrixArguments {
  float* d;
  const float* initial;  // null: zero
  int initialStride;
  const float* packed;
  const ProductSegment* segments;
  int segmentCount;
  int rows;
};

template <int tile>
const float* productTile(const MatrixArguments& own, int firstRow, const float* packed) {
  Vector sums[tile][vectorsPerRow];
  if (own.initial == nullptr) {
#pragma GCC unroll 16
    for (int row = 0; row < tile; row++)
#pragma GCC unroll 4
      for (int part = 0; part < vectorsPerRow; part++) sums[row][part] = Vector{};
  } else {
#pragma GCC unroll 16
    for (int row = 0; row < tile; row++)
#pragma GCC unroll 4
      for (int part = 0; part < vectorsPerRow; part++) sums[row][part] = load(own.initial + (firstRow + row) * own.initialStride + part * vectorWidth);
  }
  for (int segment = 0; segment < own.segmentCount; segment++) {
    const float* source = own.segments[segment].source;
    for (int left = own.segments[segment].inner; left > 0; left--) {
      Vector values[vectorsPerRow];
#pragma GCC unroll 4
      for (int part = 0; part < vectorsPerRow; part++) values[part] = load(source + part * vectorWidth);
#pragma GCC unroll 16
      for (int row = 0; row < tile; row++) {
        const Vector weight = all(packed[row]);
#pragma GCC unroll 4
        for (int part = 0; part < vectorsPerRow; part++) sums[row][part] += weight * values[part];
      }
      packed += tile;
      source += lanes;
    }
  }
#pragma GCC unroll 16
  for (int row = 0; row < tile; row++)
#pragma GCC unroll 4
    for (int part = 0; part < vectorsPerRow; part++) store(own.d + (firstRow + row) * lanes + part * vectorWidth, sums[row][part]);
  return packed;
}

typedef const float* (*TileFunction)(const MatrixArguments&, int, const float*);

template <int... index>
const TileFunction* tileFunctions(std::integer_sequence<int, index...>) {
  static const TileFunction table[] = {nullptr, productTile<index + 1>...};
  return table;
}

inline void matrixProduct(const MatrixArguments& own) {
  static const TileFunction* const functions = tileFunctions(std::make_integer_sequence<int, tileRows>());
  const float* packed = own.packed;
  const Tiles tiles(own.rows, tileRows);
  for (int tile = 0; tile < tiles.count; tile++) {
    const int first = tiles.start(tile);
    packed = functions[tiles.start(tile + 1) - first](own, first, packed);
  }
}

// The weights of one matrix product in the order in which its tiles read them; gives the end of what was written.
inline float* packProduct(const Program& program, const Instruction& instruction, const float* const* matrices, float* to) {
  const Tiles tiles(instruction.rows, tileRows);
  for (int tile = 0; tile < tiles.count; tile++) {
    const int first = tiles.start(tile), end = tiles.start(tile + 1);
    for (const Segment& segment : instruction.segments) {
      const Weight& weight = program.weights[static_cast<size_t>(segment.weight)];
      const size_t columns = static_cast<size_t>(program.matrices[static_cast<size_t>(weight.matrix)].columns);
      const float* matrix = matrices[weight.matrix];
      const int inner = program.weightInner(segment.weight);
      for (int k = weight.first; k < weight.first + inner; k++) {
        for (int n = first; n < end; n++) *to++ = weight.transposed ? matrix[static_cast<size_t>(n) * columns + k] : matrix[static_cast<size_t>(k) * columns + n];
      }
    }
  }
  return to;
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
