// Which compiled function does a decoded instruction.
#pragma once

#include <utility>

#include "pointwise.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

constexpr int modifierCount = static_cast<int>(Modifier::Count);
// Products of three factors and sums of two products know these modifiers for their first modified factor.
constexpr int fewModifiers = 2;
constexpr int formCount = static_cast<int>(ProductForm::Count);

template <int factors, size_t... index>
RowFunction productOf(size_t wanted, std::index_sequence<index...>) {
  static const RowFunction table[] = {
      product<factors, static_cast<Modifier>(index / formCount), Modifier::Identity, static_cast<ProductForm>(index % formCount)>...};
  return table[wanted];
}

template <size_t... index>
RowFunction productOfThree(size_t wanted, std::index_sequence<index...>) {
  static const RowFunction table[] = {product<3, static_cast<Modifier>(index / (modifierCount * formCount)),
                                              static_cast<Modifier>(index / formCount % modifierCount), static_cast<ProductForm>(index % formCount)>...};
  return table[wanted];
}

template <size_t... index>
RowFunction sumOfProductsOf(size_t wanted, std::index_sequence<index...>) {
  static const RowFunction table[] = {sumOfProducts<static_cast<Modifier>(index / fewModifiers), static_cast<Modifier>(index % fewModifiers)>...};
  return table[wanted];
}

template <size_t... index>
RowFunction rowDotOf(size_t wanted, std::index_sequence<index...>) {
  static const RowFunction table[] = {sumOverRows<true, static_cast<Modifier>(index)>...};
  return table[wanted];
}

inline RowFunction productFunction(const Instruction& own) {
  const size_t f = static_cast<size_t>(own.f), g = static_cast<size_t>(own.g), form = static_cast<size_t>(own.form);
  if (own.factors == 3) return productOfThree((f * modifierCount + g) * formCount + form, std::make_index_sequence<fewModifiers * modifierCount * formCount>());
  const std::make_index_sequence<modifierCount * formCount> fewer;
  return own.factors == 2 ? productOf<2>(f * formCount + form, fewer) : productOf<1>(f * formCount + form, fewer);
}

inline RowFunction rowFunction(const Instruction& own) {
  switch (own.opcode) {
    case Opcode::Fill: return fill;
    case Opcode::Affine: return affine;
    case Opcode::Product: return productFunction(own);
    case Opcode::SumOfProducts:
      return sumOfProductsOf(static_cast<size_t>(own.f) * fewModifiers + static_cast<size_t>(own.g), std::make_index_sequence<fewModifiers * fewModifiers>());
    case Opcode::Sigmoid: return unary<Opcode::Sigmoid>;
    case Opcode::Tanh: return unary<Opcode::Tanh>;
    case Opcode::Relu: return unary<Opcode::Relu>;
    case Opcode::Exponential: return unary<Opcode::Exponential>;
    case Opcode::Logarithm: return unary<Opcode::Logarithm>;
    case Opcode::SquareRoot: return unary<Opcode::SquareRoot>;
    case Opcode::ReciprocalSquareRoot: return unary<Opcode::ReciprocalSquareRoot>;
    case Opcode::Absolute: return unary<Opcode::Absolute>;
    case Opcode::Sign: return unary<Opcode::Sign>;
    case Opcode::NonZero: return unary<Opcode::NonZero>;
    case Opcode::Subtract: return binary<Opcode::Subtract>;
    case Opcode::Divide: return binary<Opcode::Divide>;
    case Opcode::Maximum: return binary<Opcode::Maximum>;
    case Opcode::Minimum: return binary<Opcode::Minimum>;
    case Opcode::Power: return binary<Opcode::Power>;
    case Opcode::Greater: return binary<Opcode::Greater>;
    case Opcode::Select: return selectRows;
    case Opcode::RowSum: return sumOverRows<false, Modifier::Identity>;
    case Opcode::RowDot: return rowDotOf(static_cast<size_t>(own.f), std::make_index_sequence<modifierCount>());
    default: return nullptr;
  }
}

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
