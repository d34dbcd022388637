// Sixteen lanes as vectors of the instruction set at hand. Included once for each, inside a namespace of its own:
// vectorWidth is 16 for AVX-512, 8 for AVX2, 4 for NEON.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "program.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define UNROLL_INLINE static inline __attribute__((always_inline))

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

constexpr int vectorWidth = UNROLL_VECTOR_WIDTH;
constexpr int vectorsPerRow = lanes / vectorWidth;

typedef float Vector __attribute__((vector_size(vectorWidth * 4)));
typedef float LooseVector __attribute__((vector_size(vectorWidth * 4), aligned(4), may_alias));
typedef int32_t IntegerVector __attribute__((vector_size(vectorWidth * 4)));

UNROLL_INLINE Vector load(const float* from) { return *reinterpret_cast<const LooseVector*>(from); }
UNROLL_INLINE void store(float* to, Vector value) { *reinterpret_cast<LooseVector*>(to) = value; }
UNROLL_INLINE Vector all(float value) { return value - Vector{}; }

// Where a lane of `values` is not a number, it stays so.
UNROLL_INLINE Vector atLeast(Vector values, float least) {
#if UNROLL_VECTOR_WIDTH == 16 && defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_max_ps(reinterpret_cast<__m512>(all(least)), reinterpret_cast<__m512>(values)));
#elif UNROLL_VECTOR_WIDTH == 8 && defined(__AVX2__)
  return reinterpret_cast<Vector>(_mm256_max_ps(reinterpret_cast<__m256>(all(least)), reinterpret_cast<__m256>(values)));
#else
  return values < all(least) ? all(least) : values;
#endif
}

UNROLL_INLINE Vector atMost(Vector values, float most) {
#if UNROLL_VECTOR_WIDTH == 16 && defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_min_ps(reinterpret_cast<__m512>(all(most)), reinterpret_cast<__m512>(values)));
#elif UNROLL_VECTOR_WIDTH == 8 && defined(__AVX2__)
  return reinterpret_cast<Vector>(_mm256_min_ps(reinterpret_cast<__m256>(all(most)), reinterpret_cast<__m256>(values)));
#else
  return values > all(most) ? all(most) : values;
#endif
}

UNROLL_INLINE Vector squareRoot(Vector values) {
  Vector roots;
  for (int lane = 0; lane < vectorWidth; lane++) roots[lane] = __builtin_sqrtf(values[lane]);
  return roots;
}

// e^r − 1 for |r| ≤ ln 2 / 2, a least-maximum fit of (e^r − 1 − r) / r²; relative error 1.4e-8 before rounding.
UNROLL_INLINE Vector exponentialMinusOneNearZero(Vector r) {
  Vector p = all(0.0013946552f);
  p = p * r + 0.008366644f;
  p = p * r + 0.04166628f;
  p = p * r + 0.16666542f;
  p = p * r + 0.5f;
  return r + (r * r) * p;
}

struct SplitExponent {
  Vector remainder;
  IntegerVector power;
};

// x = power · ln 2 + remainder, ln 2 in two parts (Cody and Waite, 1980).
UNROLL_INLINE SplitExponent splitExponent(Vector x) {
  const Vector rounder = all(12582912.0f);
  const Vector shifted = x * 1.44269504088896341f + rounder;
  const Vector power = shifted - rounder;
  const Vector remainder = (x - power * 0.693359375f) + power * 2.12194440e-4f;
  IntegerVector bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  return {remainder, bits - 0x4b400000};
}

UNROLL_INLINE Vector twoToThe(IntegerVector power) {
  const IntegerVector bits = (power + 127) << 23;
  Vector value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// Scaled in two halves, so that overflow gives infinity.
UNROLL_INLINE Vector exponential(Vector x) {
  const SplitExponent split = splitExponent(atMost(atLeast(x, -104.0f), 89.0f));
  const IntegerVector half = split.power >> 1;
  return (1.0f + exponentialMinusOneNearZero(split.remainder)) * twoToThe(half) * twoToThe(split.power - half);
}

// 1 / (1 + e^−x)
UNROLL_INLINE Vector sigmoid(Vector x) {
  const SplitExponent split = splitExponent(atMost(atLeast(-x, -87.0f), 88.0f));
  const Vector power = twoToThe(split.power);
  return 1.0f / ((1.0f + power) + power * exponentialMinusOneNearZero(split.remainder));
}

// (1 − m) / (1 + m), where m = e^−2|x|, with the sign of x; 1 − m is computed without cancellation near zero.
UNROLL_INLINE Vector hyperbolicTangent(Vector x) {
  IntegerVector bits;
  std::memcpy(&bits, &x, sizeof bits);
  const IntegerVector signBits = bits & INT32_MIN;
  const IntegerVector magnitudeBits = bits & INT32_MAX;
  Vector magnitude;
  std::memcpy(&magnitude, &magnitudeBits, sizeof magnitude);
  const SplitExponent split = splitExponent(atLeast(-2.0f * magnitude, -40.0f));
  const Vector power = twoToThe(split.power);
  const Vector rest = power * exponentialMinusOneNearZero(split.remainder);
  const Vector quotient = ((power - 1.0f) + rest) / ((power + 1.0f) + rest);
  IntegerVector quotientBits;
  std::memcpy(&quotientBits, &quotient, sizeof quotientBits);
  quotientBits = (quotientBits & INT32_MAX) | signBits;
  Vector result;
  std::memcpy(&result, &quotientBits, sizeof result);
  return result;
}

// The elements of a vector, added in pairs.
UNROLL_INLINE float sumOfVector(Vector values) {
  alignas(64) float lane[vectorWidth];
  store(lane, values);
  for (int half = vectorWidth / 2; half > 0; half /= 2) {
    for (int at = 0; at < half; at++) lane[at] += lane[at + half];
  }
  return lane[0];
}

// Rows in tiles of at most so many, which differ by one row at most, so that none is left nearly empty.
struct Tiles {
  Tiles(int rows, int most) : count((rows + most - 1) / most), least(rows / std::max(count, 1)), larger(rows % std::max(count, 1)) {}
  int start(int tile) const { return tile * least + std::min(tile, larger); }

  int count, least, larger;
};

// The first `count` lanes of a row, added in a fixed order.
UNROLL_INLINE float sumOfLanes(const float* row, int count) {
  float sum = 0;
  for (int lane = 0; lane < count; lane++) sum += row[lane];
  return sum;
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
