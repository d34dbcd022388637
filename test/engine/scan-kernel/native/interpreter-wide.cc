// The kernel as AVX-512 would run it, 16 numbers a vector, on whatever this processor has.
#define UNROLL_INSTRUCTION_SET wide
#define UNROLL_VECTOR_WIDTH 16
#include "interpreter-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeWide(const Program& program) { return wide::make(program); }
}  // namespace unroll
