// Every number of units from 1 to 257, with vectors of 4, 8 and 16 numbers: what scans give is what float64 gives, to rounding; and
// the same bits wherever the memory begins. Some of them also where a sequence is read elsewhere in time than it was written; chains
// by element of many lengths; products of small matrices, of which every row has the bits that it has alone.
#include <cmath>
#include <cstdio>
#include <cstring>

#include "every-width.h"
#include "random-elementwise.h"
#include "random-product.h"
#include "recurrence.h"
#include "scan-memory.h"

namespace {

using namespace unroll;

struct Sizes {
  int units, features, batch, steps;
};

// g ← (x·W + h·U), h ← tanh(g) · Uᵀ: a transposed product as well, whose sums of outer products are Σ xᵀ·h and Σ hᵀ·h.
Program twoProducts(const Sizes& sizes) {
  Program program = recurrence(sizes.units, sizes.features, sizes.steps);
  const auto rows = static_cast<int32_t>(sizes.units);
  program.scratchRows = rows;
  program.weights.push_back({1, 1, 0, rows});
  const Operand hidden = program.instructions[0].d, inner{scratchBase, 0, 1};
  program.instructions[0].d = program.instructions[1].d = program.instructions[1].a = inner;
  Instruction back;
  back.opcode = Opcode::MatrixProduct;
  back.rows = rows;
  back.d = hidden;
  back.segments = {{inner, 2}};
  program.instructions.push_back(back);
  program.sums.push_back({SumKind::Product, {firstStream + 1, 0, 1}, hidden, rows, rows, 2, 0});
  program.sumOutputs.push_back({rows, rows});
  validateProgram(program);
  return program;
}

// The matrices, made small enough that a state neither grows nor saturates.
void shrink(ScanMemory& memory, const Program& program) {
  for (size_t index = 0; index < program.matrices.size(); index++) {
    const Matrix& own = program.matrices[index];
    float* const data = const_cast<float*>(memory.arguments.matrices[index]);
    const size_t count = static_cast<size_t>(own.rows) * static_cast<size_t>(own.columns);
    for (size_t at = 0; at < count; at++) data[at] *= 0.3f / std::sqrt(static_cast<float>(own.rows + own.columns));
  }
}

// As ScanMemory orders its results: the final state, Σ xᵀ·h, Σ h, Σ h₋₁ᵀ·h.
std::vector<double> inDoubles(const Sizes& sizes, const ScanArguments& arguments) {
  const size_t units = static_cast<size_t>(sizes.units), features = static_cast<size_t>(sizes.features);
  const float* const kernel = arguments.matrices[0];
  const float* const recurrent = arguments.matrices[1];
  std::vector<double> finals, products(features * units), sums(units), squares(units * units);
  for (int series = 0; series < sizes.batch; series++) {
    std::vector<double> hidden(units), inner(units), next(units);
    for (int step = 0; step < sizes.steps; step++) {
      const float* const x = arguments.tensors[0] + (static_cast<size_t>(series / lanes) * static_cast<size_t>(sizes.steps) + static_cast<size_t>(step)) * features * lanes + series % lanes;
      for (size_t n = 0; n < units; n++) {
        double sum = 0;
        for (size_t k = 0; k < features; k++) sum += double{x[k * lanes]} * kernel[k * units + n];
        for (size_t k = 0; k < units; k++) sum += hidden[k] * recurrent[k * units + n];
        inner[n] = std::tanh(sum);
      }
      for (size_t n = 0; n < units; n++) {
        next[n] = 0;
        for (size_t k = 0; k < units; k++) next[n] += inner[k] * recurrent[n * units + k];
      }
      for (size_t n = 0; n < units; n++) {
        for (size_t k = 0; k < features; k++) products[k * units + n] += x[k * lanes] * next[n];
        for (size_t k = 0; k < units; k++) squares[k * units + n] += hidden[k] * next[n];
        sums[n] += next[n];
      }
      hidden = next;
    }
    finals.insert(finals.end(), hidden.begin(), hidden.end());
  }
  for (const std::vector<double>* own : {&products, &sums, &squares}) finals.insert(finals.end(), own->begin(), own->end());
  return finals;
}

// Where step t of a sequence is: every second slot; every third step, with zeros between; backwards; every second slot of every
// third step, backwards. The first and the last steps of some are not there.
std::vector<Stream> readings(int steps) {
  return {{0, 1, 0, steps, 2, 1}, {0, 2, 1, steps, 1, 3}, {0, steps, 0, steps - 1, -1, 1}, {0, 2 * (steps - 1), 0, steps, -2, 3}};
}

// g ← Σ x·W over those readings of one sequence, in the tape; its sums are Σ xᵀ·g of each, and Σ x of the last.
Program readElsewhere(const Sizes& sizes) {
  const auto units = static_cast<int32_t>(sizes.units), features = static_cast<int32_t>(sizes.features);
  Program program;
  program.backwards = sizes.units % 2 == 0;
  program.steps = sizes.steps;
  program.tape = {units, 0};
  program.tensors = {{features, 2 * sizes.steps}};
  program.streams = readings(sizes.steps);
  const auto count = static_cast<int32_t>(program.streams.size());
  program.streams.push_back({tapeTensor, 0, 0, sizes.steps});
  const Operand result{firstStream + count, 0, 1};
  Instruction product;
  product.opcode = Opcode::MatrixProduct;
  product.rows = units;
  product.d = result;
  for (int32_t reading = 0; reading < count; reading++) {
    program.matrices.push_back({features, units});
    program.weights.push_back({reading, 0, 0, features});
    product.segments.push_back({{firstStream + reading, 0, 1}, reading});
    program.sums.push_back({SumKind::Product, {firstStream + reading, 0, 1}, result, features, units, reading, 0});
    program.sumOutputs.push_back({features, units});
  }
  program.instructions = {product};
  program.sums.push_back({SumKind::Rows, {firstStream + count - 1, 0, 1}, {}, features, 0, count, 0});
  program.sumOutputs.push_back({features, 0});
  validateProgram(program);
  return program;
}

std::vector<double> readElsewhereInDoubles(const Sizes& sizes, const ScanArguments& arguments) {
  const size_t units = static_cast<size_t>(sizes.units), features = static_cast<size_t>(sizes.features);
  const std::vector<Stream> own = readings(sizes.steps);
  std::vector<double> products(own.size() * features * units), rows(features);
  for (int series = 0; series < sizes.batch; series++) {
    for (int step = 0; step < sizes.steps; step++) {
      const auto at = [&](const Stream& reading, size_t feature) -> double {
        const int scaled = reading.stride * step + reading.offset;
        if (step < reading.first || step >= reading.end || scaled % reading.dilation != 0) return 0;
        const size_t slot = static_cast<size_t>(series / lanes * 2 * sizes.steps + scaled / reading.dilation);
        return arguments.tensors[0][(slot * features + feature) * lanes + static_cast<size_t>(series % lanes)];
      };
      std::vector<double> result(units);
      for (size_t reading = 0; reading < own.size(); reading++) {
        for (size_t k = 0; k < features; k++) {
          for (size_t n = 0; n < units; n++) result[n] += at(own[reading], k) * arguments.matrices[reading][k * units + n];
        }
      }
      for (size_t k = 0; k < features; k++) {
        for (size_t reading = 0; reading < own.size(); reading++) {
          for (size_t n = 0; n < units; n++) products[(reading * features + k) * units + n] += at(own[reading], k) * result[n];
        }
        rows[k] += at(own.back(), k);
      }
    }
  }
  products.insert(products.end(), rows.begin(), rows.end());
  return products;
}

typedef std::vector<double> (*InDoubles)(const Sizes&, const ScanArguments&);

std::vector<float> resultsOf(const Scan& scan, InDoubles inFloat64, int batch, uint32_t seed, size_t unaligned, std::vector<double>* expected, const Sizes& sizes) {
  RandomPrograms random(seed);
  ThreadPool pool(1);
  ScanMemory memory(scan.program(), batch, random, unaligned);
  shrink(memory, scan.program());
  if (expected != nullptr) *expected = inFloat64(sizes, memory.arguments);
  scan.run(memory.arguments, pool);
  std::vector<float> results;
  for (const ScanMemory::Result& result : memory.results) results.insert(results.end(), result.data, result.data + result.count);
  return results;
}

// y ← tanh(a) · sigmoid(b) + e^−a², s = Σ y, y ← y · s: the largest error of y and s beside float64.
double errorByElement(const InstructionSet& set, size_t elements) {
  ElementwiseProgram program;
  program.vectorInputs = 2, program.vectorOutputs = 1, program.kept = 1, program.registers = 2, program.temporaries = 1;
  program.scalarOutputs = {0};
  const auto vector = [](int32_t index) { return ElementwiseOperand{ElementwisePlace::Vector, index}; };
  const ElementwiseOperand sum{ElementwisePlace::Scalar, 0};
  const auto unary = [&](Opcode opcode, ElementwiseOperand d, ElementwiseOperand a, float factor = 1) {
    ElementwiseInstruction made;
    made.opcode = opcode, made.d = d, made.a = a, made.factor = factor;
    return made;
  };
  const auto product = [&](int32_t d, int32_t a, ElementwiseOperand b) {
    ElementwiseInstruction made;
    made.opcode = Opcode::Product, made.d = vector(d), made.a = vector(a), made.b = b, made.factors = 2;
    return made;
  };
  ElementwiseInstruction together = product(3, 4, vector(5));
  ElementwiseInstruction square = product(5, 0, vector(0));
  ElementwiseInstruction added = product(3, 5, vector(5));
  added.factors = 1, added.form = ProductForm::PlusAddend, added.e = vector(3);
  program.passes = {{{}, {unary(Opcode::Tanh, vector(4), vector(0)), unary(Opcode::Sigmoid, vector(5), vector(1)), together, square, unary(Opcode::Affine, vector(5), vector(5), -1),
                          unary(Opcode::Exponential, vector(5), vector(5)), added, unary(Opcode::RowSum, sum, vector(3))}},
                    {{}, {product(2, 3, sum)}}};
  const std::vector<int32_t> words = encode(program);
  RandomPrograms random(static_cast<uint32_t>(elements));
  const ElementwiseMemory memory(program, elements, random);
  set.makeElementwise(decodeElementwise(words.data(), words.size()))->run(memory.arguments);
  std::vector<double> expected(elements);
  double total = 0, worst = 0;
  for (size_t at = 0; at < elements; at++) {
    const double a = memory.arguments.vectors[0][at], b = memory.arguments.vectors[1][at];
    total += expected[at] = std::tanh(a) / (1 + std::exp(-b)) + std::exp(-a * a);
  }
  const auto hold = [&](double found, double wanted) {
    const double error = std::fabs(found - wanted) / std::fmax(std::sqrt(static_cast<double>(elements)), std::fabs(wanted));
    worst = error > worst || std::isnan(error) ? error : worst;
  };
  hold(*memory.arguments.scalarOutputs[0], total);
  for (size_t at = 0; at < elements; at++) hold(memory.arguments.vectors[2][at], expected[at] * total);
  return worst;
}

// max(0, left · right + bias) and the sums of the right factor's columns: the largest error beside float64.
double errorOfProduct(const InstructionSet& set, const ProductSizes& sizes, bool hasBias) {
  RandomPrograms random(static_cast<uint32_t>(sizes.rows * 31 + sizes.inner * 7 + sizes.columns));
  const ProductMemory memory(sizes, hasBias, hasBias, !sizes.transposedRight, random);
  const PlainProduct& own = memory.product;
  set.plainProduct(own);
  double worst = 0;
  const auto hold = [&](double found, double wanted) {
    const double error = std::fabs(found - wanted) / std::fmax(4 * std::sqrt(static_cast<double>(sizes.inner)), std::fabs(wanted));
    worst = error > worst || std::isnan(error) ? error : worst;
  };
  for (int column = 0; column < sizes.columns; column++) {
    double total = 0;
    for (int at = 0; at < sizes.inner; at++) total += memory.right(at, column);
    if (own.sums != nullptr) hold(own.sums[column], total);
    for (int row = 0; row < sizes.rows; row++) {
      double sum = hasBias ? own.bias[column] : 0;
      for (int at = 0; at < sizes.inner; at++) sum += memory.left(row, at) * memory.right(at, column);
      hold(own.result[row * sizes.columns + column], hasBias ? std::fmax(0, sum) : sum);
    }
  }
  return worst;
}

// Rows whose bits are others than in a product of that row alone.
int rowsMoved(const InstructionSet& set, int rows) {
  RandomPrograms random(static_cast<uint32_t>(rows));
  const ProductMemory memory({rows, 37, 45, false, true}, true, false, false, random);
  PlainProduct product = memory.product;
  set.plainProduct(product);
  std::vector<float> alone(45);
  product.result = alone.data();
  product.rows = 1;
  int moved = 0;
  for (int row = 0; row < rows; row++) {
    product.left = memory.product.left + row * 37;
    set.plainProduct(product);
    moved += std::memcmp(alone.data(), memory.product.result + row * 45, sizeof(float) * 45) != 0;
  }
  return moved;
}

}  // namespace

int main() {
  const std::vector<InstructionSet>& sets = everyWidth();
  double worst = 0;
  int compared = 0, moved = 0;
  // Errors of results smaller than `least` are held against that: sums of many terms may come out near zero.
  const auto compare = [&](const Program& program, InDoubles inFloat64, const Sizes& sizes, double least) {
    const uint32_t seed = static_cast<uint32_t>(sizes.units);
    std::vector<double> expected;
    for (const InstructionSet& set : sets) {
      const Scan scan(program, set);
      const std::vector<float> results = resultsOf(scan, inFloat64, sizes.batch, seed, 0, expected.empty() ? &expected : nullptr, sizes);
      for (size_t index = 0; index < results.size(); index++, compared++) {
        const double error = std::fabs(results[index] - expected[index]) / std::fmax(least, std::fabs(expected[index]));
        worst = error > worst || std::isnan(error) ? error : worst;
      }
      for (size_t unaligned = 1; unaligned < 16; unaligned += 1 + seed % 4) {
        const std::vector<float> again = resultsOf(scan, inFloat64, sizes.batch, seed, unaligned, nullptr, sizes);
        if (again.size() != results.size() || std::memcmp(again.data(), results.data(), results.size() * sizeof(float)) != 0) moved++;
      }
    }
  };
  for (int units = 1; units <= 257; units++) {
    const Sizes sizes{units, 1 + units * 7 % 37, 1 + units * 5 % 35, 1 + units % 5};
    compare(twoProducts(sizes), inDoubles, sizes, 1);
    if (units % 13 != 1) continue;
    const Sizes longer{units, sizes.features * (units > 100 ? 3 : 1), sizes.batch, 2 + units * 3 % 70};
    compare(readElsewhere(longer), readElsewhereInDoubles, longer, std::sqrt(longer.batch * longer.steps));
  }
  for (size_t elements = 1; elements <= 1100; elements += elements < 70 ? 1 : 97) {
    for (const InstructionSet& set : sets) {
      const double error = errorByElement(set, elements);
      worst = error > worst || std::isnan(error) ? error : worst;
    }
  }
  for (int size = 1; size <= 130; size += size < 40 ? 1 : 9) {
    for (const InstructionSet& set : sets) {
      for (int kind = 0; kind < 8; kind++) {
        const double error = errorOfProduct(set, {size, 1 + size * 7 % 61, 1 + size * 5 % 53, (kind & 1) != 0, (kind & 2) != 0}, (kind & 4) != 0);
        worst = error > worst || std::isnan(error) ? error : worst;
      }
      moved += rowsMoved(set, size);
    }
  }
  const bool good = worst < 2e-5 && compared > 1000000 && moved == 0;
  std::printf("%d results, %s\n", compared, good ? "the same to rounding" : "different");
  if (!good) std::printf("worst %g; %d times other bits where memory began elsewhere\n", worst, moved);
  return good ? 0 : 1;
}
