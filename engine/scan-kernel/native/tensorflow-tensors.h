// TensorFlow's C interface with owners, and its errors as exceptions within an operation.
#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

#include "workspace.h"

namespace unroll {

struct Status {
  std::unique_ptr<TF_Status, void (*)(TF_Status*)> owned{TF_NewStatus(), TF_DeleteStatus};
  TF_Status* get() const { return owned.get(); }
  bool ok() const { return TF_GetCode(get()) == TF_OK; }
  void require() const {
    if (!ok()) throw std::runtime_error(TF_Message(get()));
  }
};

// A caller's mistake, in words.
struct InvalidArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct OutOfMemory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Shape = std::vector<int64_t>;

// What a tensor is to an operation, as errors name it; put into words only there, since an operation has dozens.
struct Name {
  const char* what;
  int index = -1;
  const char* whole = "";

  std::string text() const { return index < 0 ? what : std::string(what) + " " + std::to_string(index) + whole; }
};

inline std::string printShape(const Shape& shape) {
  std::string text = "[";
  for (size_t axis = 0; axis < shape.size(); axis++) text += (axis == 0 ? "" : ", ") + std::to_string(shape[axis]);
  return text + "]";
}

class Tensor {
 public:
  static Tensor input(TF_OpKernelContext* context, int index) {
    const Status& status = ownStatus();
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context, index, &tensor, status.get());
    status.require();
    return Tensor(tensor);
  }

  static Tensor output(TF_OpKernelContext* context, int index, const Shape& shape) {
    const Status& status = ownStatus();
    const double wanted = bytesOf(shape);
    if (!isFree(wanted)) {
      throw OutOfMemory("a tensor of shape " + printShape(shape) + " needs " + std::to_string(static_cast<long long>(std::min(wanted / 1e6, 1e15))) + " MB, more than is free: use a smaller batch or a shorter window");
    }
    const size_t bytes = static_cast<size_t>(wanted);
    if (bytes >= worthKeeping) return keptOutput(context, index, shape, bytes);
    TF_Tensor* const tensor = TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), static_cast<int>(shape.size()), bytes, status.get());
    status.require();
    return Tensor(tensor);
  }

  Shape shape() const {
    Shape sizes;
    for (int axis = 0; axis < TF_NumDims(tensor_.get()); axis++) sizes.push_back(TF_Dim(tensor_.get(), axis));
    return sizes;
  }

  int64_t elements() const { return TF_TensorElementCount(tensor_.get()); }

  bool hasShape(const Shape& expected) const {
    if (TF_NumDims(tensor_.get()) != static_cast<int>(expected.size())) return false;
    for (size_t axis = 0; axis < expected.size(); axis++) {
      if (TF_Dim(tensor_.get(), static_cast<int>(axis)) != expected[axis]) return false;
    }
    return true;
  }

  // The elements, after a look at the axes.
  float* floats(const Name& name, const Shape& expected) const {
    if (!hasShape(expected)) throw InvalidArgument(name.text() + " wants shape " + printShape(expected) + ", found " + printShape(shape()));
    return floats();
  }
  float* floats() const { return static_cast<float*>(TF_TensorData(tensor_.get())); }

  int scalar(const std::string& what) const {
    if (TF_TensorType(tensor_.get()) != TF_INT32 || !shape().empty()) throw InvalidArgument(what + " wants one integer, found shape " + printShape(shape()));
    return *static_cast<const int32_t*>(TF_TensorData(tensor_.get()));
  }

 private:
  // Exact up to what memory there could be; sizes whose product an integer does not hold come out as large as they are.
  static double bytesOf(const Shape& shape) {
    double bytes = sizeof(float);
    for (const int64_t size : shape) bytes *= static_cast<double>(size);
    return bytes;
  }

  // From twice this size on, the C library sorts all its small free pieces each time that memory is given back; from some hundreds
  // of kilobytes on it gets fresh memory from the system for every call, to be cleared page by page.
  static constexpr size_t worthKeeping = size_t{1} << 15;

  static Tensor keptOutput(TF_OpKernelContext* context, int index, const Shape& shape, size_t bytes) {
    const Status& status = ownStatus();
    Workspace memory = Workspace::borrow(bytes / sizeof(float));
    const size_t floats = memory.floats();
    const auto giveBack = [](void* data, size_t, void* count) { Workspace::adopt(static_cast<float*>(data), reinterpret_cast<size_t>(count)); };
    float* const data = memory.release();
    Tensor made(TF_NewTensor(TF_FLOAT, shape.data(), static_cast<int>(shape.size()), data, bytes, giveBack, reinterpret_cast<void*>(floats)));
    TF_SetOutput(context, index, made.tensor_.get(), status.get());
    status.require();
    return made;
  }

  // Every call sets it anew.
  static const Status& ownStatus() {
    thread_local const Status status;
    return status;
  }

  explicit Tensor(TF_Tensor* tensor) : tensor_(tensor, TF_DeleteTensor) {}
  std::unique_ptr<TF_Tensor, void (*)(TF_Tensor*)> tensor_;
};

// Runs the body of an operation; what it throws becomes the operation's status.
template <class Body>
void guarded(TF_OpKernelContext* context, Body body) {
  const auto fail = [&](TF_Code code, const char* message) {
    const Status status;
    TF_SetStatus(status.get(), code, message);
    TF_OpKernelContext_Failure(context, status.get());
  };
  try {
    body();
  } catch (const InvalidArgument& error) {
    fail(TF_INVALID_ARGUMENT, error.what());
  } catch (const OutOfMemory& error) {
    fail(TF_RESOURCE_EXHAUSTED, error.what());
  } catch (const std::bad_alloc&) {
    fail(TF_RESOURCE_EXHAUSTED, "the scan kernel was given no memory");
  } catch (const std::exception& error) {
    fail(TF_INTERNAL, error.what());
  }
}

}  // namespace unroll
