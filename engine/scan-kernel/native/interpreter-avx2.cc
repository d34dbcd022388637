#define UNROLL_INSTRUCTION_SET avx2
#define UNROLL_VECTOR_WIDTH 8
#include "interpreter-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeAvx2(const Program& program) { return avx2::make(program); }
}  // namespace unroll
