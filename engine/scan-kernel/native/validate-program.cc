#include "program.h"

namespace unroll {
namespace {

class Validator {
 public:
  explicit Validator(const Program& program) : program_(program) {}

  void run() {
    for (const Stream& stream : program_.streams) checkStream(stream);
    for (const RowInput& input : program_.rowInputs) {
      const int32_t room = input.kind == RowInputKind::Batch ? program_.batchRows : program_.parameterRows;
      require(int64_t{input.row} + input.rows <= room, "a row input leaves its rows");
    }
    for (const State& state : program_.states) checkState(state);
    for (const Weight& weight : program_.weights) checkWeight(weight);
    for (const Sum& sum : program_.sums) checkSum(sum);
    checkSumOutputs();
    for (const Instruction& instruction : program_.instructions) checkInstruction(instruction);
  }

 private:
  [[noreturn]] static void refuse(const std::string& reason) { throw InvalidProgram(reason); }
  static void require(bool holds, const char* reason) {
    if (!holds) refuse(reason);
  }

  int32_t slotRowsOf(const Stream& stream) const {
    return stream.tensor == tapeTensor ? program_.tape.slotRows : program_.tensors[static_cast<size_t>(stream.tensor)].slotRows;
  }

  int64_t slotsOf(const Stream& stream) const {
    return stream.tensor == tapeTensor ? int64_t{program_.steps} + program_.tape.history : program_.tensors[static_cast<size_t>(stream.tensor)].slots;
  }

  void checkStream(const Stream& stream) const {
    require(stream.first <= stream.end && stream.end <= program_.steps, "a stream has steps that the scan has not");
    require(stream.staysWithin(slotsOf(stream)), "a stream leaves its tensor");
    if (stream.tensor != tapeTensor || stream.first == stream.end) return;
    require(stream.stride == 1 && stream.dilation == 1, "a stream reads the tape in other steps than it is written");
    // What the scan has not written yet is nobody's number.
    require(program_.backwards ? stream.offset >= 0 : stream.offset <= program_.tape.history, "a stream reads steps of the tape that are still to come");
  }

  const Stream& streamOf(const Operand& operand) const {
    const size_t index = static_cast<size_t>(operand.base - firstStream);
    require(operand.base >= firstStream && index < program_.streams.size(), "an operand names a stream that is not there");
    return program_.streams[index];
  }

  int64_t rowsOf(const Operand& operand) const {
    switch (operand.base) {
      case noBase: refuse("an operand is missing");
      case scratchBase: return program_.scratchRows;
      case parameterBase: return program_.parameterRows;
      case batchBase: return program_.batchRows;
      case ringBase: return program_.ringRows;
      default: return slotRowsOf(streamOf(operand));
    }
  }

  void checkInside(const Operand& operand, int32_t rows) const {
    const int64_t last = int64_t{operand.row} + (operand.stride == 0 ? 1 : rows);
    require(last <= rowsOf(operand), "an operand leaves its base");
  }

  // Every step in a slot of its own, of the tape.
  bool isWrittenBy(const Stream& stream) const {
    return stream.tensor == tapeTensor && stream.first == 0 && stream.end == program_.steps && stream.offset >= 0 && stream.offset <= program_.tape.history;
  }

  void checkWritable(const Operand& operand, int32_t rows) const {
    checkInside(operand, rows);
    const bool own = operand.base == scratchBase || operand.base == ringBase || (operand.base >= firstStream && isWrittenBy(streamOf(operand)));
    require(own && operand.stride == 1, "a destination may not be written");
  }

  // Two streams of the tape never meet within a step unless their time offsets agree; nothing else that is written is a stream.
  bool sameMemory(const Operand& first, const Operand& second) const {
    if (first.base < firstStream || second.base < firstStream) return first.base == second.base;
    const Stream& one = streamOf(first);
    const Stream& other = streamOf(second);
    return one.tensor == other.tensor && one.offset == other.offset;
  }

  bool overlap(const Operand& first, int32_t firstRows, const Operand& second, int32_t secondRows) const {
    if (!sameMemory(first, second)) return false;
    const int32_t extent = second.stride == 0 ? 1 : secondRows;
    return first.row < second.row + extent && second.row < first.row + firstRows;
  }

  // Operation by element: an operand is the destination itself, or apart from it.
  void checkElementwise(const Instruction& instruction, const Operand& operand) const {
    checkInside(operand, instruction.rows);
    const bool same = operand.stride == 1 && operand.row == instruction.d.row && sameMemory(instruction.d, operand);
    require(same || !overlap(instruction.d, instruction.rows, operand, instruction.rows), "an operand overlaps the destination");
  }

  void checkApart(const Operand& destination, int32_t destinationRows, const Operand& operand, int32_t rows) const {
    checkInside(operand, rows);
    require(!overlap(destination, destinationRows, operand, rows), "a source overlaps the destination");
  }

  void checkState(const State& state) const {
    const bool inTape = state.place.base >= firstStream && streamOf(state.place).tensor == tapeTensor && program_.tape.history == 1;
    require(state.place.base == scratchBase || inTape, "a state lives neither in scratch nor in a tape with history");
    checkWritable(state.place, state.rows);
  }

  void checkWeight(const Weight& weight) const {
    const Matrix& matrix = program_.matrices[static_cast<size_t>(weight.matrix)];
    const int32_t inputs = weight.transposed ? matrix.columns : matrix.rows;
    require(weight.inner >= 1 && int64_t{weight.first} + weight.inner <= inputs, "a weight leaves its matrix");
  }

  void checkSumOutputs() const {
    std::vector<int64_t> filled(program_.sumOutputs.size(), 0);
    for (const Sum& sum : program_.sums) {
      const size_t output = static_cast<size_t>(sum.output);
      require(output < filled.size() && sum.row == filled[output], "the sums of an output do not follow each other");
      require(program_.sumOutputs[output].columns == (sum.kind == SumKind::Product ? sum.rightRows : 0), "a sum has other columns than its output");
      filled[output] += sum.leftRows;
    }
    for (size_t output = 0; output < filled.size(); output++) require(filled[output] == program_.sumOutputs[output].rows, "the sums of an output do not fill it");
  }

  // Steps pass before sums are taken, so only what keeps its steps can be summed.
  void checkSum(const Sum& sum) const {
    const auto readable = [&](const Operand& operand, int32_t rows) {
      checkInside(operand, rows);
      require(operand.stride == 1 && (operand.base == ringBase || operand.base >= firstStream), "a sum reads rows that do not keep their steps");
    };
    readable(sum.left, sum.leftRows);
    if (sum.kind != SumKind::Product) return;
    require(sum.rightRows > 0, "a product has a right side");
    readable(sum.right, sum.rightRows);
  }

  void checkInstruction(const Instruction& own) const {
    const bool toOneRow = own.opcode == Opcode::RowSum || own.opcode == Opcode::RowDot;
    checkWritable(own.d, toOneRow ? 1 : own.rows);
    require(own.opcode == Opcode::MatrixProduct || own.segments.empty(), "an instruction has segments that is no matrix product");
    // Also operands that the instruction does not use: they become addresses.
    for (const Operand* operand : {&own.a, &own.b, &own.c, &own.e}) {
      if (operand->used()) checkInside(*operand, own.rows);
    }
    switch (own.opcode) {
      case Opcode::Fill:
        return;
      case Opcode::Product:
        return checkProduct(own);
      case Opcode::SumOfProducts:
        require(isSimple(own.f) && isSimple(own.g), "a sum of products has a modifier that it does not know");
        for (const Operand* operand : {&own.a, &own.b, &own.c, &own.e}) checkElementwise(own, *operand);
        return;
      case Opcode::Select:
        for (const Operand* operand : {&own.a, &own.b, &own.c}) checkElementwise(own, *operand);
        return;
      case Opcode::Subtract:
      case Opcode::Divide:
      case Opcode::Maximum:
      case Opcode::Minimum:
      case Opcode::Power:
      case Opcode::Greater:
        for (const Operand* operand : {&own.a, &own.b}) checkElementwise(own, *operand);
        return;
      case Opcode::RowDot:
        checkApart(own.d, 1, own.b, own.rows);
        [[fallthrough]];
      case Opcode::RowSum:
        return checkApart(own.d, 1, own.a, own.rows);
      case Opcode::MatrixProduct:
        return checkMatrixProduct(own);
      case Opcode::Count:
        refuse("an opcode is unknown");
      default:
        return checkElementwise(own, own.a);
    }
  }

  void checkProduct(const Instruction& own) const {
    require(own.factors >= 1, "a product has factors");
    checkElementwise(own, own.a);
    if (own.factors >= 2) checkElementwise(own, own.b);
    require(own.factors < 3 || isSimple(own.f), "a product of three has a modifier that it does not know");
    if (own.factors == 3) checkElementwise(own, own.c);
    if (own.form != ProductForm::Plain) checkElementwise(own, own.e);
  }

  void checkMatrixProduct(const Instruction& own) const {
    if (own.a.used()) checkElementwise(own, own.a);
    require(!own.segments.empty() && own.segments.size() <= mostSegments, "a matrix product has from one to 32 segments");
    for (const Segment& segment : own.segments) {
      require(segment.source.stride == 1, "a matrix product reads one row again and again");
      require(static_cast<size_t>(segment.weight) < program_.weights.size(), "a matrix product names a weight that is not there");
      require(program_.weightOutputs(segment.weight) == own.rows, "a weight has other outputs than its product has rows");
      checkApart(own.d, own.rows, segment.source, program_.weightInner(segment.weight));
    }
  }

  const Program& program_;
};

}  // namespace

void validateProgram(const Program& program) { Validator(program).run(); }

}  // namespace unroll
