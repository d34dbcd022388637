// Memory of exactly the size that a program asks for, each piece an allocation of its own, which begins so many floats after
// what an allocator aligns to.
#pragma once

#include <memory>

#include "random-program.h"
#include "scan.h"

namespace unroll {

class ScanMemory {
 public:
  ScanMemory(const Program& program, int batch, RandomPrograms& random, size_t unaligned = 0) {
    arguments.batch = batch;
    const size_t blocks = static_cast<size_t>(blocksOf(batch));
    const auto floats = [&](size_t count) {
      pieces_.push_back(std::make_unique<float[]>(unaligned + count));
      float* const data = pieces_.back().get() + unaligned;
      for (size_t index = 0; index < count; index++) data[index] = random.number();
      return data;
    };
    const auto tensor = [&](int slots, int slotRows) { return floats(blocks * static_cast<size_t>(slots) * static_cast<size_t>(slotRows) * lanes); };
    for (const StreamTensor& own : program.tensors) arguments.tensors.push_back(tensor(own.slots, own.slotRows));
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
    for (const SumOutput& own : program.sumOutputs) {
      const size_t count = static_cast<size_t>(own.rows) * static_cast<size_t>(own.columns > 0 ? own.columns : 1);
      arguments.sums.push_back(floats(count));
      results.push_back({arguments.sums.back(), count});
    }
    arguments.tape = program.tape.slotRows > 0 ? tensor(program.steps + program.tape.history, program.tape.slotRows) : nullptr;
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
