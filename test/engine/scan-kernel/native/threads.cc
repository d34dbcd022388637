// Passes of two scans, one of which reads what the other writes, and chains by element, at once on one pool: they give what one
// alone gives, bit for bit, and leave the thread's floating point as it was.
#include <cfenv>
#include <cstdio>
#include <cstring>
#include <thread>

#include "every-width.h"
#include "random-elementwise.h"
#include "recurrence.h"
#include "scan-memory.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace {

using namespace unroll;

constexpr int batch = 137, steps = 80, units = 48;

// x ← a, s = Σ x², then x · s: two passes over the elements.
ElementwiseProgram scaledBySquares() {
  ElementwiseProgram program;
  program.vectorInputs = program.vectorOutputs = program.registers = program.temporaries = 1;
  program.scalarOutputs = {0};
  const ElementwiseOperand given{ElementwisePlace::Vector, 0}, result{ElementwisePlace::Vector, 1}, squared{ElementwisePlace::Vector, 2}, sum{ElementwisePlace::Scalar, 0};
  ElementwiseInstruction square, total, scale;
  square.opcode = scale.opcode = Opcode::Product;
  square.d = squared, square.a = given, square.factors = 1, square.f = Modifier::Square;
  total.opcode = Opcode::RowSum, total.d = sum, total.a = squared;
  scale.d = result, scale.a = given, scale.b = sum, scale.factors = 2;
  program.passes = {{{}, {square, total}}, {{}, {scale}}};
  const std::vector<int32_t> words = encode(program);
  return decodeElementwise(words.data(), words.size());
}

// Everything that one call reads and writes, the same each time.
struct Work {
  Work(const Scan& below, const Scan& above, const Elementwise& chain) : random(7), first(below.program(), batch, random), second(above.program(), batch, random), elements(chain.program(), count, random) {
    second.arguments.tensors[0] = first.arguments.tape;
  }

  void run(const Scan& below, const Scan& above, const Elementwise& chain, ThreadPool& pool) {
    runScans({{&below, first.arguments}, {&above, second.arguments}}, pool, true);
    chain.run(elements.arguments);
  }

  bool sameAs(const Work& other) const {
    const auto same = [](const ScanMemory& one, const ScanMemory& two) {
      for (size_t index = 0; index < one.results.size(); index++) {
        if (std::memcmp(one.results[index].data, two.results[index].data, one.results[index].count * sizeof(float)) != 0) return false;
      }
      return true;
    };
    const float* const own = elements.arguments.vectors[1];
    return same(first, other.first) && same(second, other.second) && std::memcmp(own, other.elements.arguments.vectors[1], count * sizeof(float)) == 0;
  }

  static constexpr size_t count = 4099;
  RandomPrograms random;
  ScanMemory first, second;
  ElementwiseMemory elements;
};

// Whether calls at once, on one instruction set, were as they should be.
bool runsAtOnce(const InstructionSet& set) {
  constexpr int callers = 4, rounds = 5;
  const Scan below(recurrence(units, 5, steps), set);
  const Scan above(recurrence(20, tapeOf(below.program(), units), steps), set);
  const std::unique_ptr<Elementwise> chain = set.makeElementwise(scaledBySquares());
  ThreadPool alone(1);
  Work expected(below, above, *chain);
  expected.run(below, above, *chain, alone);

  ThreadPool pool(3);
  bool failed = false;
  std::vector<std::thread> threads;
  std::vector<int> differing(callers, 0);
  for (int caller = 0; caller < callers; caller++) {
    threads.emplace_back([&, caller] {
      std::fesetround(FE_UPWARD);
#if defined(__x86_64__)
      const unsigned before = _mm_getcsr();
#endif
      for (int round = 0; round < rounds; round++) {
        std::fesetround(FE_TONEAREST);
        Work own(below, above, *chain);
        std::fesetround(FE_UPWARD);
        own.run(below, above, *chain, pool);
        if (!own.sameAs(expected)) differing[static_cast<size_t>(caller)]++;
      }
      if (std::fegetround() != FE_UPWARD) differing[static_cast<size_t>(caller)] += 1000;
#if defined(__x86_64__)
      // The flags of what happened may be set; modes and masks may not have changed.
      if ((_mm_getcsr() & 0xffc0u) != (before & 0xffc0u)) differing[static_cast<size_t>(caller)] += 1000000;
#endif
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : differing) failed |= count != 0;
  std::printf("%d callers, %d rounds with %s: %s\n", callers, rounds, set.name, failed ? "different bits" : "the same bits");
  return !failed;
}

}  // namespace

int main() {
  bool good = true;
  for (const InstructionSet& set : everyWidth()) good = runsAtOnce(set) && good;
  return good ? 0 : 1;
}
