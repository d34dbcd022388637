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
  // Re-entrant. Equal arguments give equal bits, whatever the number of threads.
  void run(const ScanArguments& arguments, ThreadPool& pool) const;

  // What a call borrows besides its outputs, once for all blocks and once for each thread.
  size_t sharedFloats(int batch) const;
  size_t ownFloats() const;
  // The steps of one call: what all blocks share, one block, and the sums of all blocks.
  void prepare(const ScanArguments& arguments, float* shared) const;
  void runBlock(const ScanArguments& arguments, int block, int group, const float* shared, float* own) const;
  void finish(const ScanArguments& arguments, float* shared) const;
  double multiplyAdds(int batch) const { return multiplyAdds_ * program_.steps * batch; }

 private:
  float* sumsAt(float* shared) const;
  void fillParameters(const ScanArguments& arguments, float* to) const;

  const Program program_;
  const std::unique_ptr<Interpreter> interpreter_;
  double multiplyAdds_ = 0;
};

struct ScanCall {
  const Scan* scan;
  ScanArguments arguments;
};

// Several scans of one batch, each block through one after the other: a tape of one may be a tensor of a later one. So
// threads share a whole pass rather than one scan at a time, and what a block wrote is still in the cache.
// Threads are used where `shares`, and where there are several and the batch can be shared.
void runScans(const std::vector<ScanCall>& calls, ThreadPool& pool, bool shares);
bool canShare(int batch, const ThreadPool& pool);
double workspaceBytes(const std::vector<const Scan*>& scans, int batch, int threads);

// [steps, batch, rows] or [batch, steps, rows] to [blocks, steps, rows, lanes]; lanes without a series become zero.
void toLanes(const float* from, bool batchFirst, int batch, int steps, int rows, float* to);

struct LaneView {
  int slots = 0;     // slots of the tensor
  int slotRows = 0;  // rows of one slot
  int firstRow = 0;
  Stream steps;      // in which slot each step is
};

// And back, from a part of a tensor of lanes.
void fromLanes(const float* from, const LaneView& view, bool batchFirst, int batch, int steps, int rows, float* to);

}  // namespace unroll
