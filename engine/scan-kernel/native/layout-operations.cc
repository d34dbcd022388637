#include "scan-operation.h"

#include "scan.h"
#include "tensorflow-tensors.h"

namespace unroll {
namespace {

struct LayoutKernel {
  bool batchFirst = false;
  int steps = 0, firstRow = 0, rows = 0;
  Stream reading;
};

int attribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status;
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, name, &value, status.get());
  status.require();
  return value;
}

template <class Read>
void* create(TF_OpKernelConstruction* construction, Read read) {
  auto kernel = std::make_unique<LayoutKernel>();
  try {
    kernel->batchFirst = attribute(construction, "batch_first") != 0;
    read(*kernel);
  } catch (const std::exception& error) {
    const Status status;
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, error.what());
    TF_OpKernelConstruction_Failure(construction, status.get());
    return nullptr;
  }
  return kernel.release();
}

void* createToLanes(TF_OpKernelConstruction* construction) {
  return create(construction, [](LayoutKernel&) {});
}

void* createFromLanes(TF_OpKernelConstruction* construction) {
  return create(construction, [&](LayoutKernel& kernel) {
    kernel.steps = attribute(construction, "steps");
    kernel.reading.offset = attribute(construction, "offset");
    kernel.reading.first = attribute(construction, "first");
    kernel.reading.end = attribute(construction, "end");
    kernel.reading.stride = attribute(construction, "stride");
    kernel.reading.dilation = attribute(construction, "dilation");
    kernel.firstRow = attribute(construction, "first_row");
    kernel.rows = attribute(construction, "rows");
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
      if (size > 1 << 24) throw InvalidArgument("a sequence is too long: " + printShape(shape));
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
    const bool inside = shape.size() == 4 && kernel.reading.end <= kernel.steps && kernel.reading.staysWithin(shape[1]);
    const bool fits = inside && batch >= 0 && shape[0] == blocksOf(batch) && shape[3] == lanes && kernel.firstRow + kernel.rows <= shape[2];
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
