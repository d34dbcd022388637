// The interpreter itself; see interpreter.h.
#pragma once

#include <array>

#include "interpreter.h"
#include "matrix-product.h"
#include "row-function-table.h"
#include "step-sums.h"

namespace unroll {
namespace UNROLL_INSTRUCTION_SET {

// Sums of narrow products run over many steps at once; of wide ones over few, which fit in the cache.
constexpr int longChunk = 64;
constexpr int shortChunk = 8;
constexpr int widestDot = 64;

struct Place {
  int base = 0;
  ptrdiff_t offset = 0;
};

struct Decoded {
  RowFunction function = nullptr;  // null: a matrix product
  Place d, a, b, c, e;
  RowArguments arguments{};
  bool hasInitial = false;
  size_t packed = 0;
  std::vector<std::pair<Place, int>> segments;
};

class InterpreterOfSet final : public Interpreter {
 public:
  explicit InterpreterOfSet(const Program& program) : program_(program) {
    for (const Instruction& instruction : program_.instructions) decoded_.push_back(decode(instruction));
    for (const Sum& sum : program_.sums) {
      const bool outer = sum.kind == SumKind::Product && sum.leftRows + sum.rightRows / 4 > widestDot && sum.leftRows >= panelWidth;
      sumPlaces_.push_back({sumFloats_, outer});
      anyOuter_ |= outer;
      const size_t columns = sum.kind == SumKind::Rows ? 1 : static_cast<size_t>(sum.rightRows);
      sumFloats_ += columns * static_cast<size_t>(outer ? paddedToPanel(sum.leftRows) : sum.leftRows);
    }
  }

  size_t packedFloats() const override { return packedFloats_; }

  void pack(const float* const* matrices, float* to) const override {
    for (const Instruction& instruction : program_.instructions) {
      if (instruction.opcode == Opcode::MatrixProduct) to = packProduct(program_, instruction, matrices, to);
    }
  }

  size_t workspaceFloats(int steps) const override {
    return rowFloats(program_.scratchRows) + rowFloats(program_.ringRows) * static_cast<size_t>(chunk(steps)) + panelFloats(steps);
  }

  size_t sumFloats() const override { return sumFloats_; }

  void finishSum(size_t index, const float* sums, float* to) const override {
    const Sum& sum = program_.sums[index];
    const float* from = sums + sumPlaces_[index].offset;
    if (sum.kind == SumKind::Rows) {
      std::copy(from, from + sum.leftRows, to);
    } else if (!sumPlaces_[index].outer) {
      std::copy(from, from + static_cast<size_t>(sum.leftRows) * static_cast<size_t>(sum.rightRows), to);
    } else {
      const size_t padded = static_cast<size_t>(paddedToPanel(sum.leftRows));
      for (int k = 0; k < sum.leftRows; k++) {
        for (int n = 0; n < sum.rightRows; n++) *to++ = from[static_cast<size_t>(n) * padded + static_cast<size_t>(k)];
      }
    }
  }

  void run(const BlockRun& block) const override {
    std::vector<float*> bases(program_.streams.size() + firstStream);
    float* const ring = block.workspace + rowFloats(program_.scratchRows);
    bases[scratchBase] = block.workspace;
    bases[parameterBase] = const_cast<float*>(block.parameters);
    bases[batchBase] = const_cast<float*>(block.batchRows);
    const int ringSteps = chunk(block.steps);
    int pending = 0;
    for (int count = 0; count < block.steps; count++) {
      const int step = program_.backwards ? block.steps - 1 - count : count;
      for (size_t stream = 0; stream < program_.streams.size(); stream++) bases[firstStream + stream] = streamAt(block, stream, step);
      bases[ringBase] = ring + rowFloats(program_.ringRows) * static_cast<size_t>(pending);
      runStep(bases.data(), block.packedWeights);
      if (++pending < ringSteps && count + 1 < block.steps) continue;
      addSums(block, ring, step, pending);
      pending = 0;
    }
  }

 private:
  struct SumPlace {
    size_t offset;
    bool outer;
  };

  static size_t rowFloats(int rows) { return static_cast<size_t>(rows) * lanes; }

  int chunk(int steps) const { return std::max(1, std::min(steps, anyOuter_ ? shortChunk : longChunk)); }
  size_t panelFloats(int steps) const { 
    size_t most = 0;
    for (size_t index = 0; index < program_.sums.size(); index++) {
      if (program_.sums[index].kind != SumKind::Product) continue;
      const size_t outer = static_cast<size_t>(chunk(steps)) * lanes * panelWidth;
      most = std::max(most, sumPlaces_[index].outer ? outer : dotPanelFloats(program_.sums[index].leftRows, chunk(steps)));
    }
    return most;
  }

  static Place placeOf(const Operand& operand) {
    return operand.used() ? Place{operand.base, static_cast<ptrdiff_t>(operand.row) * lanes} : Place{};
  }

  Decoded decode(const Instruction& own) {
    Decoded made;
    made.d = placeOf(own.d);
    made.a = placeOf(own.a);
    made.b = placeOf(own.b);
    made.c = placeOf(own.c);
    made.e = placeOf(own.e);
    RowArguments& arguments = made.arguments;
    arguments.rows = own.rows;
    arguments.factor = own.factor;
    arguments.addend = own.addend;
    const auto strideOf = [&](const Operand& operand) { return operand.stride * lanes; };
    arguments.aStride = strideOf(own.a);
    arguments.bStride = strideOf(own.b);
    arguments.cStride = strideOf(own.c);
    arguments.eStride = strideOf(own.e);
    arguments.dense = own.a.stride + own.b.stride + own.c.stride + own.e.stride == 4;
    if (own.opcode != Opcode::MatrixProduct) {
      made.function = rowFunction(own);
      return made;
    }
    made.hasInitial = own.a.used();
    made.packed = packedFloats_;
    for (const Segment& segment : own.segments) {
      const int inner = program_.weightInner(segment.weight);
      made.segments.push_back({placeOf(segment.source), inner});
      packedFloats_ += static_cast<size_t>(inner) * static_cast<size_t>(own.rows);
    }
    return made;
  }

  void runStep(float* const* bases, const float* packedWeights) const {
    for (const Decoded& own : decoded_) {
      const auto at = [&](const Place& place) { return bases[place.base] + place.offset; };
      if (own.function == nullptr) {
        ProductSegment segments[8];
        int count = 0;
        for (const auto& segment : own.segments) segments[count++] = {at(segment.first), segment.second};
        matrixProduct({at(own.d), own.hasInitial ? at(own.a) : nullptr, own.arguments.aStride, packedWeights + own.packed, segments, count, own.arguments.rows});
        continue;
      }
      RowArguments arguments = own.arguments;
      arguments.d = at(own.d);
      arguments.a = at(own.a);
      arguments.b = at(own.b);
      arguments.c = at(own.c);
      arguments.e = at(own.e);
      own.function(arguments);
    }
  }

  const StreamTensor& tensorOf(size_t stream) const {
    const int32_t tensor = program_.streams[stream].tensor;
    return tensor == tapeTensor ? program_.tape : program_.tensors[static_cast<size_t>(tensor)];
  }

  float* streamAt(const BlockRun& block, size_t stream, int step) const {
    const int32_t tensor = program_.streams[stream].tensor;
    float* const data = tensor == tapeTensor ? block.tape : block.tensors[tensor];
    return data + rowFloats(tensorOf(stream).slotRows) * static_cast<size_t>(step + program_.streams[stream].timeOffset);
  }

  // The `count` steps that ended with `last`, in the order in which they ran.
  StepRows stepsOf(const BlockRun& block, float* ring, const Operand& operand, int rows, int last, int count) const {
    const ptrdiff_t offset = static_cast<ptrdiff_t>(operand.row) * lanes;
    if (operand.base == ringBase) return {ring + offset, static_cast<ptrdiff_t>(rowFloats(program_.ringRows)), rows};
    const size_t stream = static_cast<size_t>(operand.base - firstStream);
    const ptrdiff_t slot = static_cast<ptrdiff_t>(rowFloats(tensorOf(stream).slotRows));
    const int first = program_.backwards ? last + count - 1 : last - count + 1;
    return {streamAt(block, stream, first) + offset, program_.backwards ? -slot : slot, rows};
  }

  void addSums(const BlockRun& block, float* ring, int last, int count) const {
    float* const panel = ring + rowFloats(program_.ringRows) * static_cast<size_t>(chunk(block.steps));
    for (size_t index = 0; index < program_.sums.size(); index++) {
      const Sum& sum = program_.sums[index];
      float* const to = block.sums + sumPlaces_[index].offset;
      const StepRows left = stepsOf(block, ring, sum.left, sum.leftRows, last, count);
      if (sum.kind == SumKind::Rows) {
        addRowSums(left, count, block.series, to);
        continue;
      }
      const StepRows right = stepsOf(block, ring, sum.right, sum.rightRows, last, count);
      if (sumPlaces_[index].outer) addOuterProducts(left, right, count, block.series, panel, to);
      else addDotProducts(left, right, count, block.series, panel, to);
    }
  }

  const Program program_;
  std::vector<Decoded> decoded_;
  std::vector<SumPlace> sumPlaces_;
  size_t sumFloats_ = 0;
  size_t packedFloats_ = 0;
  bool anyOuter_ = false;
};

inline std::unique_ptr<Interpreter> make(const Program& program) { return std::make_unique<InterpreterOfSet>(program); }

}  // namespace UNROLL_INSTRUCTION_SET
}  // namespace unroll
