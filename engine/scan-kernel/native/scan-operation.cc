#include "scan-operation.h"

#include <cstring>

#include "kernel-settings.h"
#include "scan.h"
#include "operation-attributes.h"
#include "tensorflow-tensors.h"
#include "workspace.h"

namespace unroll {
namespace {

struct ScanKernel {
  std::unique_ptr<Scan> scan;
};

template <class Items, class Holds>
size_t countWhere(const Items& items, Holds holds) {
  size_t count = 0;
  for (const auto& item : items) count += holds(item) ? 1 : 0;
  return count;
}

void* createScan(TF_OpKernelConstruction* construction) {
  auto kernel = std::make_unique<ScanKernel>();
  try {
    const std::string text = textAttribute(construction, "program");
    const InstructionSet* const set = chosenInstructionSet();
    if (set == nullptr) throw std::runtime_error("the scan kernel does not know this processor");
    Program program = programFromText(text.data(), text.size());
    requireCount("tensors", integerAttribute(construction, "tensor_count"), program.tensors.size());
    requireCount("row inputs", integerAttribute(construction, "row_input_count"),
                 countWhere(program.rowInputs, [](const RowInput& input) { return input.kind != RowInputKind::Literal; }));
    requireCount("matrices", integerAttribute(construction, "matrix_count"), program.matrices.size());
    requireCount("initial states", integerAttribute(construction, "initial_state_count"),
                 countWhere(program.states, [](const State& state) { return state.isLiteral == 0; }));
    requireCount("states", integerAttribute(construction, "state_count"), program.states.size());
    requireCount("sums", integerAttribute(construction, "sum_count"), program.sumOutputs.size());
    kernel->scan = std::make_unique<Scan>(std::move(program), *set);
  } catch (const std::exception& error) {
    failConstruction(construction, error);
    return nullptr;
  }
  return kernel.release();
}

void deleteScan(void* kernel) { delete static_cast<ScanKernel*>(kernel); }

// Large calls ask the system first: being refused is better than being killed.
void requireMemory(const Scan& scan, int batch, int threads) {
  const int steps = scan.program().steps;
  constexpr double worthAsking = 64e6;
  const double tapeBytes = double{4} * lanes * blocksOf(batch) * (steps + 1.0) * scan.program().tape.slotRows;
  const double bytes = tapeBytes + static_cast<double>(scan.workspaceBytes(batch, threads));
  if (bytes < worthAsking || bytes < static_cast<double>(availableBytes())) return;
  throw OutOfMemory("a scan of " + std::to_string(steps) + " steps over " + std::to_string(batch) + " series needs " +
                    std::to_string(static_cast<long long>(bytes / 1e6)) + " MB, more than is free: use a smaller batch or a shorter window");
}

void computeScan(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    const ScanKernel& kernel = *static_cast<ScanKernel*>(pointer);
    const Program& program = kernel.scan->program();
    std::vector<Tensor> held;
    int next = 0;
    const auto take = [&]() -> const Tensor& {
      held.push_back(Tensor::input(context, next++));
      return held.back();
    };
    ScanArguments arguments;
    arguments.batch = take().scalar("the batch size");
    if (arguments.batch < 0 || arguments.batch > 1 << 24) throw InvalidArgument("a scan takes up to 16,777,216 series, found " + std::to_string(arguments.batch));
    const int64_t blocks = blocksOf(arguments.batch), batch = arguments.batch, steps = program.steps;
    const auto name = [](const char* what, size_t index) { return std::string(what) + " " + std::to_string(index) + " of a scan"; };
    for (size_t index = 0; index < program.tensors.size(); index++) {
      const StreamTensor& tensor = program.tensors[index];
      arguments.tensors.push_back(take().floats(name("sequence", index), {blocks, tensor.slots, tensor.slotRows, lanes}));
    }
    for (size_t index = 0; index < program.rowInputs.size(); index++) {
      const RowInput& input = program.rowInputs[index];
      const Shape shape = input.kind == RowInputKind::Batch ? Shape{batch, input.rows} : Shape{input.rows};
      arguments.rowInputs.push_back(input.kind == RowInputKind::Literal ? nullptr : take().floats(name("row input", index), shape));
    }
    for (size_t index = 0; index < program.matrices.size(); index++) {
      arguments.matrices.push_back(take().floats(name("matrix", index), {program.matrices[index].rows, program.matrices[index].columns}));
    }
    for (size_t index = 0; index < program.states.size(); index++) {
      const State& state = program.states[index];
      arguments.initialStates.push_back(state.isLiteral ? nullptr : take().floats(name("initial state", index), {batch, state.rows}));
    }
    const std::shared_ptr<ThreadPool> pool = sharedThreadPool();
    requireMemory(*kernel.scan, arguments.batch, pool->threads());

    next = 0;
    const auto give = [&](const Shape& shape) {
      held.push_back(Tensor::output(context, next++, shape));
      return held.back().floats();
    };
    const bool hasTape = program.tape.slotRows > 0;
    float* const tape = give(hasTape ? Shape{blocks, steps + program.tape.history, program.tape.slotRows, lanes} : Shape{0});
    arguments.tape = hasTape ? tape : nullptr;
    for (const State& state : program.states) arguments.finalStates.push_back(give({batch, state.rows}));
    for (const SumOutput& sum : program.sumOutputs) arguments.sums.push_back(give(sum.columns > 0 ? Shape{sum.rows, sum.columns} : Shape{sum.rows}));
    kernel.scan->run(arguments, *pool);
  });
}

}  // namespace

void registerScanOperation() {
  registerOperation("UnrollScan",
                    {"batch: int32", "tensors: tensor_count * float", "row_inputs: row_input_count * float", "matrices: matrix_count * float",
                     "initial_states: initial_state_count * float"},
                    {"tape: float", "final_states: state_count * float", "sums: sum_count * float"},
                    {"program: string", "tensor_count: int >= 0", "row_input_count: int >= 0", "matrix_count: int >= 0",
                     "initial_state_count: int >= 0", "state_count: int >= 0", "sum_count: int >= 0"},
                    {createScan, computeScan, deleteScan});
}

}  // namespace unroll
