// Memory of exactly the size that a program asks for, each piece an allocation of its own.
#pragma once

#include <memory>

#include "random-program.h"
#include "scan.h"

namespace unroll {

class ScanMemory {
 public:
  ScanMemory(const Program& program, int batch, int steps, RandomPrograms& random) {
    arguments.batch = batch;
    arguments.steps = steps;
    const size_t blocks = static_cast<size_t>(blocksOf(batch));
    const auto floats = [&](size_t count) {
      pieces_.push_back(std::make_unique<float[]>(count));
      for (size_t index = 0; index < count; index++) pieces_.back()[index] = random.number();
      return pieces_.back().get();
    };
    const auto tensor = [&](const StreamTensor& own) { return floats(blocks * static_cast<size_t>(steps + own.history) * static_cast<size_t>(own.slotRows) * lanes); };
    for (const StreamTensor& own : program.tensors) arguments.tensors.push_back(tensor(own));
    for (const RowInput& own : program.rowInputs) {
      const size_t rows = static_cast<size_t>(own.rows);
      arguments.rowInputs.push_back(own.kind == RowInputKind::Literal ? nullptr : floats(own.kind == RowInputKind::Batch ? rows * static_cast<size_t>(batch) : rows));
    }
    for (const Matrix& own : program.matrices) arguments.matrices.push_back(floats(static_cast<size_t>(own.rows) * static_cast<size_t>(own.columns)));
    for (const State& own : program.states) {
      const size_t count = static_cast<size_t>(own.rows) * static_cast<size_t>(batch);
      arguments.initialStates.push_back(own.isLiteral ? nullptr : floats(count));
      arguments.finalStates.push_back(floats(count));
      results.push_back({arguments.finalStates.back(), count});
    }
    for (const Sum& own : program.sums) {
      const size_t count = static_cast<size_t>(own.leftRows) * static_cast<size_t>(own.kind == SumKind::Product ? own.rightRows : 1);
      arguments.sums.push_back(floats(count));
      results.push_back({arguments.sums.back(), count});
    }
    arguments.tape = program.tape.slotRows > 0 ? tensor(program.tape) : nullptr;
  }

  struct Result {
    const float* data;
    size_t count;
  };

  ScanArguments arguments;
  std::vector<Result> results;

 private:
  std::vector<std::unique_ptr<float[]>> pieces_;
};

}  // namespace unroll
