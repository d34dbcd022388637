#include "scan-operation.h"

#include "operation-attributes.h"
#include "scan.h"
#include "tensorflow-tensors.h"

namespace unroll {
namespace {

struct LayoutKernel {
  bool batchFirst = false;
  int steps = 0, firstRow = 0, rows = 0;
  Stream reading;
};

// So sums and products of two of them are numbers of 64 bits.
constexpr int most = 1 << 24, mostOffset = 1 << 30;

template <class Read>
void* create(TF_OpKernelConstruction* construction, Read read) {
  auto kernel = std::make_unique<LayoutKernel>();
  try {
    kernel->batchFirst = attributeWithin(construction, "batch_first", 0, 1) != 0;
    read(*kernel);
  } catch (const std::exception& error) {
    failConstruction(construction, error);
    return nullptr;
  }
  return kernel.release();
}

void* createToLanes(TF_OpKernelConstruction* construction) {
  return create(construction, [](LayoutKernel&) {});
}

void* createFromLanes(TF_OpKernelConstruction* construction) {
  return create(construction, [&](LayoutKernel& kernel) {
    kernel.steps = attributeWithin(construction, "steps", 0, most);
    kernel.reading.offset = attributeWithin(construction, "offset", -mostOffset, mostOffset);
    kernel.reading.first = attributeWithin(construction, "first", 0, kernel.steps);
    kernel.reading.end = attributeWithin(construction, "end", kernel.reading.first, kernel.steps);
    kernel.reading.stride = attributeWithin(construction, "stride", -most, most);
    kernel.reading.dilation = attributeWithin(construction, "dilation", 1, most);
    kernel.firstRow = attributeWithin(construction, "first_row", 0, most);
    kernel.rows = attributeWithin(construction, "rows", 0, most);
  });
}

void remove(void* kernel) { delete static_cast<LayoutKernel*>(kernel); }

void computeToLanes(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    const LayoutKernel& kernel = *static_cast<LayoutKernel*>(pointer);
    const Tensor input = Tensor::input(context, 0);
    const Shape shape = input.shape();
    if (shape.size() != 3) throw InvalidArgument("a sequence has the axes batch, time and feature, found shape " + printShape(shape));
    const int64_t batch = shape[kernel.batchFirst ? 0 : 1], steps = shape[kernel.batchFirst ? 1 : 0];
    for (const int64_t size : shape) {
      if (size > most) throw InvalidArgument("a sequence is too long: " + printShape(shape));
    }
    const Tensor output = Tensor::output(context, 0, {blocksOf(static_cast<int>(batch)), steps, shape[2], lanes});
    toLanes(input.floats(), kernel.batchFirst, static_cast<int>(batch), static_cast<int>(steps), static_cast<int>(shape[2]), output.floats());
  });
}

void computeFromLanes(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    const LayoutKernel& kernel = *static_cast<LayoutKernel*>(pointer);
    const int batch = Tensor::input(context, 0).scalar("the batch size");
    const Tensor input = Tensor::input(context, 1);
    const Shape shape = input.shape();
    const bool inside = shape.size() == 4 && kernel.reading.staysWithin(shape[1]);
    const bool fits = inside && batch >= 0 && batch <= most && shape[0] == blocksOf(batch) && shape[3] == lanes && kernel.firstRow + kernel.rows <= shape[2];
    if (!fits) throw InvalidArgument("a tensor of lanes for " + std::to_string(batch) + " series and " + std::to_string(kernel.steps) + " steps has another shape: " + printShape(shape));
    const Shape plain = kernel.batchFirst ? Shape{batch, kernel.steps, kernel.rows} : Shape{kernel.steps, batch, kernel.rows};
    const Tensor output = Tensor::output(context, 0, plain);
    const LaneView view{static_cast<int>(shape[1]), static_cast<int>(shape[2]), kernel.firstRow, kernel.reading};
    fromLanes(input.floats(), view, kernel.batchFirst, batch, kernel.steps, kernel.rows, output.floats());
  });
}

}  // namespace

void registerLayoutOperations() {
  registerOperation("UnrollToLanes", {"sequence: float"}, {"lanes: float"}, {"batch_first: int >= 0"}, {createToLanes, computeToLanes, remove});
  registerOperation("UnrollFromLanes", {"batch: int32", "lanes: float"}, {"sequence: float"},
                    {"batch_first: int >= 0", "steps: int >= 0", "offset: int", "first: int >= 0", "end: int >= 0", "stride: int", "dilation: int >= 1", "first_row: int >= 0", "rows: int >= 0"},
                    {createFromLanes, computeFromLanes, remove});
}

}  // namespace unroll
