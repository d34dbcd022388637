#include "scan.h"

#include <algorithm>
#include <atomic>

#include "floating-point-mode.h"
#include "workspace.h"

namespace unroll {
namespace {

// Blocks are summed within groups, groups in their order: the sums do not depend on the number of threads.
constexpr int mostGroups = 8;
// Below this much work in a call, waking a thread costs more than it saves; a cautious guess, since no gain from threads could be measured yet.
constexpr double leastMultiplyAdds = 2.0e7;

size_t rowFloats(int rows) { return static_cast<size_t>(rows) * lanes; }
size_t aligned(size_t floats) { return (floats + 15) / 16 * 16; }

}  // namespace

Scan::Scan(Program program, const InstructionSet& instructionSet) : program_(std::move(program)), interpreter_(instructionSet.make(program_)) {
  for (const Instruction& instruction : program_.instructions) {
    for (const Segment& segment : instruction.segments) multiplyAdds_ += double{1} * program_.weightInner(segment.weight) * instruction.rows;
  }
  for (const Sum& sum : program_.sums) multiplyAdds_ += double{1} * sum.leftRows * std::max(1, sum.rightRows);
}

int Scan::groups(int batch) const { return std::max(1, std::min(blocksOf(batch), mostGroups)); }

size_t Scan::workspaceBytes(int batch, int threads) const {
  const size_t shared = aligned(interpreter_->packedFloats()) + rowFloats(program_.parameterRows) +
                        static_cast<size_t>(groups(batch)) * aligned(interpreter_->sumFloats());
  const size_t own = aligned(interpreter_->workspaceFloats()) + rowFloats(program_.batchRows);
  return (shared + own * static_cast<size_t>(std::max(1, std::min(threads, groups(batch))))) * sizeof(float);
}

bool Scan::threadsPay(const ScanArguments& arguments) const {
  return multiplyAdds_ * program_.steps * arguments.batch >= leastMultiplyAdds;
}

void Scan::fillParameters(const ScanArguments& arguments, float* to) const {
  for (size_t index = 0; index < program_.rowInputs.size(); index++) {
    const RowInput& input = program_.rowInputs[index];
    if (input.kind == RowInputKind::Batch) continue;
    for (int row = 0; row < input.rows; row++) {
      const float value = input.kind == RowInputKind::Literal ? input.literal : arguments.rowInputs[index][row];
      std::fill_n(to + rowFloats(input.row + row), lanes, value);
    }
  }
}

void Scan::runBlock(const ScanArguments& arguments, int block, BlockRun run, float* batchRows) const {
  const int firstSeries = block * lanes;
  run.series = std::min(lanes, arguments.batch - firstSeries);
  const auto slots = [&](int slotRows, int count) { return rowFloats(slotRows) * static_cast<size_t>(count) * static_cast<size_t>(block); };
  std::vector<float*> tensors(arguments.tensors);
  for (size_t index = 0; index < tensors.size(); index++) tensors[index] += slots(program_.tensors[index].slotRows, program_.tensors[index].slots);
  run.tensors = tensors.data();
  run.tape = arguments.tape == nullptr ? nullptr : arguments.tape + slots(program_.tape.slotRows, program_.steps + program_.tape.history);
  run.batchRows = batchRows;
  const auto own = [&](const float* of, int rows) { return of + static_cast<size_t>(firstSeries) * static_cast<size_t>(rows); };
  for (size_t index = 0; index < program_.rowInputs.size(); index++) {
    const RowInput& input = program_.rowInputs[index];
    if (input.kind == RowInputKind::Batch) toLanes(own(arguments.rowInputs[index], input.rows), false, run.series, 1, input.rows, batchRows + rowFloats(input.row));
  }
  const auto statePlace = [&](const State& state, int slot) {
    const size_t row = rowFloats(state.place.row);
    return state.place.base == scratchBase ? run.workspace + row : run.tape + rowFloats(program_.tape.slotRows) * static_cast<size_t>(slot) + row;
  };
  for (size_t index = 0; index < program_.states.size(); index++) {
    const State& state = program_.states[index];
    float* const place = statePlace(state, program_.backwards ? program_.steps : 0);
    if (state.isLiteral) std::fill_n(place, rowFloats(state.rows), state.literal);
    else toLanes(own(arguments.initialStates[index], state.rows), false, run.series, 1, state.rows, place);
  }
  interpreter_->run(run);
  for (size_t index = 0; index < program_.states.size(); index++) {
    const State& state = program_.states[index];
    const float* const place = statePlace(state, program_.backwards ? 0 : program_.steps);
    float* const to = arguments.finalStates[index] + static_cast<size_t>(firstSeries) * static_cast<size_t>(state.rows);
    fromLanes(place, {1, state.rows, 0, 0, 0, 1}, false, run.series, 1, state.rows, to);
  }
}

void Scan::run(const ScanArguments& arguments, ThreadPool& pool) const {
  const FloatingPointMode mode;
  const int blocks = blocksOf(arguments.batch), groupCount = groups(arguments.batch);
  const size_t packedFloats = aligned(interpreter_->packedFloats()), sumFloats = aligned(interpreter_->sumFloats());
  const Workspace shared = Workspace::borrow(packedFloats + rowFloats(program_.parameterRows) + static_cast<size_t>(groupCount) * sumFloats);
  float* const parameters = shared.data() + packedFloats;
  float* const sums = parameters + rowFloats(program_.parameterRows);
  interpreter_->pack(arguments.matrices.data(), shared.data());
  fillParameters(arguments, parameters);
  std::fill_n(sums, static_cast<size_t>(groupCount) * sumFloats, 0.0f);

  const size_t ownFloats = aligned(interpreter_->workspaceFloats());
  // Borrowed before any thread starts: there is nobody to tell of a failure within.
  const bool parallel = pool.threads() > 1 && groupCount > 1 && threadsPay(arguments);
  const int workers = parallel ? std::min(pool.threads(), groupCount) : 1;
  std::vector<Workspace> workspaces;
  for (int worker = 0; worker < workers; worker++) workspaces.push_back(Workspace::borrow(ownFloats + rowFloats(program_.batchRows)));
  // Whoever is free takes the next group; a helper that wakes late finds less to do.
  std::atomic<int> nextGroup{0};
  const auto runGroups = [&](int worker) {
    const FloatingPointMode own;
    BlockRun run;
    run.packedWeights = shared.data();
    run.parameters = parameters;
    run.workspace = workspaces[static_cast<size_t>(worker)].data();
    for (int group = nextGroup++; group < groupCount; group = nextGroup++) {
      run.sums = sums + static_cast<size_t>(group) * sumFloats;
      for (int block = blocks * group / groupCount; block < blocks * (group + 1) / groupCount; block++) {
        runBlock(arguments, block, run, run.workspace + ownFloats);
      }
    }
  };
  if (parallel) pool.run(workers, runGroups);
  else runGroups(0);

  for (int group = 1; group < groupCount; group++) {
    const float* const part = sums + static_cast<size_t>(group) * sumFloats;
    for (size_t index = 0; index < sumFloats; index++) sums[index] += part[index];
  }
  for (size_t index = 0; index < program_.sums.size(); index++) interpreter_->finishSum(index, sums, arguments.sums[static_cast<size_t>(program_.sums[index].output)]);
}

}  // namespace unroll
