#include "word-reader.h"

namespace unroll {
namespace {

constexpr int32_t magic = 0x554e5234;
constexpr int32_t mostSteps = 1 << 24;
constexpr int32_t mostOffset = 1 << 30;

Instruction readInstruction(Reader& reader) {
  Instruction read;
  read.opcode = reader.kind<Opcode>("opcode");
  read.rows = reader.inRange("rows of an instruction", 1, Reader::mostRows);
  read.d = reader.operand();
  read.a = reader.operand();
  read.b = reader.operand();
  read.c = reader.operand();
  read.e = reader.operand();
  read.f = reader.kind<Modifier>("modifier");
  read.g = reader.kind<Modifier>("modifier");
  read.form = reader.kind<ProductForm>("form of a product");
  read.factors = reader.inRange("number of factors", 0, 3);
  read.factor = reader.real();
  read.addend = reader.real();
  read.segments = list<Segment>(reader, "number of segments", [&] {
    Segment segment;
    segment.source = reader.operand();
    segment.weight = reader.inRange("weight of a segment", 0, mostItems);
    return segment;
  });
  return read;
}

}  // namespace

Program decodeProgram(const int32_t* words, size_t count) {
  Reader reader(words, count);
  if (reader.word() != magic) throw InvalidProgram("this is not a scan program of this version");
  Program program;
  program.backwards = reader.inRange("direction", 0, 1) == 1;
  program.steps = reader.inRange("number of steps", 0, mostSteps);
  program.scratchRows = reader.inRange("rows of scratch", 0, Reader::mostRows);
  program.ringRows = reader.inRange("rows of the ring", 0, Reader::mostRows);
  program.parameterRows = reader.inRange("rows of parameters", 0, Reader::mostRows);
  program.batchRows = reader.inRange("rows of the batch", 0, Reader::mostRows);
  program.tape.slotRows = reader.inRange("rows of a slot", 0, Reader::mostRows);
  program.tape.history = reader.inRange("history of the tape", 0, 1);
  program.tensors = list<StreamTensor>(reader, "number of tensors", [&] {
    StreamTensor tensor;
    tensor.slotRows = reader.inRange("rows of a slot", 0, Reader::mostRows);
    tensor.slots = reader.inRange("slots of a tensor", 0, mostSteps + 1);
    return tensor;
  });
  program.streams = list<Stream>(reader, "number of streams", [&] {
    Stream stream;
    stream.tensor = reader.inRange("tensor of a stream", tapeTensor, static_cast<int32_t>(program.tensors.size()) - 1);
    stream.offset = reader.inRange("time offset of a stream", -mostOffset, mostOffset);
    stream.first = reader.inRange("first step of a stream", 0, program.steps);
    stream.end = reader.inRange("last step of a stream", stream.first, program.steps);
    stream.stride = reader.inRange("stride of a stream", -mostSteps, mostSteps);
    stream.dilation = reader.inRange("dilation of a stream", 1, mostSteps);
    return stream;
  });
  program.rowInputs = list<RowInput>(reader, "number of row inputs", [&] {
    RowInput input;
    input.kind = reader.kind<RowInputKind>("kind of a row input");
    input.rows = reader.inRange("rows of a row input", 1, Reader::mostRows);
    input.row = reader.inRange("row of a row input", 0, Reader::mostRows);
    input.literal = reader.real();
    return input;
  });
  program.matrices = list<Matrix>(reader, "number of matrices", [&] {
    Matrix matrix;
    matrix.rows = reader.inRange("rows of a matrix", 1, Reader::mostRows);
    matrix.columns = reader.inRange("columns of a matrix", 1, Reader::mostRows);
    return matrix;
  });
  program.weights = list<Weight>(reader, "number of weights", [&] {
    Weight weight;
    weight.matrix = reader.inRange("matrix of a weight", 0, static_cast<int32_t>(program.matrices.size()) - 1);
    weight.transposed = reader.inRange("transposition of a weight", 0, 1);
    weight.first = reader.inRange("first input of a weight", 0, Reader::mostRows);
    weight.inner = reader.inRange("inputs of a weight", 1, Reader::mostRows);
    return weight;
  });
  program.states = list<State>(reader, "number of states", [&] {
    State state;
    state.rows = reader.inRange("rows of a state", 1, Reader::mostRows);
    state.isLiteral = reader.inRange("kind of an initial state", 0, 1);
    state.literal = reader.real();
    state.place = reader.operand();
    return state;
  });
  program.sumOutputs = list<SumOutput>(reader, "number of outputs of sums", [&] {
    SumOutput output;
    output.rows = reader.inRange("rows of a sum", 1, Reader::mostRows);
    output.columns = reader.inRange("columns of a sum", 0, Reader::mostRows);
    return output;
  });
  program.sums = list<Sum>(reader, "number of sums", [&] {
    Sum sum;
    sum.kind = reader.kind<SumKind>("kind of a sum");
    sum.left = reader.operand();
    sum.leftRows = reader.inRange("rows on the left of a sum", 1, Reader::mostRows);
    sum.right = reader.operand();
    sum.rightRows = reader.inRange("rows on the right of a sum", 0, Reader::mostRows);
    sum.output = reader.inRange("output of a sum", 0, static_cast<int32_t>(program.sumOutputs.size()) - 1);
    sum.row = reader.inRange("first row of a sum", 0, Reader::mostRows);
    return sum;
  });
  program.instructions = list<Instruction>(reader, "number of instructions", [&] { return readInstruction(reader); });
  if (!reader.atEnd()) throw InvalidProgram("words are left after the last instruction");
  validateProgram(program);
  return program;
}

}  // namespace unroll
