#define UNROLL_INSTRUCTION_SET neon
#define UNROLL_VECTOR_WIDTH 4
#include "interpreter-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeNeon(const Program& program) { return neon::make(program); }
}  // namespace unroll
