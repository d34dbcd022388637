// The kernel as NEON would run it, 4 numbers a vector, on whatever this processor has.
#define UNROLL_INSTRUCTION_SET narrow
#define UNROLL_VECTOR_WIDTH 4
#include "interpreter-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeNarrow(const Program& program) { return narrow::make(program); }
}  // namespace unroll
