// Instructions that treat every element alone, and sums over rows.
#pragma once

#include "lanes.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

// Rows resolved to memory. A stride is the distance between rows in floats, 0 where one row stands for all.
struct RowArguments {
  float* d;
  const float *a, *b, *c, *e;
  int aStride, bStride, cStride, eStride;
  int rows;
  bool dense;  // all operands advance
  float factor, addend;
};

typedef void (*RowFunction)(const RowArguments&);

// Calls compute(arguments, offset in a, b, c, e) for every vector; `together` results are computed before the first is stored.
// The arguments are a copy: a compiler must take it that a stored vector may change the caller's, and would read them again.
template <int together, class Compute>
UNROLL_INLINE void forEachVector(const RowArguments& given, Compute compute) {
  const RowArguments own = given;
  if (own.dense) {
    const int size = own.rows * lanes;
    int at = 0;
    for (; at + together * vectorWidth <= size; at += together * vectorWidth) {
      Vector results[together];
#pragma GCC unroll 8
      for (int k = 0; k < together; k++) {
        const int offset = at + k * vectorWidth;
        results[k] = compute(own, offset, offset, offset, offset);
      }
#pragma GCC unroll 8
      for (int k = 0; k < together; k++) store(own.d + at + k * vectorWidth, results[k]);
    }
    for (; at < size; at += vectorWidth) store(own.d + at, compute(own, at, at, at, at));
    return;
  }
  int a = 0, b = 0, c = 0, e = 0;
  for (int at = 0; at < own.rows * lanes; at += lanes) {
#pragma GCC unroll 4
    for (int part = 0; part < lanes; part += vectorWidth) store(own.d + at + part, compute(own, a + part, b + part, c + part, e + part));
    a += own.aStride, b += own.bStride, c += own.cStride, e += own.eStride;
  }
}

template <Modifier modifier>
UNROLL_INLINE Vector modified(Vector x) {
  switch (modifier) {
    case Modifier::OneMinus: return 1.0f - x;
    case Modifier::Negate: return -x;
    case Modifier::Square: return x * x;
    case Modifier::TimesOneMinus: return x * (1.0f - x);
    case Modifier::OneMinusSquare: return 1.0f - x * x;
    default: return x;
  }
}

template <int factors, Modifier f, Modifier g, ProductForm form>
void product(const RowArguments& given) {
  forEachVector<2>(given, [](const RowArguments& own, int a, int b, int c, int e) {
    Vector value = load(own.a + a);
    if (form == ProductForm::SumFirst) value = value + load(own.e + e);
    if (factors == 1) value = modified<f>(value);
    if (factors >= 2) value = value * modified<f>(load(own.b + b));
    if (factors >= 3) value = value * modified<g>(load(own.c + c));
    if (form == ProductForm::PlusAddend) value = value + load(own.e + e);
    return value;
  });
}

template <Modifier f, Modifier g>
void sumOfProducts(const RowArguments& given) {
  forEachVector<2>(given, [](const RowArguments& own, int a, int b, int c, int e) {
    const Vector first = load(own.a + a) * modified<f>(load(own.b + b));
    return first + load(own.c + c) * modified<g>(load(own.e + e));
  });
}

template <class Function>
UNROLL_INLINE Vector eachLane(Vector x, Function function) {
  for (int lane = 0; lane < vectorWidth; lane++) x[lane] = function(x[lane]);
  return x;
}

template <Opcode opcode>
UNROLL_INLINE Vector ofOne(Vector x) {
  switch (opcode) {
    case Opcode::Sigmoid: return sigmoid(x);
    case Opcode::Tanh: return hyperbolicTangent(x);
    case Opcode::Relu: return x < Vector{} ? Vector{} : x;
    case Opcode::Exponential: return exponential(x);
    case Opcode::Logarithm: return eachLane(x, [](float value) { return std::log(value); });
    case Opcode::SquareRoot: return squareRoot(x);
    case Opcode::ReciprocalSquareRoot: return 1.0f / squareRoot(x);
    case Opcode::Absolute: return eachLane(x, [](float value) { return std::fabs(value); });
    case Opcode::Sign: return x > Vector{} ? all(1.0f) : (x < Vector{} ? all(-1.0f) : x);
    default: return x == Vector{} ? Vector{} : all(1.0f);  // NonZero
  }
}

template <Opcode opcode>
UNROLL_INLINE Vector ofTwo(Vector x, Vector y) {
  switch (opcode) {
    case Opcode::Subtract: return x - y;
    case Opcode::Divide: return x / y;
    // Either operand that is not a number makes the result one that is not.
    case Opcode::Maximum: return x > y ? x : (x == x ? y : x);
    case Opcode::Minimum: return x < y ? x : (x == x ? y : x);
    case Opcode::Power:
      for (int lane = 0; lane < vectorWidth; lane++) x[lane] = std::pow(x[lane], y[lane]);
      return x;
    default: return x > y ? all(1.0f) : Vector{};  // Greater
  }
}

constexpr bool takesLong(Opcode opcode) { return opcode == Opcode::Sigmoid || opcode == Opcode::Tanh || opcode == Opcode::Exponential; }

template <Opcode opcode>
void unary(const RowArguments& given) {
  forEachVector<takesLong(opcode) ? 4 : 2>(given, [](const RowArguments& own, int a, int, int, int) { return ofOne<opcode>(load(own.a + a)); });
}

template <Opcode opcode>
void binary(const RowArguments& given) {
  forEachVector<2>(given, [](const RowArguments& own, int a, int b, int, int) { return ofTwo<opcode>(load(own.a + a), load(own.b + b)); });
}

inline void fill(const RowArguments& own) {
  const Vector value = all(own.factor);
  for (int at = 0; at < own.rows * lanes; at += vectorWidth) store(own.d + at, value);
}

inline void affine(const RowArguments& given) {
  const Vector factor = all(given.factor), addend = all(given.addend);
  forEachVector<2>(given, [&](const RowArguments& own, int a, int, int, int) { return load(own.a + a) * factor + addend; });
}

inline void selectRows(const RowArguments& given) {
  forEachVector<2>(given, [](const RowArguments& own, int a, int b, int c, int) { return load(own.c + c) != Vector{} ? load(own.a + a) : load(own.b + b); });
}

// factor · Σ over rows of a · f(b), or of a alone, in four interleaved sums.
template <bool dot, Modifier f>
void sumOverRows(const RowArguments& own) {
  for (int part = 0; part < lanes; part += vectorWidth) {
    Vector sums[4] = {};
    const auto term = [&](int row) {
      const Vector a = load(own.a + row * own.aStride + part);
      return dot ? a * modified<f>(load(own.b + row * own.bStride + part)) : a;
    };
    int row = 0;
    for (; row + 4 <= own.rows; row += 4) {
#pragma GCC unroll 4
      for (int k = 0; k < 4; k++) sums[k] += term(row + k);
    }
    for (; row < own.rows; row++) sums[0] += term(row);
    store(own.d + part, ((sums[0] + sums[1]) + (sums[2] + sums[3])) * own.factor);
  }
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
