// The sources of every instruction set, compiled for the processor at hand: where it lacks one, the compiler makes several of its
// own vectors of one that is wider, and uses a part of its own for one that is narrower. So all widths run on any machine.
#pragma once

#include <vector>

#include "interpreter.h"

namespace unroll {

std::unique_ptr<Interpreter> makeAvx512(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseAvx512(ElementwiseProgram program);
void plainProductAvx512(const PlainProduct& product);
std::unique_ptr<Interpreter> makeAvx2(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseAvx2(ElementwiseProgram program);
void plainProductAvx2(const PlainProduct& product);
std::unique_ptr<Interpreter> makeNeon(const Program& program);
std::unique_ptr<Elementwise> makeElementwiseNeon(ElementwiseProgram program);
void plainProductNeon(const PlainProduct& product);

inline const std::vector<InstructionSet>& everyWidth() {
  static const std::vector<InstructionSet> all = {
      {"16 numbers a vector", makeAvx512, makeElementwiseAvx512, plainProductAvx512}, {"8 numbers a vector", makeAvx2, makeElementwiseAvx2, plainProductAvx2}, {"4 numbers a vector", makeNeon, makeElementwiseNeon, plainProductNeon}};
  return all;
}

}  // namespace unroll
