// A scan as bytecode: what every step does, where its rows live, and what is summed over all steps. A row is one unit of
// sixteen series side by side (lanes); an operand is a run of rows in one of the bases.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace unroll {

constexpr int lanes = 16;

enum class Opcode : int32_t {
  Fill,               // d = factor
  Affine,             // d = factor · a + addend
  Product,            // see ProductForm
  SumOfProducts,      // d = a · f(b) + c · g(e), f and g simple
  Sigmoid,
  Tanh,
  Relu,
  Exponential,
  Logarithm,
  SquareRoot,
  ReciprocalSquareRoot,
  Absolute,
  Sign,
  NonZero,            // d = a ≠ 0 ? 1 : 0
  Subtract,
  Divide,
  Maximum,
  Minimum,
  Power,
  Greater,            // d = a > b ? 1 : 0
  Select,             // d = c ≠ 0 ? a : b
  RowSum,             // d = factor · Σ a over its rows; d is one row
  RowDot,             // d = factor · Σ a · f(b)
  MatrixProduct,      // d = initial + Σ over segments of weightᵀ · source
  Count
};

enum class Modifier : int32_t { Identity, OneMinus, Negate, Square, TimesOneMinus, OneMinusSquare, Count };

// Where two factors are modified, the first is as it is or one minus it: so many combinations are not compiled for nothing.
inline bool isSimple(Modifier modifier) { return modifier == Modifier::Identity || modifier == Modifier::OneMinus; }

// Plain: a · f(b) · g(c). PlusAddend: that + e. SumFirst: (a + e) · f(b) · g(c). Missing factors are left out; with one
// factor the modifier f is that of a.
enum class ProductForm : int32_t { Plain, PlusAddend, SumFirst, Count };

// Bases of operands. From firstStream on: stream k of the program.
enum Base : int32_t { noBase = -1, scratchBase = 0, parameterBase = 1, batchBase = 2, ringBase = 3, firstStream = 4 };

struct Operand {
  int32_t base = noBase;
  int32_t row = 0;
  int32_t stride = 1;  // 0: one row stands for all
  bool used() const { return base != noBase; }
};

struct Segment {
  Operand source;
  int32_t weight = 0;
};

struct Instruction {
  Opcode opcode = Opcode::Fill;
  int32_t rows = 0;
  Operand d, a, b, c, e;
  int32_t factors = 0;
  Modifier f = Modifier::Identity, g = Modifier::Identity;
  ProductForm form = ProductForm::Plain;
  float factor = 0, addend = 0;
  std::vector<Segment> segments;
};

// A tensor [blocks, slots, slotRows, lanes].
struct StreamTensor {
  int32_t slotRows = 0;
  int32_t slots = 0;
};

// What the scan itself writes: [blocks, steps + history, slotRows, lanes].
struct Tape {
  int32_t slotRows = 0;
  int32_t history = 0;
};

// Where step t reads or writes in such a tensor: slot (stride · t + offset) / dilation, for steps from first to end − 1. The
// others read zeros, and so do steps between two slots. So a sequence is read some steps earlier or later, at every so many
// steps, with zeros between its steps, or backwards, without being moved. Tensor -1 is the tape. Stride and dilation have no
// common divisor: of steps next to each other that are there, the slots are `stride` apart, and there is a dilation of 1.
struct Stream {
  int32_t tensor = 0;
  int32_t offset = 0;
  int32_t first = 0;
  int32_t end = 0;
  int32_t stride = 1;
  int32_t dilation = 1;

  int64_t scaledSlot(int step) const { return int64_t{stride} * step + offset; }
  bool isThere(int step) const { return step >= first && step < end && (dilation == 1 || scaledSlot(step) % dilation == 0); }
  // Of a step that is there.
  int64_t slotOf(int step) const { return dilation == 1 ? scaledSlot(step) : scaledSlot(step) / dilation; }
  // Whether every step that is there has one of so many slots.
  bool staysWithin(int64_t slots) const {
    if (stride == 0 || dilation < 1 || std::gcd(stride, dilation) != 1) return false;
    const int64_t one = scaledSlot(first), other = scaledSlot(end - 1);
    return first >= end || (std::min(one, other) >= 0 && std::max(one, other) <= (slots - 1) * dilation);
  }
};

constexpr int32_t tapeTensor = -1;

constexpr size_t mostSegments = 32;

enum class RowInputKind : int32_t { Parameter, Batch, Literal, Count };

// Rows that are the same at every step: a vector [rows], a matrix [batch, rows], or one number.
struct RowInput {
  RowInputKind kind = RowInputKind::Parameter;
  int32_t rows = 0;
  int32_t row = 0;
  float literal = 0;
};

// rows × columns, as the graph holds it.
struct Matrix {
  int32_t rows = 0;
  int32_t columns = 0;
};

// A matrix, or some of its inputs, as products read it: output unit n of input k is matrix[first + k][n], or
// matrix[n][first + k] where transposed.
struct Weight {
  int32_t matrix = 0;
  int32_t transposed = 0;
  int32_t first = 0;
  int32_t inner = 0;
};

// Where a state is before the first step and after the last.
struct State {
  int32_t rows = 0;
  int32_t isLiteral = 0;
  float literal = 0;
  Operand place;  // in scratch, or in a stream of the tape
};

enum class SumKind : int32_t { Product, Rows, Count };

// Over all steps and series: Σ leftᵀ · right [leftRows, rightRows], or Σ left [leftRows], as the rows of an output from
// `row` on. The sums of an output follow each other, and fill it.
struct Sum {
  SumKind kind = SumKind::Product;
  Operand left, right;
  int32_t leftRows = 0, rightRows = 0;
  int32_t output = 0, row = 0;
};

// [rows, columns], or [rows] where there are no columns.
struct SumOutput {
  int32_t rows = 0;
  int32_t columns = 0;
};

struct Program {
  bool backwards = false;
  int32_t steps = 0;
  int32_t scratchRows = 0, ringRows = 0, parameterRows = 0, batchRows = 0;
  Tape tape;
  std::vector<StreamTensor> tensors;
  std::vector<Stream> streams;
  std::vector<RowInput> rowInputs;
  std::vector<Matrix> matrices;
  std::vector<Weight> weights;
  std::vector<State> states;
  std::vector<SumOutput> sumOutputs;
  std::vector<Sum> sums;
  std::vector<Instruction> instructions;

  int32_t weightInner(int32_t weight) const { return weights[static_cast<size_t>(weight)].inner; }
  int32_t weightOutputs(int32_t weight) const {
    const Weight& own = weights[static_cast<size_t>(weight)];
    const Matrix& matrix = matrices[static_cast<size_t>(own.matrix)];
    return own.transposed ? matrix.rows : matrix.columns;
  }
};

// Whether what one scan writes is what a tensor of another one wants to be.
inline bool isTapeOf(const StreamTensor& tensor, const Program& earlier) {
  return earlier.tape.slotRows == tensor.slotRows && earlier.steps + earlier.tape.history == tensor.slots;
}

// Bytecode that no run may begin with, and why.
struct InvalidProgram : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Reads and validates; throws InvalidProgram. Whatever this accepts, a run stays inside its memory.
Program decodeProgram(const int32_t* words, size_t count);

// Throws InvalidProgram where an operand leaves its base, a destination may not be written, or memories overlap.
void validateProgram(const Program& program);

}  // namespace unroll
