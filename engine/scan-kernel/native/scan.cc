#include "scan.h"

#include <algorithm>
#include <atomic>

#include "floating-point-mode.h"
#include "workspace.h"

namespace unroll {
namespace {

// Blocks are summed within groups, groups in their order: the sums do not depend on the number of threads.
constexpr int mostGroups = 8;

size_t rowFloats(int rows) { return static_cast<size_t>(rows) * lanes; }
size_t aligned(size_t floats) { return (floats + 15) / 16 * 16; }
int groupsOf(int batch) { return std::max(1, std::min(blocksOf(batch), mostGroups)); }

}  // namespace

Scan::Scan(Program program, const InstructionSet& instructionSet) : program_(std::move(program)), interpreter_(instructionSet.make(program_)) {
  for (const Instruction& instruction : program_.instructions) {
    for (const Segment& segment : instruction.segments) multiplyAdds_ += double{1} * program_.weightInner(segment.weight) * instruction.rows;
  }
  for (const Sum& sum : program_.sums) multiplyAdds_ += double{1} * sum.leftRows * std::max(1, sum.rightRows);
}

float* Scan::sumsAt(float* shared) const { return shared + aligned(interpreter_->packedFloats()) + rowFloats(program_.parameterRows); }

size_t Scan::sharedFloats(int batch) const {
  return aligned(interpreter_->packedFloats()) + rowFloats(program_.parameterRows) + static_cast<size_t>(groupsOf(batch)) * aligned(interpreter_->sumFloats());
}

size_t Scan::ownFloats() const { return aligned(interpreter_->workspaceFloats()) + rowFloats(program_.batchRows); }

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

void Scan::prepare(const ScanArguments& arguments, float* shared) const {
  interpreter_->pack(arguments.matrices.data(), shared);
  fillParameters(arguments, shared + aligned(interpreter_->packedFloats()));
  std::fill_n(sumsAt(shared), static_cast<size_t>(groupsOf(arguments.batch)) * aligned(interpreter_->sumFloats()), 0.0f);
}

void Scan::runBlock(const ScanArguments& arguments, int block, int group, const float* shared, float* own) const {
  BlockRun run;
  run.packedWeights = shared;
  run.parameters = shared + aligned(interpreter_->packedFloats());
  run.workspace = own;
  run.sums = sumsAt(const_cast<float*>(shared)) + static_cast<size_t>(group) * aligned(interpreter_->sumFloats());
  float* const batchRows = own + aligned(interpreter_->workspaceFloats());
  const int firstSeries = block * lanes;
  run.series = std::min(lanes, arguments.batch - firstSeries);
  const auto slots = [&](int slotRows, int count) { return rowFloats(slotRows) * static_cast<size_t>(count) * static_cast<size_t>(block); };
  std::vector<float*> tensors(arguments.tensors);
  for (size_t index = 0; index < tensors.size(); index++) tensors[index] += slots(program_.tensors[index].slotRows, program_.tensors[index].slots);
  run.tensors = tensors.data();
  run.tape = arguments.tape == nullptr ? nullptr : arguments.tape + slots(program_.tape.slotRows, program_.steps + program_.tape.history);
  run.batchRows = batchRows;
  const auto seriesOf = [&](const float* of, int rows) { return of + static_cast<size_t>(firstSeries) * static_cast<size_t>(rows); };
  for (size_t index = 0; index < program_.rowInputs.size(); index++) {
    const RowInput& input = program_.rowInputs[index];
    if (input.kind == RowInputKind::Batch) toLanes(seriesOf(arguments.rowInputs[index], input.rows), false, run.series, 1, input.rows, batchRows + rowFloats(input.row));
  }
  const auto statePlace = [&](const State& state, int slot) {
    const size_t row = rowFloats(state.place.row);
    return state.place.base == scratchBase ? run.workspace + row : run.tape + rowFloats(program_.tape.slotRows) * static_cast<size_t>(slot) + row;
  };
  for (size_t index = 0; index < program_.states.size(); index++) {
    const State& state = program_.states[index];
    float* const place = statePlace(state, program_.backwards ? program_.steps : 0);
    if (state.isLiteral) std::fill_n(place, rowFloats(state.rows), state.literal);
    else toLanes(seriesOf(arguments.initialStates[index], state.rows), false, run.series, 1, state.rows, place);
  }
  interpreter_->run(run);
  for (size_t index = 0; index < program_.states.size(); index++) {
    const State& state = program_.states[index];
    const float* const place = statePlace(state, program_.backwards ? 0 : program_.steps);
    float* const to = arguments.finalStates[index] + static_cast<size_t>(firstSeries) * static_cast<size_t>(state.rows);
    fromLanes(place, {1, state.rows, 0, {0, 0, 0, 1}}, false, run.series, 1, state.rows, to);
  }
}

void Scan::finish(const ScanArguments& arguments, float* shared) const {
  float* const sums = sumsAt(shared);
  const size_t sumFloats = aligned(interpreter_->sumFloats());
  for (int group = 1; group < groupsOf(arguments.batch); group++) {
    const float* const part = sums + static_cast<size_t>(group) * sumFloats;
    for (size_t index = 0; index < sumFloats; index++) sums[index] += part[index];
  }
  for (size_t index = 0; index < program_.sums.size(); index++) interpreter_->finishSum(index, sums, arguments.sums[static_cast<size_t>(program_.sums[index].output)]);
}

void Scan::run(const ScanArguments& arguments, ThreadPool& pool) const { runScans({{this, arguments}}, pool, true); }

bool canShare(int batch, const ThreadPool& pool) { return pool.threads() > 1 && groupsOf(batch) > 1; }

void runScans(const std::vector<ScanCall>& calls, ThreadPool& pool, bool shares) {
  if (calls.empty()) return;
  const FloatingPointMode mode;
  const int batch = calls.front().arguments.batch, blocks = blocksOf(batch), groups = groupsOf(batch);
  std::vector<size_t> sharedAt;
  size_t sharedFloats = 0, mostOwn = 0;
  for (const ScanCall& call : calls) {
    sharedAt.push_back(sharedFloats);
    sharedFloats += call.scan->sharedFloats(batch);
    mostOwn = std::max(mostOwn, call.scan->ownFloats());
  }
  const Workspace shared = Workspace::borrow(sharedFloats);
  for (size_t index = 0; index < calls.size(); index++) calls[index].scan->prepare(calls[index].arguments, shared.data() + sharedAt[index]);
  // Borrowed before any thread starts: there is nobody to tell of a failure within.
  const bool isShared = shares && canShare(batch, pool);
  const int workers = isShared ? std::min(pool.threads(), groups) : 1;
  std::vector<Workspace> workspaces;
  for (int worker = 0; worker < workers; worker++) workspaces.push_back(Workspace::borrow(mostOwn));
  // Whoever is free takes the next group; a helper that wakes late finds less to do.
  std::atomic<int> nextGroup{0};
  const auto runGroups = [&](int worker) {
    const FloatingPointMode own;
    float* const workspace = workspaces[static_cast<size_t>(worker)].data();
    for (int group = nextGroup++; group < groups; group = nextGroup++) {
      for (int block = blocks * group / groups; block < blocks * (group + 1) / groups; block++) {
        for (size_t index = 0; index < calls.size(); index++) calls[index].scan->runBlock(calls[index].arguments, block, group, shared.data() + sharedAt[index], workspace);
      }
    }
  };
  if (isShared) pool.run(workers, runGroups);
  else runGroups(0);
  for (size_t index = 0; index < calls.size(); index++) calls[index].scan->finish(calls[index].arguments, shared.data() + sharedAt[index]);
}

double workspaceBytes(const std::vector<const Scan*>& scans, int batch, int threads) {
  double shared = 0;
  size_t own = 0;
  for (const Scan* scan : scans) {
    shared += static_cast<double>(scan->sharedFloats(batch));
    own = std::max(own, scan->ownFloats());
  }
  return (shared + static_cast<double>(own) * std::max(1, std::min(threads, groupsOf(batch)))) * sizeof(float);
}

}  // namespace unroll
