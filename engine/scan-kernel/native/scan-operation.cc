#include "scan-operation.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "kernel-settings.h"
#include "scan.h"
#include "operation-attributes.h"
#include "tensorflow-tensors.h"
#include "thread-choice.h"
#include "workspace.h"

namespace unroll {
namespace {

// Scans over one batch, in their order. A tensor of a scan is an input of the operation, or the tape of an earlier scan.
struct ScanKernel {
  std::vector<std::unique_ptr<Scan>> scans;
  // By scan, by its tensor: an input from 0 on, or the tape of scan −1 − source.
  std::vector<std::vector<int>> sources;
  int tensors = 0;
  ThreadChoice threads;
};

double secondsNow() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// On as many threads as have been found to be faster.
void runAsChosen(ScanKernel& kernel, const std::vector<ScanCall>& calls, int batch, ThreadPool& pool) {
  if (!canShare(batch, pool)) return runScans(calls, pool, false);
  double multiplyAdds = 0;
  for (const ScanCall& call : calls) multiplyAdds += call.scan->multiplyAdds(batch);
  const bool shares = kernel.threads.sharesNext(multiplyAdds, batch);
  const double began = secondsNow();
  runScans(calls, pool, shares);
  kernel.threads.took(shares, batch, secondsNow() - began);
}

template <class Items, class Holds>
size_t countWhere(const Items& items, Holds holds) {
  size_t count = 0;
  for (const auto& item : items) count += holds(item) ? 1 : 0;
  return count;
}

std::vector<std::string> partsOf(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char letter : text) {
    if (letter == separator) parts.emplace_back();
    else parts.back() += letter;
  }
  return parts;
}

// Where the tensors of a scan come from: numbers with spaces between.
std::vector<int> readSources(const std::string& text, const ScanKernel& kernel, const Program& program) {
  std::vector<int> sources;
  for (const std::string& word : partsOf(text, ' ')) {
    if (word.empty()) continue;
    int source = 0;
    const auto [after, failure] = std::from_chars(word.data(), word.data() + word.size(), source);
    if (failure != std::errc() || after != word.data() + word.size()) throw InvalidProgram("a source is not a number: " + word.substr(0, 20));
    sources.push_back(source);
  }
  requireCount("sources of tensors", static_cast<int>(sources.size()), program.tensors.size());
  for (size_t index = 0; index < sources.size(); index++) {
    const int source = sources[index];
    if (source >= 0 && source < kernel.tensors) continue;
    const size_t scan = static_cast<size_t>(-1 - source);
    if (source >= 0 || scan >= kernel.scans.size()) throw InvalidProgram("a tensor comes from nowhere: " + std::to_string(source));
    if (!isTapeOf(program.tensors[index], kernel.scans[scan]->program())) throw InvalidProgram("a tensor is not like the tape that it comes from");
  }
  return sources;
}

void* createScan(TF_OpKernelConstruction* construction) {
  auto kernel = std::make_unique<ScanKernel>();
  try {
    const std::vector<std::string> programs = partsOf(textAttribute(construction, "program"), ';');
    const std::vector<std::string> sources = partsOf(textAttribute(construction, "sources"), ';');
    const InstructionSet& set = requiredInstructionSet();
    requireCount("programs", integerAttribute(construction, "scan_count"), programs.size());
    requireCount("lists of sources", static_cast<int>(sources.size()), programs.size());
    kernel->tensors = integerAttribute(construction, "tensor_count");
    size_t rowInputs = 0, matrices = 0, initialStates = 0, states = 0, sums = 0;
    for (size_t index = 0; index < programs.size(); index++) {
      Program program = programFromText(programs[index].data(), programs[index].size());
      kernel->sources.push_back(readSources(sources[index], *kernel, program));
      rowInputs += countWhere(program.rowInputs, [](const RowInput& input) { return input.kind != RowInputKind::Literal; });
      matrices += program.matrices.size();
      initialStates += countWhere(program.states, [](const State& state) { return state.isLiteral == 0; });
      states += program.states.size();
      sums += program.sumOutputs.size();
      kernel->scans.push_back(std::make_unique<Scan>(std::move(program), set));
    }
    requireCount("row inputs", integerAttribute(construction, "row_input_count"), rowInputs);
    requireCount("matrices", integerAttribute(construction, "matrix_count"), matrices);
    requireCount("initial states", integerAttribute(construction, "initial_state_count"), initialStates);
    requireCount("states", integerAttribute(construction, "state_count"), states);
    requireCount("sums", integerAttribute(construction, "sum_count"), sums);
  } catch (const std::exception& error) {
    failConstruction(construction, error);
    return nullptr;
  }
  return kernel.release();
}

void deleteScan(void* kernel) { delete static_cast<ScanKernel*>(kernel); }

// All that a call will take, asked for at once.
void requireMemory(const ScanKernel& kernel, int batch, int threads) {
  double bytes = 0;
  int steps = 0;
  std::vector<const Scan*> scans;
  for (const auto& scan : kernel.scans) {
    const Program& program = scan->program();
    bytes += double{4} * lanes * blocksOf(batch) * (program.steps + 1.0) * program.tape.slotRows;
    for (const State& state : program.states) bytes += double{4} * batch * state.rows;
    for (const SumOutput& sum : program.sumOutputs) bytes += double{4} * sum.rows * std::max(1, sum.columns);
    steps = std::max(steps, program.steps);
    scans.push_back(scan.get());
  }
  bytes += workspaceBytes(scans, batch, threads);
  if (isFree(bytes)) return;
  throw OutOfMemory("a scan of " + std::to_string(steps) + " steps over " + std::to_string(batch) + " series needs " +
                    std::to_string(static_cast<long long>(bytes / 1e6)) + " MB, more than is free: use a smaller batch or a shorter window");
}

void computeScan(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    ScanKernel& kernel = *static_cast<ScanKernel*>(pointer);
    std::vector<Tensor> held;
    held.reserve(static_cast<size_t>(TF_NumInputs(context) + TF_NumOutputs(context)));
    int next = 0;
    const auto take = [&]() -> const Tensor& {
      held.push_back(Tensor::input(context, next++));
      return held.back();
    };
    const int series = take().scalar("the batch size");
    if (series < 0 || series > 1 << 24) throw InvalidArgument("a scan takes up to 16,777,216 series, found " + std::to_string(series));
    const int64_t blocks = blocksOf(series), batch = series;
    const auto name = [](const char* what, size_t index) { return Name{what, static_cast<int>(index), " of a scan"}; };
    std::vector<ScanCall> calls(kernel.scans.size());
    for (size_t scan = 0; scan < calls.size(); scan++) {
      calls[scan].scan = kernel.scans[scan].get();
      calls[scan].arguments.batch = series;
      calls[scan].arguments.tensors.resize(kernel.sources[scan].size());
    }
    for (int input = 0; input < kernel.tensors; input++) {
      const Tensor& given = take();
      for (size_t scan = 0; scan < calls.size(); scan++) {
        for (size_t index = 0; index < kernel.sources[scan].size(); index++) {
          if (kernel.sources[scan][index] != input) continue;
          const StreamTensor& tensor = calls[scan].scan->program().tensors[index];
          calls[scan].arguments.tensors[index] = given.floats(name("sequence", index), {blocks, tensor.slots, tensor.slotRows, lanes});
        }
      }
    }
    for (ScanCall& call : calls) {
      const Program& program = call.scan->program();
      for (size_t index = 0; index < program.rowInputs.size(); index++) {
        const RowInput& input = program.rowInputs[index];
        const Shape shape = input.kind == RowInputKind::Batch ? Shape{batch, input.rows} : Shape{input.rows};
        call.arguments.rowInputs.push_back(input.kind == RowInputKind::Literal ? nullptr : take().floats(name("row input", index), shape));
      }
    }
    for (ScanCall& call : calls) {
      const Program& program = call.scan->program();
      for (size_t index = 0; index < program.matrices.size(); index++) {
        call.arguments.matrices.push_back(take().floats(name("matrix", index), {program.matrices[index].rows, program.matrices[index].columns}));
      }
    }
    for (ScanCall& call : calls) {
      const Program& program = call.scan->program();
      for (size_t index = 0; index < program.states.size(); index++) {
        const State& state = program.states[index];
        call.arguments.initialStates.push_back(state.isLiteral ? nullptr : take().floats(name("initial state", index), {batch, state.rows}));
      }
    }
    const std::shared_ptr<ThreadPool> pool = sharedThreadPool();
    requireMemory(kernel, series, pool->threads());

    next = 0;
    const auto give = [&](const Shape& shape) {
      held.push_back(Tensor::output(context, next++, shape));
      return held.back().floats();
    };
    for (size_t scan = 0; scan < calls.size(); scan++) {
      const Program& program = calls[scan].scan->program();
      const bool hasTape = program.tape.slotRows > 0;
      float* const tape = give(hasTape ? Shape{blocks, int64_t{program.steps} + program.tape.history, program.tape.slotRows, lanes} : Shape{0});
      calls[scan].arguments.tape = hasTape ? tape : nullptr;
    }
    for (ScanCall& call : calls) {
      for (const State& state : call.scan->program().states) call.arguments.finalStates.push_back(give({batch, state.rows}));
    }
    for (ScanCall& call : calls) {
      for (const SumOutput& sum : call.scan->program().sumOutputs) call.arguments.sums.push_back(give(sum.columns > 0 ? Shape{sum.rows, sum.columns} : Shape{sum.rows}));
    }
    for (size_t scan = 0; scan < calls.size(); scan++) {
      for (size_t index = 0; index < kernel.sources[scan].size(); index++) {
        const int source = kernel.sources[scan][index];
        if (source < 0) calls[scan].arguments.tensors[index] = calls[static_cast<size_t>(-1 - source)].arguments.tape;
      }
    }
    runAsChosen(kernel, calls, series, *pool);
  });
}

}  // namespace

void registerScanOperation() {
  registerOperation("UnrollScan",
                    {"batch: int32", "tensors: tensor_count * float", "row_inputs: row_input_count * float", "matrices: matrix_count * float",
                     "initial_states: initial_state_count * float"},
                    {"tapes: scan_count * float", "final_states: state_count * float", "sums: sum_count * float"},
                    {"program: string", "sources: string", "scan_count: int >= 1", "tensor_count: int >= 0", "row_input_count: int >= 0", "matrix_count: int >= 0",
                     "initial_state_count: int >= 0", "state_count: int >= 0", "sum_count: int >= 0"},
                    {createScan, computeScan, deleteScan});
}

}  // namespace unroll
