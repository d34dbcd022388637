// Vectors of 4, 8 and 16 numbers give the same to rounding: the tiles of every instruction set are right.
#include <cmath>
#include <cstdio>

#include "recurrence.h"
#include "scan-memory.h"

namespace unroll {
std::unique_ptr<Interpreter> makeNarrow(const Program& program);
std::unique_ptr<Interpreter> makeWide(const Program& program);
}  // namespace unroll

int main() {
  using namespace unroll;
  const InstructionSet* const own = bestInstructionSet();
  if (own == nullptr) return std::puts("no instruction set"), 2;
  const InstructionSet sets[] = {*own, {"narrow", makeNarrow}, {"wide", makeWide}};
  ThreadPool pool(1);
  double worst = 0;
  int compared = 0;
  for (int units = 1; units <= 90; units += units < 40 ? 1 : 7) {
    const int features = 1 + units * 7 % 37, batch = 1 + units * 5 % 35, steps = 1 + units % 11;
    std::vector<std::vector<float>> results;
    for (const InstructionSet& set : sets) {
      RandomPrograms random(static_cast<uint32_t>(units));
      const Scan scan(recurrence(units, features, steps), set);
      ScanMemory memory(scan.program(), batch, random);
      scan.run(memory.arguments, pool);
      results.emplace_back();
      for (const ScanMemory::Result& result : memory.results) results.back().insert(results.back().end(), result.data, result.data + result.count);
    }
    for (size_t index = 0; index < results[0].size(); index++) {
      for (size_t set = 1; set < results.size(); set++) {
        const double error = std::fabs(results[set][index] - results[0][index]) / std::fmax(1.0, std::fabs(results[0][index]));
        worst = error > worst || std::isnan(error) ? error : worst;
        compared++;
      }
    }
  }
  const bool good = worst < 3e-4 && compared > 10000;
  std::printf("%d results, %s\n", compared, good ? "the same to rounding" : "different");
  if (!good) std::printf("worst %g\n", worst);
  return good ? 0 : 1;
}
