// fuzz <programs> <seed>: every program is refused, or runs inside its memory (the sanitizers see to that). A good part are
// scans that follow another one in the same call and read its tape, another part are chains of operations by element, or
// products of small matrices. The sources of one instruction set after the other run them.
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "every-width.h"
#include "random-elementwise.h"
#include "random-product.h"
#include "scan-memory.h"

namespace {

using namespace unroll;

// Some bytecode is damaged on its way.
void damage(std::vector<int32_t>& words, RandomPrograms& random) {
  if (random.chance(25)) words[static_cast<size_t>(random.below(static_cast<int>(words.size())))] = random.chance(50) ? random.below(64) - 2 : static_cast<int32_t>(random.below(1 << 30) * 2654435761u);
  if (random.chance(5)) words.resize(static_cast<size_t>(random.below(static_cast<int>(words.size()))));
}

// What is valid but huge is a matter of memory, not of bounds.
bool isHuge(const Program& program) {
  int64_t largest = int64_t{program.scratchRows} + program.ringRows + program.parameterRows + program.batchRows + program.tape.slotRows;
  for (const StreamTensor& own : program.tensors) largest += int64_t{own.slotRows} * own.slots / 12;
  for (const RowInput& own : program.rowInputs) largest += own.rows;
  for (const Matrix& own : program.matrices) largest += int64_t{own.rows} * own.columns;
  for (const State& own : program.states) largest += own.rows;
  for (const SumOutput& own : program.sumOutputs) largest += int64_t{own.rows} * std::max(1, own.columns);
  return program.steps > 40 || largest > 4000;
}

bool isHuge(const ElementwiseProgram& program) { return program.vectors() + program.scalars() > 1000; }

struct Counts {
  int ran = 0, followed = 0, chains = 0, products = 0, refused = 0;
};

// The earlier program, if there is one, and this one in one call.
bool runScansOnce(const Program& program, const Program* earlier, const InstructionSet& set, ThreadPool& pool, RandomPrograms& random) {
  const int batch = 1 + random.below(40);
  ScanMemory memory(program, batch, random);
  const Scan scan(program, set);
  if (earlier == nullptr) return scan.run(memory.arguments, pool), false;
  ScanMemory before(*earlier, batch, random);
  const Scan first(*earlier, set);
  bool reads = false;
  for (size_t index = 0; index < program.tensors.size(); index++) {
    if (!isTapeOf(program.tensors[index], *earlier)) continue;
    memory.arguments.tensors[index] = before.arguments.tape;
    reads = true;
  }
  runScans({{&first, before.arguments}, {&scan, memory.arguments}}, pool, random.chance(50));
  return reads;
}

void runProductOnce(const InstructionSet& set, RandomPrograms& random) {
  const ProductSizes sizes{random.below(80), random.below(40), random.below(60), random.chance(50), random.chance(50)};
  const ProductMemory memory(sizes, random.chance(50), random.chance(50), !sizes.transposedRight && random.chance(50), random);
  set.plainProduct(memory.product);
}

}  // namespace

int main(int count, char** words) {
  const int wanted = count > 1 ? std::atoi(words[1]) : 10000;
  RandomPrograms random(count > 2 ? static_cast<uint32_t>(std::atoi(words[2])) : 1);
  RandomElementwise chains(random);
  ThreadPool pool(2);
  Counts counts;
  std::optional<Program> earlier;
  for (int index = 0; index < wanted; index++) {
    const InstructionSet& set = everyWidth()[static_cast<size_t>(index) % everyWidth().size()];
    try {
      if (random.chance(10)) {
        runProductOnce(set, random);
        counts.products++;
        continue;
      }
      if (random.chance(20)) {
        std::vector<int32_t> encoded = encode(chains.next());
        damage(encoded, random);
        const ElementwiseProgram program = decodeElementwise(encoded.data(), encoded.size());
        if (isHuge(program)) continue;
        counts.chains++;
        const ElementwiseMemory memory(program, static_cast<size_t>(random.chance(50) ? random.below(40) : random.below(1500)), random);
        set.makeElementwise(program)->run(memory.arguments);
        continue;
      }
      const bool follows = earlier.has_value() && random.chance(40);
      std::vector<int32_t> encoded = encode(random.next(follows ? &*earlier : nullptr));
      damage(encoded, random);
      const Program program = decodeProgram(encoded.data(), encoded.size());
      if (isHuge(program)) continue;
      counts.ran++;
      if (runScansOnce(program, follows ? &*earlier : nullptr, set, pool, random)) counts.followed++;
      if (program.tape.slotRows > 0) earlier = program;
    } catch (const InvalidProgram&) {
      counts.refused++;
    }
  }
  std::printf("%d programs: %d scans ran, with vectors of 4, 8 and 16 numbers in turn, %d of them read the tape of another; %d chains by element ran, and %d products; %d were refused\n", wanted, counts.ran, counts.followed,
              counts.chains, counts.products, counts.refused);
  const auto isFew = [&](int some) { return some * 20 < wanted; };
  return isFew(counts.ran) || isFew(counts.followed) || isFew(counts.chains) || isFew(counts.products) || isFew(counts.refused) ? 1 : 0;
}
