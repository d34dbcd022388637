#define UNROLL_INSTRUCTION_SET neon
#define UNROLL_VECTOR_WIDTH 4
#include "elementwise-of-set.h"
#include "interpreter-of-set.h"
#include "plain-product-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeNeon(const Program& program) { return neon::make(program); }
std::unique_ptr<Elementwise> makeElementwiseNeon(ElementwiseProgram program) { return neon::makeElementwise(std::move(program)); }
void plainProductNeon(const PlainProduct& product) { neon::plainProduct(product); }
}  // namespace unroll
