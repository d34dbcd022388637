// Several scans at once on one pool give what one alone gives, bit for bit, and leave the thread's floating point as it was.
#include <cfenv>
#include <cstdio>
#include <cstring>
#include <thread>

#include "recurrence.h"
#include "scan-memory.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace {

using namespace unroll;

bool same(const ScanMemory& one, const ScanMemory& other) {
  for (size_t index = 0; index < one.results.size(); index++) {
    if (std::memcmp(one.results[index].data, other.results[index].data, one.results[index].count * sizeof(float)) != 0) return false;
  }
  return true;
}

}  // namespace

int main() {
  const InstructionSet* const set = bestInstructionSet();
  if (set == nullptr) return std::puts("no instruction set"), 2;
  constexpr int batch = 137, steps = 80, callers = 4, rounds = 5;
  const Scan scan(recurrence(48, 5, steps), *set);
  RandomPrograms random(7);
  ThreadPool alone(1);
  ScanMemory expected(scan.program(), batch, random);
  scan.run(expected.arguments, alone);

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
        RandomPrograms exact(7);
        ScanMemory own(scan.program(), batch, exact);
        std::fesetround(FE_UPWARD);
        scan.run(own.arguments, pool);
        if (!same(own, expected)) differing[static_cast<size_t>(caller)]++;
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
  std::printf("%d callers, %d rounds on %s: %s\n", callers, rounds, set->name, failed ? "different bits" : "the same bits");
  return failed ? 1 : 0;
}
