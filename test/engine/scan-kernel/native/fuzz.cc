// fuzz <programs> <seed>: every program is refused, or runs inside its memory (the sanitizers see to that).
#include <cstdio>
#include <cstdlib>

#include "scan-memory.h"

int main(int count, char** words) {
  using namespace unroll;
  const int wanted = count > 1 ? std::atoi(words[1]) : 10000;
  RandomPrograms random(count > 2 ? static_cast<uint32_t>(std::atoi(words[2])) : 1);
  const InstructionSet* const set = bestInstructionSet();
  if (set == nullptr) return std::puts("no instruction set"), 2;
  ThreadPool pool(1);
  int accepted = 0, refused = 0;
  for (int index = 0; index < wanted; index++) {
    std::vector<int32_t> encoded = encode(random.next());
    // Some bytecode is damaged on its way.
    if (random.chance(25)) encoded[static_cast<size_t>(random.below(static_cast<int>(encoded.size())))] = random.chance(50) ? random.below(64) - 2 : static_cast<int32_t>(random.below(1 << 30) * 2654435761u);
    if (random.chance(5)) encoded.resize(static_cast<size_t>(random.below(static_cast<int>(encoded.size()))));
    Program program;
    try {
      program = decodeProgram(encoded.data(), encoded.size());
    } catch (const InvalidProgram&) {
      refused++;
      continue;
    }
    // What is valid but huge is a matter of memory, not of bounds.
    int64_t largest = int64_t{program.scratchRows} + program.ringRows + program.parameterRows + program.batchRows + program.tape.slotRows;
    for (const StreamTensor& own : program.tensors) largest += int64_t{own.slotRows} * own.slots / 12;
    if (program.steps > 40) continue;
    for (const RowInput& own : program.rowInputs) largest += own.rows;
    for (const Matrix& own : program.matrices) largest += int64_t{own.rows} * own.columns;
    for (const State& own : program.states) largest += own.rows;
    for (const SumOutput& own : program.sumOutputs) largest += int64_t{own.rows} * std::max(1, own.columns);
    if (largest > 4000) continue;
    accepted++;
    ScanMemory memory(program, 1 + random.below(40), random);
    Scan(program, *set).run(memory.arguments, pool);
  }
  std::printf("%d programs: %d ran on %s, %d refused\n", wanted, accepted, set->name, refused);
  return accepted * 20 < wanted || refused * 20 < wanted ? 1 : 0;
}
