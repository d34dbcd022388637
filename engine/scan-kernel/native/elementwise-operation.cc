#include "elementwise-program.h"
#include "kernel-settings.h"
#include "operation-attributes.h"
#include "scan-operation.h"
#include "tensorflow-tensors.h"

namespace unroll {
namespace {

void* createElementwise(TF_OpKernelConstruction* construction) {
  try {
    const std::string text = textAttribute(construction, "program");
    const InstructionSet& set = requiredInstructionSet();
    const std::vector<int32_t> words = wordsOfText(text.data(), text.size());
    ElementwiseProgram program = decodeElementwise(words.data(), words.size());
    requireCount("vectors", integerAttribute(construction, "vector_count"), static_cast<size_t>(program.vectorInputs));
    requireCount("numbers", integerAttribute(construction, "scalar_count"), static_cast<size_t>(program.scalarInputs));
    requireCount("results by element", integerAttribute(construction, "result_count"), static_cast<size_t>(program.vectorOutputs));
    requireCount("results in all", integerAttribute(construction, "total_count"), program.scalarOutputs.size());
    return set.makeElementwise(std::move(program)).release();
  } catch (const std::exception& error) {
    failConstruction(construction, error);
    return nullptr;
  }
}

void deleteElementwise(void* kernel) { delete static_cast<Elementwise*>(kernel); }

// What a call takes besides its inputs, asked for at once.
void requireMemory(const Elementwise& kernel, size_t elements, const Shape& shape) {
  const double bytes = sizeof(float) * (static_cast<double>(kernel.workspaceFloats(elements)) + static_cast<double>(elements) * kernel.program().vectorOutputs);
  if (isFree(bytes)) return;
  throw OutOfMemory("operations by element on tensors of shape " + printShape(shape) + " need " + std::to_string(static_cast<long long>(bytes / 1e6)) +
                    " MB, more than is free: use a smaller batch or a shorter window");
}

size_t elementsOf(const Shape& shape) {
  size_t elements = 1;
  for (const int64_t size : shape) elements *= static_cast<size_t>(size);
  return elements;
}

void computeElementwise(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    const Elementwise& kernel = *static_cast<Elementwise*>(pointer);
    const ElementwiseProgram& program = kernel.program();
    std::vector<Tensor> held;
    held.reserve(static_cast<size_t>(TF_NumInputs(context) + TF_NumOutputs(context)));
    ElementwiseArguments arguments;
    Shape shape;
    for (int index = 0; index < program.vectorInputs; index++) {
      held.push_back(Tensor::input(context, index));
      if (index == 0) shape = held.back().shape();
      arguments.vectors.push_back(held.back().floats(Name{"vector", index, " of an operation by element"}, shape));
    }
    for (int index = 0; index < program.scalarInputs; index++) {
      held.push_back(Tensor::input(context, program.vectorInputs + index));
      if (held.back().elements() != 1) throw InvalidArgument("number " + std::to_string(index) + " of an operation by element has the shape " + printShape(held.back().shape()));
      arguments.scalars.push_back(held.back().floats());
    }
    arguments.elements = elementsOf(shape);
    requireMemory(kernel, arguments.elements, shape);
    for (int index = 0; index < program.vectorOutputs; index++) {
      held.push_back(Tensor::output(context, index, shape));
      arguments.vectors.push_back(held.back().floats());
    }
    for (size_t index = 0; index < program.scalarOutputs.size(); index++) {
      held.push_back(Tensor::output(context, program.vectorOutputs + static_cast<int>(index), {}));
      arguments.scalarOutputs.push_back(held.back().floats());
    }
    kernel.run(arguments);
  });
}

}  // namespace

void registerElementwiseOperation() {
  registerOperation("UnrollElementwise", {"vectors: vector_count * float", "scalars: scalar_count * float"},
                    {"results: result_count * float", "totals: total_count * float"},
                    {"program: string", "vector_count: int >= 1", "scalar_count: int >= 0", "result_count: int >= 0", "total_count: int >= 0"},
                    {createElementwise, computeElementwise, deleteElementwise});
}

}  // namespace unroll
