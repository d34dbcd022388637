#define UNROLL_INSTRUCTION_SET avx512
#define UNROLL_VECTOR_WIDTH 16
#include "elementwise-of-set.h"
#include "interpreter-of-set.h"
#include "plain-product-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeAvx512(const Program& program) { return avx512::make(program); }
std::unique_ptr<Elementwise> makeElementwiseAvx512(ElementwiseProgram program) { return avx512::makeElementwise(std::move(program)); }
void plainProductAvx512(const PlainProduct& product) { avx512::plainProduct(product); }
}  // namespace unroll
