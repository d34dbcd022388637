// Chains of operations by element that a compiler might have written, and chains that none would.
#pragma once

#include <memory>

#include "elementwise-program.h"
#include "random-program.h"

namespace unroll {

class RandomElementwise {
 public:
  explicit RandomElementwise(RandomPrograms& random) : random_(random) {}

  ElementwiseProgram next() {
    ElementwiseProgram program;
    program.vectorInputs = random_.chance(98) ? 1 + random_.below(4) : 0;
    program.vectorOutputs = random_.below(4);
    program.kept = random_.below(3);
    program.registers = 1 + random_.below(4);
    program.scalarInputs = random_.below(3);
    program.temporaries = 1 + random_.below(4);
    for (int count = random_.below(4); count > 0; count--) program.literals.push_back(random_.number());
    for (int count = random_.below(3); count > 0; count--) program.scalarOutputs.push_back(random_.below(program.scalars() + (random_.chance(2) ? 1 : 0)));
    for (int count = 1 + random_.below(3); count > 0; count--) {
      ElementwisePass pass;
      for (int own = random_.below(3); own > 0; own--) pass.once.push_back(instruction(program, ElementwisePlace::Scalar));
      for (int own = random_.below(6); own > 0; own--) pass.each.push_back(instruction(program, ElementwisePlace::Vector));
      program.passes.push_back(pass);
    }
    return program;
  }

 private:
  ElementwiseOperand operand(const ElementwiseProgram& program, bool vectors) {
    const bool vector = vectors && random_.chance(70);
    const int room = vector ? program.vectors() : program.scalars();
    const int index = room > 0 ? random_.below(room + (random_.chance(1) ? 1 : 0)) : 0;
    if (random_.chance(1)) return {};
    return {vector ? ElementwisePlace::Vector : ElementwisePlace::Scalar, index};
  }

  ElementwiseInstruction instruction(const ElementwiseProgram& program, ElementwisePlace place) {
    ElementwiseInstruction made;
    const bool vectors = place == ElementwisePlace::Vector;
    do {
      made.opcode = static_cast<Opcode>(random_.below(static_cast<int>(Opcode::Count)));
    } while (random_.chance(90) && (made.opcode == Opcode::SumOfProducts || made.opcode == Opcode::RowDot || made.opcode == Opcode::MatrixProduct || (made.opcode == Opcode::RowSum && !vectors)));
    const bool sum = made.opcode == Opcode::RowSum;
    const int first = vectors && !sum ? program.vectorInputs : program.firstTemporary();
    const int room = vectors && !sum ? program.vectors() : program.scalars();
    made.d = {vectors && !sum ? ElementwisePlace::Vector : ElementwisePlace::Scalar, random_.chance(99) ? first + random_.below(room - first) : random_.below(room + 1)};
    for (ElementwiseOperand* own : {&made.a, &made.b, &made.c, &made.e}) *own = operand(program, vectors);
    if (sum && random_.chance(98)) made.a = {ElementwisePlace::Vector, random_.below(program.vectors())};
    made.factors = random_.chance(98) ? 1 + random_.below(2) : random_.below(4);
    made.f = static_cast<Modifier>(random_.below(static_cast<int>(Modifier::Count)));
    made.form = static_cast<ProductForm>(random_.below(static_cast<int>(ProductForm::Count)));
    made.factor = random_.number();
    made.addend = random_.number();
    return made;
  }

  RandomPrograms& random_;
};

// The words that elementwise-program.cc reads.
inline std::vector<int32_t> encode(const ElementwiseProgram& program) {
  std::vector<int32_t> words = {0x554e4531, program.vectorInputs, program.vectorOutputs, program.kept, program.registers, program.scalarInputs, program.temporaries};
  const auto count = [&](size_t size) { words.push_back(static_cast<int32_t>(size)); };
  const auto real = [&](float value) {
    int32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    words.push_back(bits);
  };
  const auto instructions = [&](const std::vector<ElementwiseInstruction>& all) {
    count(all.size());
    for (const ElementwiseInstruction& own : all) {
      words.push_back(static_cast<int32_t>(own.opcode));
      for (const ElementwiseOperand* each : {&own.d, &own.a, &own.b, &own.c, &own.e}) words.insert(words.end(), {static_cast<int32_t>(each->place), each->index});
      words.insert(words.end(), {own.factors, static_cast<int32_t>(own.f), static_cast<int32_t>(own.form)});
      real(own.factor), real(own.addend);
    }
  };
  count(program.literals.size());
  for (const float literal : program.literals) real(literal);
  count(program.scalarOutputs.size());
  for (const int32_t output : program.scalarOutputs) words.push_back(output);
  count(program.passes.size());
  for (const ElementwisePass& pass : program.passes) instructions(pass.once), instructions(pass.each);
  return words;
}

// Memory of exactly the size that a program asks for.
class ElementwiseMemory {
 public:
  ElementwiseMemory(const ElementwiseProgram& program, size_t elements, RandomPrograms& random) {
    const auto floats = [&](size_t count) {
      pieces_.push_back(std::make_unique<float[]>(count));
      for (size_t index = 0; index < count; index++) pieces_.back()[index] = random.number();
      return pieces_.back().get();
    };
    arguments.elements = elements;
    for (int index = 0; index < program.vectorInputs + program.vectorOutputs; index++) arguments.vectors.push_back(floats(elements));
    for (int index = 0; index < program.scalarInputs; index++) arguments.scalars.push_back(floats(1));
    for (size_t index = 0; index < program.scalarOutputs.size(); index++) arguments.scalarOutputs.push_back(floats(1));
  }

  ElementwiseArguments arguments;

 private:
  std::vector<std::unique_ptr<float[]>> pieces_;
};

}  // namespace unroll
