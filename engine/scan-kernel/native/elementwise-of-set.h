// Programs by element for one instruction set: rows of sixteen elements, by the functions that scans use.
#pragma once

#include <algorithm>

#include "elementwise-program.h"
#include "floating-point-mode.h"
#include "row-function-table.h"
#include "workspace.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

class ElementwiseOfSet final : public Elementwise {
 public:
  explicit ElementwiseOfSet(ElementwiseProgram program) : program_(std::move(program)) {
    for (const ElementwisePass& pass : program_.passes) {
      passes_.emplace_back();
      for (const ElementwiseInstruction& own : pass.once) passes_.back().once.push_back(decode(own));
      for (const ElementwiseInstruction& own : pass.each) passes_.back().each.push_back(decode(own));
    }
  }

  const ElementwiseProgram& program() const override { return program_; }

  size_t workspaceFloats(size_t elements) const override {
    const size_t each = static_cast<size_t>(program_.scalars() + program_.vectorInputs + program_.vectorOutputs + program_.registers * chunkRows);
    return (each + static_cast<size_t>(program_.kept) * rowsOf(elements)) * lanes;
  }

  void run(const ElementwiseArguments& arguments) const override {
    const FloatingPointMode mode;
    const size_t given = static_cast<size_t>(program_.vectorInputs + program_.vectorOutputs), kept = static_cast<size_t>(program_.kept), rows = rowsOf(arguments.elements);
    const size_t scalarFloats = static_cast<size_t>(program_.scalars()) * lanes, tailFloats = given * lanes;
    const size_t registerFloats = static_cast<size_t>(program_.registers) * chunkRows * lanes;
    const Workspace workspace = Workspace::borrow(workspaceFloats(arguments.elements));
    float* const scalars = workspace.data();
    float* const tail = scalars + scalarFloats;
    float* const registers = tail + tailFloats;
    fillScalars(arguments, scalars);

    // What comes after the last whole row is worked on in a copy.
    const size_t wholeRows = arguments.elements / lanes, left = arguments.elements % lanes;
    std::fill_n(tail, tailFloats, 0.0f);
    const auto tailOf = [&](size_t vector) { return tail + vector * lanes; };
    for (size_t vector = 0; vector < static_cast<size_t>(program_.vectorInputs); vector++) std::copy_n(arguments.vectors[vector] + wholeRows * lanes, left, tailOf(vector));

    std::vector<float*> chunk(static_cast<size_t>(program_.vectors()));
    for (size_t index = 0; index < static_cast<size_t>(program_.registers); index++) chunk[given + kept + index] = registers + index * chunkRows * lanes;
    const auto at = [&](size_t row) {
      for (size_t vector = 0; vector < given; vector++) chunk[vector] = row < wholeRows ? arguments.vectors[vector] + row * lanes : tailOf(vector);
      for (size_t index = 0; index < kept; index++) chunk[given + index] = registers + registerFloats + (index * rows + row) * lanes;
    };
    std::vector<double> totals;
    for (const Pass& pass : passes_) {
      for (const Decoded& own : pass.once) call(own, chunk.data(), scalars, 1);
      totals.assign(pass.each.size() * lanes, 0.0);
      for (size_t row = 0; row < wholeRows; row += chunkRows) {
        at(row);
        runChunk(pass, chunk.data(), scalars, static_cast<int>(std::min<size_t>(chunkRows, wholeRows - row)), lanes, totals.data());
      }
      if (left > 0) {
        at(wholeRows);
        runChunk(pass, chunk.data(), scalars, 1, static_cast<int>(left), totals.data());
      }
      for (size_t index = 0; index < pass.each.size(); index++) {
        if (!pass.each[index].isSum) continue;
        double total = 0;
        for (int lane = 0; lane < lanes; lane++) total += totals[index * lanes + static_cast<size_t>(lane)];
        std::fill_n(scalars + static_cast<size_t>(pass.each[index].d.index) * lanes, lanes, static_cast<float>(total));
      }
    }
    for (size_t vector = static_cast<size_t>(program_.vectorInputs); vector < given; vector++) std::copy_n(tailOf(vector), left, arguments.vectors[vector] + wholeRows * lanes);
    for (size_t index = 0; index < program_.scalarOutputs.size(); index++) *arguments.scalarOutputs[index] = scalars[static_cast<size_t>(program_.scalarOutputs[index]) * lanes];
  }

 private:
  // Registers of so many rows stay in the nearest cache.
  static constexpr int chunkRows = 32;

  static size_t rowsOf(size_t elements) { return (elements + lanes - 1) / lanes; }

  struct Decoded {
    RowFunction function;
    bool isSum;
    ElementwiseOperand d, a, b, c, e;
    RowArguments arguments;
  };
  struct Pass {
    std::vector<Decoded> once, each;
  };

  static Decoded decode(const ElementwiseInstruction& own) {
    Instruction same;
    same.opcode = own.opcode;
    same.factors = own.factors;
    same.f = own.f;
    same.form = own.form;
    Decoded made{rowFunction(same), own.opcode == Opcode::RowSum, own.d, own.a, own.b, own.c, own.e, {}};
    // A number among vectors is one row that stands for all.
    const bool each = own.d.place == ElementwisePlace::Vector;
    const auto stride = [&](const ElementwiseOperand& operand) { return each && operand.place == ElementwisePlace::Scalar ? 0 : lanes; };
    RowArguments& arguments = made.arguments;
    arguments.factor = made.isSum ? 1.0f : own.factor;
    arguments.addend = own.addend;
    arguments.aStride = stride(own.a);
    arguments.bStride = stride(own.b);
    arguments.cStride = stride(own.c);
    arguments.eStride = stride(own.e);
    arguments.dense = arguments.aStride + arguments.bStride + arguments.cStride + arguments.eStride == 4 * lanes;
    return made;
  }

  static float* placeOf(const ElementwiseOperand& operand, float* const* vectors, float* scalars) {
    if (operand.place == ElementwisePlace::Vector) return vectors[operand.index];
    return operand.place == ElementwisePlace::Scalar ? scalars + static_cast<ptrdiff_t>(operand.index) * lanes : nullptr;
  }

  static void call(const Decoded& own, float* const* vectors, float* scalars, int rows) {
    RowArguments arguments = own.arguments;
    arguments.rows = rows;
    arguments.d = placeOf(own.d, vectors, scalars);
    arguments.a = placeOf(own.a, vectors, scalars);
    arguments.b = placeOf(own.b, vectors, scalars);
    arguments.c = placeOf(own.c, vectors, scalars);
    arguments.e = placeOf(own.e, vectors, scalars);
    own.function(arguments);
  }

  // Of the last row only `used` elements are there.
  static void runChunk(const Pass& pass, float* const* vectors, float* scalars, int rows, int used, double* totals) {
    for (size_t index = 0; index < pass.each.size(); index++) {
      const Decoded& own = pass.each[index];
      call(own, vectors, scalars, rows);
      if (!own.isSum) continue;
      const float* const sums = scalars + static_cast<ptrdiff_t>(own.d.index) * lanes;
      for (int lane = 0; lane < used; lane++) totals[index * lanes + static_cast<size_t>(lane)] += static_cast<double>(sums[lane]);
    }
  }

  void fillScalars(const ElementwiseArguments& arguments, float* to) const {
    const auto fill = [&](size_t index, float value) { std::fill_n(to + index * lanes, lanes, value); };
    const size_t inputs = static_cast<size_t>(program_.scalarInputs);
    for (size_t index = 0; index < inputs; index++) fill(index, *arguments.scalars[index]);
    for (size_t index = 0; index < program_.literals.size(); index++) fill(inputs + index, program_.literals[index]);
    for (size_t index = static_cast<size_t>(program_.firstTemporary()); index < static_cast<size_t>(program_.scalars()); index++) fill(index, 0.0f);
  }

  const ElementwiseProgram program_;
  std::vector<Pass> passes_;
};

inline std::unique_ptr<Elementwise> makeElementwise(ElementwiseProgram program) { return std::make_unique<ElementwiseOfSet>(std::move(program)); }

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
