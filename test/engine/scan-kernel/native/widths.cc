// Every number of units from 1 to 257, with vectors of 4, 8 and 16 numbers: what scans give is what float64 gives, to rounding; and
// the same bits wherever the memory begins.
#include <cmath>
#include <cstdio>
#include <cstring>

#include "recurrence.h"
#include "scan-memory.h"

namespace unroll {
std::unique_ptr<Interpreter> makeNarrow(const Program& program);
std::unique_ptr<Interpreter> makeWide(const Program& program);
}  // namespace unroll

namespace {

using namespace unroll;

struct Sizes {
  int units, features, batch, steps;
};

// g ← (x·W + h·U), h ← tanh(g) · Uᵀ: a transposed product as well, whose sums of outer products are Σ xᵀ·h and Σ hᵀ·h.
Program twoProducts(const Sizes& sizes) {
  Program program = recurrence(sizes.units, sizes.features, sizes.steps);
  const auto rows = static_cast<int32_t>(sizes.units);
  program.scratchRows = rows;
  program.weights.push_back({1, 1, 0, rows});
  const Operand hidden = program.instructions[0].d, inner{scratchBase, 0, 1};
  program.instructions[0].d = program.instructions[1].d = program.instructions[1].a = inner;
  Instruction back;
  back.opcode = Opcode::MatrixProduct;
  back.rows = rows;
  back.d = hidden;
  back.segments = {{inner, 2}};
  program.instructions.push_back(back);
  program.sums.push_back({SumKind::Product, {firstStream + 1, 0, 1}, hidden, rows, rows, 2, 0});
  program.sumOutputs.push_back({rows, rows});
  validateProgram(program);
  return program;
}

// The matrices, made small enough that a state neither grows nor saturates.
void shrink(ScanMemory& memory, const Program& program) {
  for (size_t index = 0; index < program.matrices.size(); index++) {
    const Matrix& own = program.matrices[index];
    float* const data = const_cast<float*>(memory.arguments.matrices[index]);
    const size_t count = static_cast<size_t>(own.rows) * static_cast<size_t>(own.columns);
    for (size_t at = 0; at < count; at++) data[at] *= 0.3f / std::sqrt(static_cast<float>(own.rows + own.columns));
  }
}

// As ScanMemory orders its results: the final state, Σ xᵀ·h, Σ h, Σ h₋₁ᵀ·h.
std::vector<double> inDoubles(const Sizes& sizes, const ScanArguments& arguments) {
  const size_t units = static_cast<size_t>(sizes.units), features = static_cast<size_t>(sizes.features);
  const float* const kernel = arguments.matrices[0];
  const float* const recurrent = arguments.matrices[1];
  std::vector<double> finals, products(features * units), sums(units), squares(units * units);
  for (int series = 0; series < sizes.batch; series++) {
    std::vector<double> hidden(units), inner(units), next(units);
    for (int step = 0; step < sizes.steps; step++) {
      const float* const x = arguments.tensors[0] + (static_cast<size_t>(series / lanes) * static_cast<size_t>(sizes.steps) + static_cast<size_t>(step)) * features * lanes + series % lanes;
      for (size_t n = 0; n < units; n++) {
        double sum = 0;
        for (size_t k = 0; k < features; k++) sum += double{x[k * lanes]} * kernel[k * units + n];
        for (size_t k = 0; k < units; k++) sum += hidden[k] * recurrent[k * units + n];
        inner[n] = std::tanh(sum);
      }
      for (size_t n = 0; n < units; n++) {
        next[n] = 0;
        for (size_t k = 0; k < units; k++) next[n] += inner[k] * recurrent[n * units + k];
      }
      for (size_t n = 0; n < units; n++) {
        for (size_t k = 0; k < features; k++) products[k * units + n] += x[k * lanes] * next[n];
        for (size_t k = 0; k < units; k++) squares[k * units + n] += hidden[k] * next[n];
        sums[n] += next[n];
      }
      hidden = next;
    }
    finals.insert(finals.end(), hidden.begin(), hidden.end());
  }
  for (const std::vector<double>* own : {&products, &sums, &squares}) finals.insert(finals.end(), own->begin(), own->end());
  return finals;
}

std::vector<float> resultsOf(const Scan& scan, int batch, uint32_t seed, size_t unaligned, std::vector<double>* expected, const Sizes& sizes) {
  RandomPrograms random(seed);
  ThreadPool pool(1);
  ScanMemory memory(scan.program(), batch, random, unaligned);
  shrink(memory, scan.program());
  if (expected != nullptr) *expected = inDoubles(sizes, memory.arguments);
  scan.run(memory.arguments, pool);
  std::vector<float> results;
  for (const ScanMemory::Result& result : memory.results) results.insert(results.end(), result.data, result.data + result.count);
  return results;
}

}  // namespace

int main() {
  const InstructionSet* const own = bestInstructionSet();
  if (own == nullptr) return std::puts("no instruction set"), 2;
  const InstructionSet sets[] = {*own, {"narrow", makeNarrow}, {"wide", makeWide}};
  double worst = 0;
  int compared = 0, moved = 0;
  for (int units = 1; units <= 257; units++) {
    const Sizes sizes{units, 1 + units * 7 % 37, 1 + units * 5 % 35, 1 + units % 5};
    const uint32_t seed = static_cast<uint32_t>(units);
    std::vector<double> expected;
    for (const InstructionSet& set : sets) {
      const Scan scan(twoProducts(sizes), set);
      const std::vector<float> results = resultsOf(scan, sizes.batch, seed, 0, expected.empty() ? &expected : nullptr, sizes);
      for (size_t index = 0; index < results.size(); index++, compared++) {
        const double error = std::fabs(results[index] - expected[index]) / std::fmax(1.0, std::fabs(expected[index]));
        worst = error > worst || std::isnan(error) ? error : worst;
      }
      if (&set != &sets[0]) continue;
      for (size_t unaligned = 1; unaligned < 16; unaligned += 1 + seed % 4) {
        const std::vector<float> again = resultsOf(scan, sizes.batch, seed, unaligned, nullptr, sizes);
        if (again.size() != results.size() || std::memcmp(again.data(), results.data(), results.size() * sizeof(float)) != 0) moved++;
      }
    }
  }
  const bool good = worst < 2e-5 && compared > 1000000 && moved == 0;
  std::printf("%d results, %s\n", compared, good ? "the same to rounding" : "different");
  if (!good) std::printf("worst %g; %d times other bits where memory began elsewhere\n", worst, moved);
  return good ? 0 : 1;
}
