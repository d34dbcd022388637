// Programs that a compiler might have written, and programs that none would.
#pragma once

#include <algorithm>
#include <cstring>
#include <random>

#include "program.h"

namespace unroll {

class RandomPrograms {
 public:
  explicit RandomPrograms(uint32_t seed) : random_(seed) {}

  int below(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  bool chance(int percent) { return below(100) < percent; }

  // A program that may read what an earlier one wrote, where there is one.
  Program next(const Program* earlier = nullptr) {
    Program program;
    program.backwards = chance(50);
    program.steps = earlier != nullptr && chance(80) ? earlier->steps : below(12);
    program.scratchRows = 20 + below(40);
    program.ringRows = 20 + below(20);
    program.parameterRows = 10 + below(12);
    program.batchRows = 10 + below(8);
    program.tape = {chance(20) ? 0 : 20 + below(24), below(2)};
    for (int count = below(3); count > 0; count--) program.tensors.push_back({10 + below(24), chance(80) ? program.steps + below(3) : below(12)});
    if (earlier != nullptr) program.tensors.push_back({earlier->tape.slotRows, earlier->steps + earlier->tape.history});
    for (int count = below(5); count > 0; count--) program.streams.push_back(stream(program));
    for (int count = below(3); count > 0; count--) program.rowInputs.push_back({static_cast<RowInputKind>(below(3)), 1 + below(6), below(5), number()});
    for (int count = below(3); count > 0; count--) program.matrices.push_back({1 + below(18), 1 + below(18)});
    if (!program.matrices.empty()) {
      for (int count = 1 + below(3); count > 0; count--) program.weights.push_back(weight(program));
    }
    for (int count = below(3); count > 0; count--) {
      const int rows = 1 + below(6);
      program.states.push_back({rows, below(2), number(), target(program, rows)});
      if (program.tape.history == 0 && chance(98)) program.states.back().place = {scratchBase, below(10), 1};
    }
    for (int count = below(3); count > 0; count--) {
      Sum sum;
      sum.kind = static_cast<SumKind>(below(2));
      sum.leftRows = 1 + below(18);
      sum.rightRows = chance(97) ? 1 + below(18) : 0;
      sum.left = kept(program, sum.leftRows);
      sum.right = kept(program, sum.rightRows);
      const int columns = sum.kind == SumKind::Product ? sum.rightRows : 0;
      // Some lie below each other in one output.
      if (program.sumOutputs.empty() || program.sumOutputs.back().columns != columns || chance(50)) program.sumOutputs.push_back({0, columns});
      sum.output = static_cast<int32_t>(program.sumOutputs.size()) - 1;
      sum.row = program.sumOutputs.back().rows;
      program.sumOutputs.back().rows += sum.leftRows;
      program.sums.push_back(sum);
    }
    if (!program.sumOutputs.empty() && chance(3)) program.sumOutputs.back().rows++;
    for (int count = below(7); count > 0; count--) program.instructions.push_back(instruction(program));
    return program;
  }

  float number() { return static_cast<float>(below(2001) - 1000) / 300.0f; }

 private:
  // Sometimes some steps earlier or later, those without a slot left out.
  Stream stream(const Program& program) {
    Stream made;
    made.tensor = below(static_cast<int>(program.tensors.size()) + 1) - 1;
    const bool tape = made.tensor == tapeTensor;
    const int slots = tape ? program.steps + program.tape.history : program.tensors[static_cast<size_t>(made.tensor)].slots;
    if (!tape && slots > 0 && chance(40)) return resampled(program, made, slots);
    if (tape && chance(3)) made.stride = 1 + below(3);
    made.offset = chance(60) ? below(slots - program.steps > 0 ? slots - program.steps + 1 : 1) : below(9) - 4;
    made.first = std::min(program.steps, std::max(0, -made.offset));
    made.end = std::max(made.first, std::min(program.steps, slots - made.offset));
    if (chance(20) && made.end > made.first) made.first += below(made.end - made.first);
    if (chance(3)) made.end++;
    return made;
  }

  // At every so many steps, with zeros between its steps, or backwards: the steps whose slots are there, mostly.
  Stream resampled(const Program& program, Stream made, int slots) {
    made.dilation = chance(50) ? 1 : 1 + below(4);
    do made.stride = 1 + below(4);
    while (std::gcd(made.stride, made.dilation) > 1 && chance(97));
    if (chance(40)) made.stride = -made.stride;
    made.offset = below(slots * made.dilation) - (chance(30) ? below(10) : 0);
    made.first = 0;
    while (made.first < program.steps && (made.scaledSlot(made.first) < 0 || made.scaledSlot(made.first) > int64_t{made.dilation} * (slots - 1))) made.first++;
    made.end = made.first;
    while (made.end < program.steps && made.scaledSlot(made.end) >= 0 && made.scaledSlot(made.end) <= int64_t{made.dilation} * (slots - 1)) made.end++;
    if (chance(3)) made.end++;
    return made;
  }

  Weight weight(const Program& program) {
    Weight made;
    made.matrix = below(static_cast<int>(program.matrices.size()));
    made.transposed = below(2);
    const Matrix& matrix = program.matrices[static_cast<size_t>(made.matrix)];
    const int inputs = made.transposed ? matrix.columns : matrix.rows;
    if (chance(40)) made.first = below(inputs);
    made.inner = inputs - made.first + (chance(3) ? 1 : 0);
    return made;
  }

  // Mostly inside its base, so that a good part of the programs is accepted.
  Operand operand(const Program& program, int rows) {
    Operand made;
    made.base = below(4 + static_cast<int>(program.streams.size()) + (chance(3) ? 2 : 0));
    int room = 30;
    if (made.base == scratchBase) room = program.scratchRows;
    if (made.base == parameterBase) room = program.parameterRows;
    if (made.base == batchBase) room = program.batchRows;
    if (made.base == ringBase) room = program.ringRows;
    const size_t stream = static_cast<size_t>(made.base - firstStream);
    if (made.base >= firstStream && stream < program.streams.size()) {
      const int tensor = program.streams[stream].tensor;
      room = tensor == tapeTensor ? program.tape.slotRows : program.tensors[static_cast<size_t>(tensor)].slotRows;
    }
    made.row = room > rows && chance(99) ? below(room - rows + 1) : below(4);
    made.stride = chance(85) ? 1 : 0;
    return made;
  }

  // Where a scan may write.
  Operand target(const Program& program, int rows) {
    Operand made = operand(program, rows);
    for (int attempt = 0; attempt < 20; attempt++) {
      const size_t stream = static_cast<size_t>(made.base - firstStream);
      const bool tape = made.base >= firstStream && stream < program.streams.size() && program.streams[stream].tensor == tapeTensor;
      if (tape || made.base == scratchBase || made.base == ringBase) break;
      made = operand(program, rows);
    }
    if (chance(98)) made.stride = 1;
    return made;
  }

  // What keeps its steps.
  Operand kept(const Program& program, int rows) {
    Operand made = operand(program, rows);
    for (int attempt = 0; attempt < 20 && made.base != ringBase && made.base < firstStream; attempt++) made = operand(program, rows);
    if (chance(98)) made.stride = 1;
    return made;
  }

  Instruction instruction(const Program& program) {
    Instruction made;
    made.opcode = static_cast<Opcode>(below(static_cast<int>(Opcode::Count)));
    made.rows = 1 + below(8);
    const bool matrix = made.opcode == Opcode::MatrixProduct;
    if (matrix) {
      for (int count = 1 + below(2); count > 0; count--) {
        Segment segment;
        segment.weight = program.weights.empty() ? below(2) : below(static_cast<int>(program.weights.size()));
        const bool known = static_cast<size_t>(segment.weight) < program.weights.size();
        if (known && chance(98)) made.rows = program.weightOutputs(segment.weight);
        segment.source = operand(program, known ? program.weightInner(segment.weight) : 1);
        if (chance(98)) segment.source.stride = 1;
        made.segments.push_back(segment);
      }
    }
    made.d = target(program, made.rows);
    if (!matrix || chance(50)) made.a = chance(40) ? made.d : operand(program, made.rows);
    if (!matrix) {
      made.b = operand(program, made.rows);
      made.c = operand(program, made.rows);
      made.e = operand(program, made.rows);
    }
    made.f = static_cast<Modifier>(below(static_cast<int>(Modifier::Count)));
    made.g = static_cast<Modifier>(below(static_cast<int>(Modifier::Count)));
    made.form = static_cast<ProductForm>(below(static_cast<int>(ProductForm::Count)));
    if (chance(80)) made.f = static_cast<Modifier>(below(2));
    if (chance(50)) made.g = static_cast<Modifier>(below(2));
    made.factors = chance(2) ? 0 : 1 + below(3);
    made.factor = number();
    made.addend = number();
    return made;
  }

  std::mt19937 random_;
};

// The words that decode-program.cc reads.
inline std::vector<int32_t> encode(const Program& program) {
  std::vector<int32_t> words = {0x554e5234, program.backwards, program.steps, program.scratchRows, program.ringRows, program.parameterRows, program.batchRows,
                                program.tape.slotRows, program.tape.history};
  const auto put = [&](int64_t word) { words.push_back(static_cast<int32_t>(word)); };
  const auto real = [&](float value) {
    int32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    put(bits);
  };
  const auto operand = [&](const Operand& own) { put(own.base), put(own.row), put(own.stride); };
  const auto count = [&](size_t size) { put(static_cast<int64_t>(size)); };
  count(program.tensors.size());
  for (const StreamTensor& own : program.tensors) put(own.slotRows), put(own.slots);
  count(program.streams.size());
  for (const Stream& own : program.streams) put(own.tensor), put(own.offset), put(own.first), put(own.end), put(own.stride), put(own.dilation);
  count(program.rowInputs.size());
  for (const RowInput& own : program.rowInputs) put(static_cast<int32_t>(own.kind)), put(own.rows), put(own.row), real(own.literal);
  count(program.matrices.size());
  for (const Matrix& own : program.matrices) put(own.rows), put(own.columns);
  count(program.weights.size());
  for (const Weight& own : program.weights) put(own.matrix), put(own.transposed), put(own.first), put(own.inner);
  count(program.states.size());
  for (const State& own : program.states) put(own.rows), put(own.isLiteral), real(own.literal), operand(own.place);
  count(program.sumOutputs.size());
  for (const SumOutput& own : program.sumOutputs) put(own.rows), put(own.columns);
  count(program.sums.size());
  for (const Sum& own : program.sums) put(static_cast<int32_t>(own.kind)), operand(own.left), put(own.leftRows), operand(own.right), put(own.rightRows), put(own.output), put(own.row);
  count(program.instructions.size());
  for (const Instruction& own : program.instructions) {
    put(static_cast<int32_t>(own.opcode)), put(own.rows);
    for (const Operand* each : {&own.d, &own.a, &own.b, &own.c, &own.e}) operand(*each);
    put(static_cast<int32_t>(own.f)), put(static_cast<int32_t>(own.g)), put(static_cast<int32_t>(own.form)), put(own.factors);
    real(own.factor), real(own.addend);
    count(own.segments.size());
    for (const Segment& segment : own.segments) operand(segment.source), put(segment.weight);
  }
  return words;
}

}  // namespace unroll
