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

// Tensors that the nearest large cache does not hold are asked for some steps before they are read.
constexpr size_t worthFetchingAhead = size_t{1} << 19;
constexpr int stepsAhead = 2;

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

  size_t workspaceFloats() const override { return zerosAt() + rowFloats(mostSlotRows()); }

  size_t sumFloats() const override { return sumFloats_; }

  void finishSum(size_t index, const float* sums, float* to) const override {
    const Sum& sum = program_.sums[index];
    const float* from = sums + sumPlaces_[index].offset;
    to += static_cast<size_t>(sum.row) * static_cast<size_t>(sum.kind == SumKind::Rows ? 1 : sum.rightRows);
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
    float* const zeros = block.workspace + zerosAt();
    std::fill_n(zeros, rowFloats(mostSlotRows()), 0.0f);
    bases[scratchBase] = block.workspace;
    bases[parameterBase] = const_cast<float*>(block.parameters);
    bases[batchBase] = const_cast<float*>(block.batchRows);
    const int steps = program_.steps, ringSteps = chunk();
    int pending = 0;
    const Ahead ahead = aheadOf(block);
    for (int count = 0; count < steps; count++) {
      const int step = program_.backwards ? steps - 1 - count : count;
      for (size_t stream = 0; stream < program_.streams.size(); stream++) {
        bases[firstStream + stream] = program_.streams[stream].isThere(step) ? streamAt(block, stream, step) : zeros;
      }
      bases[ringBase] = ring + rowFloats(program_.ringRows) * static_cast<size_t>(pending);
      runStep(bases.data(), block.packedWeights, ahead.at(step), ahead.rows);
      if (++pending < ringSteps && count + 1 < steps) continue;
      addSums(block, ring, zeros, step, pending);
      pending = 0;
    }
  }

 private:
  struct SumPlace {
    size_t offset;
    bool outer;
  };

  static size_t rowFloats(int rows) { return static_cast<size_t>(rows) * lanes; }

  int chunk() const { return std::max(1, std::min(program_.steps, anyOuter_ ? shortChunk : longChunk)); }
  size_t panelAt() const { return rowFloats(program_.scratchRows) + rowFloats(program_.ringRows) * static_cast<size_t>(chunk()); }
  size_t zerosAt() const { return panelAt() + panelFloats(); }

  // What streams read outside their steps: a slot of zeros, of the widest tensor that has such steps.
  int mostSlotRows() const {
    int most = 0;
    for (size_t stream = 0; stream < program_.streams.size(); stream++) {
      const Stream& own = program_.streams[stream];
      if (own.first > 0 || own.end < program_.steps || own.dilation > 1) most = std::max(most, slotRowsOf(stream));
    }
    return most;
  }

  size_t panelFloats() const {
    size_t most = 0;
    for (size_t index = 0; index < program_.sums.size(); index++) {
      if (program_.sums[index].kind != SumKind::Product) continue;
      const size_t outer = static_cast<size_t>(chunk()) * lanes * panelWidth;
      most = std::max(most, sumPlaces_[index].outer ? outer : dotPanelFloats(program_.sums[index].leftRows, chunk()));
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

  // Where the widest tensor's slots lie that soon follow: a tape of many steps is not in the cache, and in slots that it walks
  // through backwards the processor does not see what comes next.
  struct Ahead {
    const float* first = nullptr;  // null: the whole tensor fits into the cache
    ptrdiff_t slot = 0;
    int slots = 0, rows = 0, distance = 0;
    Stream stream;  // in which steps it is read

    const float* at(int step) const {
      if (first == nullptr) return nullptr;
      const int64_t wanted = stream.scaledSlot(step + distance) / stream.dilation;
      return wanted < 0 || wanted >= slots ? nullptr : first + slot * static_cast<ptrdiff_t>(wanted);
    }
  };

  // In which steps a tensor is read, at one of its places.
  Stream readingOf(int32_t tensor) const {
    for (const Stream& own : program_.streams) {
      if (own.tensor == tensor) return own;
    }
    return {};
  }

  Ahead aheadOf(const BlockRun& block) const {
    Ahead made{block.tape, 0, program_.steps + program_.tape.history, block.tape == nullptr ? 0 : program_.tape.slotRows, 0, {}};
    for (size_t index = 0; index < program_.tensors.size(); index++) {
      const StreamTensor& tensor = program_.tensors[index];
      if (tensor.slotRows > made.rows) made = {block.tensors[index], 0, tensor.slots, tensor.slotRows, 0, readingOf(static_cast<int32_t>(index))};
    }
    made.slot = static_cast<ptrdiff_t>(rowFloats(made.rows));
    made.distance = program_.backwards ? -stepsAhead : stepsAhead;
    if (rowFloats(made.rows) * static_cast<size_t>(made.slots) * sizeof(float) < worthFetchingAhead) made.first = nullptr;
    return made;
  }

  void runStep(float* const* bases, const float* packedWeights, const float* ahead, int aheadRows) const {
    int fetched = 0, done = 0;
    for (const Decoded& own : decoded_) {
      // A few rows at a time: all at once would wait for each other.
      if (ahead != nullptr) {
        done++;
        for (const int64_t end = int64_t{aheadRows} * done / static_cast<int64_t>(decoded_.size()); fetched < end; fetched++) __builtin_prefetch(ahead + fetched * lanes);
      }
      const auto at = [&](const Place& place) { return bases[place.base] + place.offset; };
      if (own.function == nullptr) {
        ProductSegment segments[mostSegments];
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

  int slotRowsOf(size_t stream) const {
    const int32_t tensor = program_.streams[stream].tensor;
    return tensor == tapeTensor ? program_.tape.slotRows : program_.tensors[static_cast<size_t>(tensor)].slotRows;
  }

  float* streamAt(const BlockRun& block, size_t stream, int step) const {
    const int32_t tensor = program_.streams[stream].tensor;
    float* const data = tensor == tapeTensor ? block.tape : block.tensors[tensor];
    return data + static_cast<ptrdiff_t>(rowFloats(slotRowsOf(stream))) * static_cast<ptrdiff_t>(program_.streams[stream].slotOf(step));
  }

  // Of the steps in the order in which they ran, from the one in place `from` on, those that are there, or not there, like it.
  int alike(const Operand& operand, int firstStep, int from, int end) const {
    if (operand.base < firstStream) return end;
    const Stream& stream = program_.streams[static_cast<size_t>(operand.base - firstStream)];
    const auto there = [&](int place) { return stream.isThere(program_.backwards ? firstStep - place : firstStep + place); };
    int next = from + 1;
    while (next < end && there(next) == there(from)) next++;
    return next;
  }

  // The steps from place `from` on, in the order in which they ran; all of them are there, or none.
  StepRows stepsOf(const BlockRun& block, float* ring, const float* zeros, const Operand& operand, int rows, int firstStep, int from) const {
    const ptrdiff_t offset = static_cast<ptrdiff_t>(operand.row) * lanes;
    if (operand.base == ringBase) {
      const ptrdiff_t slot = static_cast<ptrdiff_t>(rowFloats(program_.ringRows));
      return {ring + slot * from + offset, slot, rows};
    }
    const size_t stream = static_cast<size_t>(operand.base - firstStream);
    const int step = program_.backwards ? firstStep - from : firstStep + from;
    if (!program_.streams[stream].isThere(step)) return {zeros + offset, 0, rows};
    const ptrdiff_t slot = static_cast<ptrdiff_t>(rowFloats(slotRowsOf(stream))) * program_.streams[stream].stride;
    return {streamAt(block, stream, step) + offset, program_.backwards ? -slot : slot, rows};
  }

  // Of the `count` steps that ended with `last`.
  void addSums(const BlockRun& block, float* ring, const float* zeros, int last, int count) const {
    float* const panel = block.workspace + panelAt();
    const int firstStep = program_.backwards ? last + count - 1 : last - count + 1;
    for (size_t index = 0; index < program_.sums.size(); index++) {
      const Sum& sum = program_.sums[index];
      float* const to = block.sums + sumPlaces_[index].offset;
      for (int from = 0, end = 0; from < count; from = end) {
        end = alike(sum.left, firstStep, from, count);
        if (sum.kind == SumKind::Product) end = alike(sum.right, firstStep, from, end);
        const StepRows left = stepsOf(block, ring, zeros, sum.left, sum.leftRows, firstStep, from);
        if (sum.kind == SumKind::Rows) {
          addRowSums(left, end - from, block.series, to);
          continue;
        }
        const StepRows right = stepsOf(block, ring, zeros, sum.right, sum.rightRows, firstStep, from);
        if (sumPlaces_[index].outer) addOuterProducts(left, right, end - from, block.series, panel, to);
        else addDotProducts(left, right, end - from, block.series, panel, to);
      }
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
