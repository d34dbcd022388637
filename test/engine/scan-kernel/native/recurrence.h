// A program that does what matters: a recurrence, its tape, its sums.
#pragma once

#include "program.h"

namespace unroll {

// Where a recurrence reads its features: of a slot's rows the first ones, from a slot on.
struct Input {
  int features;
  int slotRows;
  int firstSlot;
};

// The tape of a recurrence: a row more than an even number of units, and a slot before the first step.
inline Input tapeOf(const Program& program, int units) { return {units, program.tape.slotRows, program.tape.history}; }

// h ← tanh(x·W + h·U), its sums over steps, in a tape with history.
inline Program recurrence(int units, Input input, int steps) {
  const int features = input.features;
  Program program;
  program.steps = steps;
  program.tape = {units | 1, 1};
  program.tensors = {{input.slotRows, steps + input.firstSlot}};
  program.streams = {{0, input.firstSlot, 0, steps}, {tapeTensor, 0, 0, steps}, {tapeTensor, 1, 0, steps}};
  program.matrices = {{features, units}, {units, units}};
  program.weights = {{0, 0, 0, features}, {1, 0, 0, units}};
  program.states = {{units, 1, 0.0f, {firstStream + 2, 0, 1}}};
  Instruction product;
  product.opcode = Opcode::MatrixProduct;
  product.rows = units;
  product.d = {firstStream + 2, 0, 1};
  product.segments = {{{firstStream, 0, 1}, 0}, {{firstStream + 1, 0, 1}, 1}};
  Instruction activation;
  activation.opcode = Opcode::Tanh;
  activation.rows = units;
  activation.d = activation.a = product.d;
  program.instructions = {product, activation};
  program.sums = {{SumKind::Product, {firstStream, 0, 1}, {firstStream + 2, 0, 1}, features, units, 0, 0}, {SumKind::Rows, {firstStream + 2, 0, 1}, {}, units, 0, 1, 0}};
  program.sumOutputs = {{features, units}, {units, 0}};
  validateProgram(program);
  return program;
}

inline Program recurrence(int units, int features, int steps) { return recurrence(units, Input{features, features, 0}, steps); }

}  // namespace unroll
