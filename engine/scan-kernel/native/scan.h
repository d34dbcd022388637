// A whole scan over any batch: blocks of sixteen series, each through all steps.
#pragma once

#include <memory>
#include <vector>

#include "interpreter.h"
#include "thread-pool.h"

namespace unroll {

// Where a call's numbers are. Shapes as in Program; tensors are [blocks, slots, slotRows, lanes].
struct ScanArguments {
  int batch = 0;
  std::vector<float*> tensors;
  std::vector<const float*> rowInputs;      // null for a literal
  std::vector<const float*> matrices;
  std::vector<const float*> initialStates;  // [batch, rows]; null for a literal
  float* tape = nullptr;
  std::vector<float*> finalStates;          // [batch, rows]
  std::vector<float*> sums;                 // by output
};

inline int blocksOf(int batch) { return (batch + lanes - 1) / lanes; }

class Scan {
 public:
  Scan(Program program, const InstructionSet& instructionSet);

  const Program& program() const { return program_; }
  // What a call borrows besides its outputs.
  size_t workspaceBytes(int batch, int threads) const;
  // Re-entrant. Equal arguments give equal bits, whatever the number of threads.
  void run(const ScanArguments& arguments, ThreadPool& pool) const;

 private:
  int groups(int batch) const;
  bool threadsPay(const ScanArguments& arguments) const;
  void fillParameters(const ScanArguments& arguments, float* to) const;
  void runBlock(const ScanArguments& arguments, int block, BlockRun run, float* batchRows) const;

  const Program program_;
  const std::unique_ptr<Interpreter> interpreter_;
  double multiplyAdds_ = 0;
};

// [steps, batch, rows] or [batch, steps, rows] to [blocks, steps, rows, lanes]; lanes without a series become zero.
void toLanes(const float* from, bool batchFirst, int batch, int steps, int rows, float* to);

struct LaneView {
  int slots = 0;     // slots of the tensor
  int slotRows = 0;  // rows of one slot
  int offset = 0;    // step t is in slot t + offset
  int firstRow = 0;
  int first = 0, end = 0;  // steps that are there; the others are zeros
};

// And back, from a part of a tensor of lanes.
void fromLanes(const float* from, const LaneView& view, bool batchFirst, int batch, int steps, int rows, float* to);

}  // namespace unroll
