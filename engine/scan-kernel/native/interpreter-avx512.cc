#define UNROLL_INSTRUCTION_SET avx512
#define UNROLL_VECTOR_WIDTH 16
#include "interpreter-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeAvx512(const Program& program) { return avx512::make(program); }
}  // namespace unroll
