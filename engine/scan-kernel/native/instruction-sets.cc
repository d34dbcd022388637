#include <cstring>

#include "interpreter.h"

namespace unroll {

#if defined(__x86_64__)
std::unique_ptr<Interpreter> makeAvx2(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseAvx2(ElementwiseProgram program);
void plainProductAvx2(const PlainProduct& product);
std::unique_ptr<Interpreter> makeAvx512(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseAvx512(ElementwiseProgram program);
void plainProductAvx512(const PlainProduct& product);
#elif defined(__aarch64__)
std::unique_ptr<Interpreter> makeNeon(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseNeon(ElementwiseProgram program);
void plainProductNeon(const PlainProduct& product);
#endif

namespace {

struct Candidate {
  InstructionSet set;
  bool available;
};

// The best first.
const std::vector<Candidate>& candidates() {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  static const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                             __builtin_cpu_supports("avx512bw");
  static const std::vector<Candidate> all = {{{"AVX-512", makeAvx512, makeElementwiseAvx512, plainProductAvx512}, avx512}, {{"AVX2", makeAvx2, makeElementwiseAvx2, plainProductAvx2}, avx2}};
#elif defined(__aarch64__)
  static const std::vector<Candidate> all = {{{"NEON", makeNeon, makeElementwiseNeon, plainProductNeon}, true}};
#else
  static const std::vector<Candidate> all;
#endif
  return all;
}

}  // namespace

const InstructionSet* bestInstructionSet() {
  for (const Candidate& candidate : candidates()) {
    if (candidate.available) return &candidate.set;
  }
  return nullptr;
}

const InstructionSet* instructionSetNamed(const char* name) {
  for (const Candidate& candidate : candidates()) {
    if (candidate.available && std::strcmp(candidate.set.name, name) == 0) return &candidate.set;
  }
  return nullptr;
}

}  // namespace unroll
