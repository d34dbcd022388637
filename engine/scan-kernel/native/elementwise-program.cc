#include "elementwise-program.h"

#include "word-reader.h"

namespace unroll {
namespace {

constexpr int32_t magic = 0x554e4531;

ElementwiseOperand readOperand(Reader& reader) {
  ElementwiseOperand read;
  read.place = reader.kind<ElementwisePlace>("place of an operand");
  read.index = reader.inRange("index of an operand", 0, mostItems);
  return read;
}

ElementwiseInstruction readInstruction(Reader& reader) {
  ElementwiseInstruction read;
  read.opcode = reader.kind<Opcode>("opcode");
  for (ElementwiseOperand* operand : {&read.d, &read.a, &read.b, &read.c, &read.e}) *operand = readOperand(reader);
  read.factors = reader.inRange("number of factors", 0, 2);
  read.f = reader.kind<Modifier>("modifier");
  read.form = reader.kind<ProductForm>("form of a product");
  read.factor = reader.real();
  read.addend = reader.real();
  return read;
}

class Validator {
 public:
  explicit Validator(const ElementwiseProgram& program) : program_(program) {}

  void run() const {
    require(program_.vectorInputs > 0, "there is no vector to go through");
    for (const int32_t output : program_.scalarOutputs) require(output < program_.scalars(), "an output names a number that is not there");
    for (const ElementwisePass& pass : program_.passes) {
      for (const ElementwiseInstruction& own : pass.once) {
        require(own.opcode != Opcode::RowSum, "a sum is taken once, not over the elements");
        check(own, ElementwisePlace::Scalar);
      }
      for (const ElementwiseInstruction& own : pass.each) check(own, own.opcode == Opcode::RowSum ? ElementwisePlace::Scalar : ElementwisePlace::Vector);
    }
  }

 private:
  static void require(bool holds, const char* reason) {
    if (!holds) throw InvalidProgram(reason);
  }

  void check(const ElementwiseInstruction& own, ElementwisePlace destination) const {
    require(own.d.place == destination, "a result has the wrong place");
    require(own.d.index >= (destination == ElementwisePlace::Vector ? program_.vectorInputs : program_.firstTemporary()), "a result overwrites what is given");
    for (const ElementwiseOperand* operand : {&own.d, &own.a, &own.b, &own.c, &own.e}) {
      const int32_t room = operand->place == ElementwisePlace::Vector ? program_.vectors() : operand->place == ElementwisePlace::Scalar ? program_.scalars() : 1;
      require(operand->index < room, "an operand names what is not there");
      require(destination == ElementwisePlace::Vector || own.opcode == Opcode::RowSum || operand->place != ElementwisePlace::Vector, "a number is made of a vector without a sum");
    }
    switch (own.opcode) {
      case Opcode::Fill: return;
      case Opcode::RowSum: return require(own.a.place == ElementwisePlace::Vector && destination == ElementwisePlace::Scalar && own.d.place == ElementwisePlace::Scalar, "a sum goes over a vector");
      case Opcode::Product:
        require(own.factors >= 1, "a product has factors");
        uses({&own.a});
        if (own.factors == 2) uses({&own.b});
        if (own.form != ProductForm::Plain) uses({&own.e});
        return;
      case Opcode::Select: return uses({&own.a, &own.b, &own.c});
      case Opcode::Subtract:
      case Opcode::Divide:
      case Opcode::Maximum:
      case Opcode::Minimum:
      case Opcode::Power:
      case Opcode::Greater: return uses({&own.a, &own.b});
      case Opcode::SumOfProducts:
      case Opcode::RowDot:
      case Opcode::MatrixProduct:
      case Opcode::Count: throw InvalidProgram("an opcode is not one by element");
      default: return uses({&own.a});
    }
  }

  static void uses(std::initializer_list<const ElementwiseOperand*> operands) {
    for (const ElementwiseOperand* operand : operands) require(operand->place != ElementwisePlace::None, "an operand is missing");
  }

  const ElementwiseProgram& program_;
};

}  // namespace

ElementwiseProgram decodeElementwise(const int32_t* words, size_t count) {
  Reader reader(words, count);
  if (reader.word() != magic) throw InvalidProgram("this is not an elementwise program of this version");
  constexpr int32_t most = 1 << 10;
  ElementwiseProgram program;
  program.vectorInputs = reader.inRange("number of vectors", 0, most);
  program.vectorOutputs = reader.inRange("number of results", 0, most);
  program.kept = reader.inRange("number of kept vectors", 0, most);
  program.registers = reader.inRange("number of registers", 0, most);
  program.scalarInputs = reader.inRange("number of numbers", 0, most);
  program.temporaries = reader.inRange("number of temporaries", 0, most);
  program.literals = list<float>(reader, "number of literals", [&] { return reader.real(); });
  program.scalarOutputs = list<int32_t>(reader, "number of results", [&] { return reader.inRange("a result", 0, mostItems); });
  program.passes = list<ElementwisePass>(reader, "number of passes", [&] {
    ElementwisePass pass;
    pass.once = list<ElementwiseInstruction>(reader, "number of instructions", [&] { return readInstruction(reader); });
    pass.each = list<ElementwiseInstruction>(reader, "number of instructions", [&] { return readInstruction(reader); });
    return pass;
  });
  if (!reader.atEnd()) throw InvalidProgram("words are left after the last instruction");
  Validator(program).run();
  return program;
}

}  // namespace unroll
