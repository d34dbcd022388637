#define UNROLL_INSTRUCTION_SET avx2
#define UNROLL_VECTOR_WIDTH 8
#include "elementwise-of-set.h"
#include "interpreter-of-set.h"
#include "plain-product-of-set.h"

namespace unroll {
std::unique_ptr<Interpreter> makeAvx2(const Program& program) { return avx2::make(program); }
std::unique_ptr<Elementwise> makeElementwiseAvx2(ElementwiseProgram program) { return avx2::makeElementwise(std::move(program)); }
void plainProductAvx2(const PlainProduct& product) { avx2::plainProduct(product); }
}  // namespace unroll
