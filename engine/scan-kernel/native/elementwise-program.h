// Operations by element on tensors of one shape, numbers beside them, and sums over all elements: several passes over the
// elements, since what a sum gives is known after the pass that takes it. Written by engine/scan-kernel/elementwise-program.ts.
#pragma once

#include <memory>

#include "program.h"

namespace unroll {

enum class ElementwisePlace : int32_t { None, Vector, Scalar, Count };

// Vectors are numbered: inputs, outputs, kept between passes, registers within a pass. Scalars: inputs, literals, temporaries.
struct ElementwiseOperand {
  ElementwisePlace place = ElementwisePlace::None;
  int32_t index = 0;
};

// As in a scan, with one vector or one number for each operand. RowSum adds up all elements of `a` into a number.
struct ElementwiseInstruction {
  Opcode opcode = Opcode::Fill;
  ElementwiseOperand d, a, b, c, e;
  int32_t factors = 0;
  Modifier f = Modifier::Identity;
  ProductForm form = ProductForm::Plain;
  float factor = 0, addend = 0;
};

// First what is done once, then what is done with each element.
struct ElementwisePass {
  std::vector<ElementwiseInstruction> once, each;
};

struct ElementwiseProgram {
  int32_t vectorInputs = 0, vectorOutputs = 0, kept = 0, registers = 0;
  int32_t scalarInputs = 0, temporaries = 0;
  std::vector<float> literals;
  std::vector<int32_t> scalarOutputs;
  std::vector<ElementwisePass> passes;

  int32_t vectors() const { return vectorInputs + vectorOutputs + kept + registers; }
  int32_t firstTemporary() const { return scalarInputs + static_cast<int32_t>(literals.size()); }
  int32_t scalars() const { return firstTemporary() + temporaries; }
};

// Reads and validates; throws InvalidProgram. Whatever this accepts, a run stays inside its memory.
ElementwiseProgram decodeElementwise(const int32_t* words, size_t count);

struct ElementwiseArguments {
  size_t elements = 0;
  std::vector<float*> vectors;        // inputs, then outputs
  std::vector<const float*> scalars;  // inputs
  std::vector<float*> scalarOutputs;
};

// A program made ready for one instruction set. Re-entrant; equal arguments give equal bits.
class Elementwise {
 public:
  virtual ~Elementwise() = default;
  virtual const ElementwiseProgram& program() const = 0;
  // What a run borrows besides its outputs.
  virtual size_t workspaceFloats(size_t elements) const = 0;
  virtual void run(const ElementwiseArguments& arguments) const = 0;
};

}  // namespace unroll
