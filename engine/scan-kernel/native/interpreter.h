// One block of sixteen series through all steps; compiled once for each instruction set, chosen at run time.
#pragma once

#include <memory>

#include "elementwise-program.h"
#include "plain-product.h"
#include "program.h"

namespace unroll {

struct BlockRun {
  int series = lanes;              // lanes that hold a series; the others hold anything
  const float* packedWeights = nullptr;
  const float* parameters = nullptr;
  const float* batchRows = nullptr;
  float* const* tensors = nullptr;  // by tensor of the program
  float* tape = nullptr;
  float* workspace = nullptr;       // workspaceFloats
  float* sums = nullptr;            // sumFloats; this block's part is added
};

// A program made ready for one instruction set.
class Interpreter {
 public:
  virtual ~Interpreter() = default;
  virtual size_t packedFloats() const = 0;
  virtual void pack(const float* const* matrices, float* to) const = 0;
  virtual size_t workspaceFloats() const = 0;
  // Sums in an order of the interpreter's own; finishSum writes sum `index` as the graph wants it, at
  // `to`, the start of its output.
  virtual size_t sumFloats() const = 0;
  virtual void finishSum(size_t index, const float* sums, float* to) const = 0;
  // The states must be in place; scratch begins at the workspace.
  virtual void run(const BlockRun& block) const = 0;
};

typedef std::unique_ptr<Interpreter> (*InterpreterFactory)(const Program&);
typedef std::unique_ptr<Elementwise> (*ElementwiseFactory)(ElementwiseProgram);

struct InstructionSet {
  const char* name;
  InterpreterFactory make;
  ElementwiseFactory makeElementwise = nullptr;
  PlainProductFunction plainProduct = nullptr;
};

// The best one this processor has, or the one of that name; null where there is none.
const InstructionSet* bestInstructionSet();
const InstructionSet* instructionSetNamed(const char* name);

}  // namespace unroll
