#include "graph-session-addon.h"

#include <cstring>
#include <stdexcept>

#include "graph-session.h"

namespace unroll {
namespace {

// JavaScript has thrown already: nothing is to be added.
struct Pending {};

void require(napi_env environment, napi_status status, const char* what) {
  bool thrown = false;
  napi_is_exception_pending(environment, &thrown);
  if (thrown) throw Pending{};
  if (status != napi_ok) throw std::invalid_argument(what);
}

template <size_t Count>
struct Arguments {
  napi_value values[Count];
  Arguments(napi_env environment, napi_callback_info information) {
    size_t found = Count;
    require(environment, napi_get_cb_info(environment, information, &found, values, nullptr, nullptr), "the arguments cannot be read");
    if (found < Count) throw std::invalid_argument("arguments are missing");
  }
};

// What the body throws becomes a JavaScript error.
template <class Body>
napi_value guardedCall(napi_env environment, Body body) {
  try {
    return body();
  } catch (const Pending&) {
  } catch (const std::exception& error) {
    napi_throw_error(environment, nullptr, error.what());
  }
  return nullptr;
}

std::string textOf(napi_env environment, napi_value value) {
  size_t length = 0;
  require(environment, napi_get_value_string_utf8(environment, value, nullptr, 0, &length), "a text is missing");
  std::string text(length, ' ');
  require(environment, napi_get_value_string_utf8(environment, value, text.data(), length + 1, &length), "a text cannot be read");
  return text;
}

uint32_t lengthOf(napi_env environment, napi_value list) {
  uint32_t length = 0;
  require(environment, napi_get_array_length(environment, list, &length), "a list is missing");
  return length;
}

napi_value elementOf(napi_env environment, napi_value list, uint32_t index) {
  napi_value element;
  require(environment, napi_get_element(environment, list, index, &element), "a list has no such element");
  return element;
}

std::vector<std::string> textsOf(napi_env environment, napi_value list) {
  std::vector<std::string> texts;
  const uint32_t length = lengthOf(environment, list);
  for (uint32_t index = 0; index < length; index++) texts.push_back(textOf(environment, elementOf(environment, list, index)));
  return texts;
}

struct Elements {
  napi_typedarray_type type;
  size_t count;
  void* data;
};

Elements elementsOf(napi_env environment, napi_value values) {
  Elements elements{};
  require(environment, napi_get_typedarray_info(environment, values, &elements.type, &elements.count, &elements.data, nullptr, nullptr), "a typed array is missing");
  return elements;
}

std::string_view bytesOf(napi_env environment, napi_value values) {
  const Elements elements = elementsOf(environment, values);
  if (elements.type != napi_uint8_array) throw std::invalid_argument("bytes are missing");
  return {static_cast<const char*>(elements.data), elements.count};
}

// How an array's elements lie in a tensor, and back.
struct ElementType {
  TF_DataType tensor;
  napi_typedarray_type array;
  size_t bytes;
};
constexpr ElementType elementTypes[] = {
    {TF_FLOAT, napi_float32_array, sizeof(float)},
    {TF_INT32, napi_int32_array, sizeof(int32_t)},
    {TF_BOOL, napi_uint8_array, sizeof(uint8_t)},
};

template <class Fits>
const ElementType& elementTypeWhere(Fits fits) {
  for (const ElementType& type : elementTypes) {
    if (fits(type)) return type;
  }
  throw std::invalid_argument("tensors of this type can be neither fed nor fetched");
}

// The tensor may lie in the array's own memory, where that is aligned as TensorFlow wants it: the array must outlive the call, and
// nothing that does may keep the tensor.
OwnedTensor tensorOf(napi_env environment, napi_value shape, napi_value values) {
  const Elements elements = elementsOf(environment, values);
  const ElementType& type = elementTypeWhere([&](const ElementType& own) { return own.array == elements.type; });
  std::vector<int64_t> sizes(lengthOf(environment, shape));
  size_t count = 1;
  for (uint32_t axis = 0; axis < sizes.size(); axis++) {
    require(environment, napi_get_value_int64(environment, elementOf(environment, shape, axis), &sizes[axis]), "an axis has no size");
    if (sizes[axis] < 0) throw std::invalid_argument("an axis has a negative size");
    count *= static_cast<size_t>(sizes[axis]);
  }
  if (count != elements.count) throw std::invalid_argument("a tensor's shape does not fit its elements");
  const size_t bytes = count * type.bytes;
  if (bytes == 0) return OwnedTensor(TF_AllocateTensor(type.tensor, sizes.data(), static_cast<int>(sizes.size()), 0));
  return OwnedTensor(TF_NewTensor(type.tensor, sizes.data(), static_cast<int>(sizes.size()), elements.data, bytes, [](void*, size_t, void*) {}, nullptr));
}

// A number without axes: making an array for it takes several times as long here as in JavaScript.
napi_value numberOf(napi_env environment, const TF_Tensor* tensor) {
  const void* const data = TF_TensorData(tensor);
  napi_value number;
  if (TF_TensorType(tensor) == TF_FLOAT) napi_create_double(environment, static_cast<double>(*static_cast<const float*>(data)), &number);
  else if (TF_TensorType(tensor) == TF_INT32) napi_create_int32(environment, *static_cast<const int32_t*>(data), &number);
  else napi_create_int32(environment, *static_cast<const uint8_t*>(data), &number);
  return number;
}

napi_value arrayOf(napi_env environment, const TF_Tensor* tensor, const ElementType& type, size_t count) {
  napi_value buffer, values;
  void* data = nullptr;
  require(environment, napi_create_arraybuffer(environment, count * type.bytes, &data, &buffer), "there is no memory for a result");
  if (count > 0) std::memcpy(data, TF_TensorData(tensor), count * type.bytes);
  require(environment, napi_create_typedarray(environment, type.array, count, buffer, 0, &values), "there is no memory for a result");
  return values;
}

// Type number, shape, elements.
void appendTensor(napi_env environment, const TF_Tensor* tensor, napi_value list, uint32_t at) {
  const ElementType& type = elementTypeWhere([&](const ElementType& own) { return own.tensor == TF_TensorType(tensor); });
  const int rank = TF_NumDims(tensor);
  napi_value number, shape;
  napi_create_int32(environment, type.tensor, &number);
  napi_create_array_with_length(environment, static_cast<size_t>(rank), &shape);
  size_t count = 1;
  for (int axis = 0; axis < rank; axis++) {
    napi_value size;
    napi_create_int64(environment, TF_Dim(tensor, axis), &size);
    napi_set_element(environment, shape, static_cast<uint32_t>(axis), size);
    count *= static_cast<size_t>(TF_Dim(tensor, axis));
  }
  napi_set_element(environment, list, at, number);
  napi_set_element(environment, list, at + 1, shape);
  napi_set_element(environment, list, at + 2, rank == 0 ? numberOf(environment, tensor) : arrayOf(environment, tensor, type, count));
}

using HeldSession = std::shared_ptr<GraphSession>;
struct HeldCall {
  std::weak_ptr<GraphSession> session;
  GraphCall call;
};

template <class Held>
napi_value heldBy(napi_env environment, std::unique_ptr<Held> held) {
  napi_value external;
  require(environment, napi_create_external(environment, held.get(), [](napi_env, void* data, void*) { delete static_cast<Held*>(data); }, nullptr, &external), "there is no memory for a graph");
  held.release();
  return external;
}

template <class Held>
Held& heldIn(napi_env environment, napi_value external) {
  void* data = nullptr;
  require(environment, napi_get_value_external(environment, external, &data), "a graph is missing");
  return *static_cast<Held*>(data);
}

// openGraph(definition, configuration, initializer): a session that owns the graph's variables.
napi_value openGraph(napi_env environment, napi_callback_info information) {
  return guardedCall(environment, [&] {
    const Arguments<3> given(environment, information);
    return heldBy(environment, std::make_unique<HeldSession>(std::make_shared<GraphSession>(
        bytesOf(environment, given.values[0]), bytesOf(environment, given.values[1]), textOf(environment, given.values[2]))));
  });
}

// prepareCall(graph, feeds, fetches)
napi_value prepareCall(napi_env environment, napi_callback_info information) {
  return guardedCall(environment, [&] {
    const Arguments<3> given(environment, information);
    const HeldSession& session = heldIn<HeldSession>(environment, given.values[0]);
    if (session == nullptr) throw std::invalid_argument("the graph is closed");
    return heldBy(environment, std::make_unique<HeldCall>(HeldCall{session, session->call(textsOf(environment, given.values[1]), textsOf(environment, given.values[2]))}));
  });
}

// runCall(call, shapes, arrays): type number, shape and elements of every result, one after the other; a number without axes as itself.
napi_value runCall(napi_env environment, napi_callback_info information) {
  return guardedCall(environment, [&] {
    const Arguments<3> given(environment, information);
    const HeldCall& held = heldIn<HeldCall>(environment, given.values[0]);
    const HeldSession session = held.session.lock();
    if (session == nullptr) throw std::invalid_argument("the graph is closed");
    const uint32_t count = lengthOf(environment, given.values[1]);
    if (count != held.call.feeds() || lengthOf(environment, given.values[2]) != count) throw std::invalid_argument("the call is fed another number of tensors");
    std::vector<OwnedTensor> fed;
    for (uint32_t index = 0; index < count; index++) {
      fed.push_back(tensorOf(environment, elementOf(environment, given.values[1], index), elementOf(environment, given.values[2], index)));
    }
    const std::vector<OwnedTensor> results = held.call.run(fed);
    napi_value list;
    napi_create_array_with_length(environment, results.size() * 3, &list);
    for (uint32_t index = 0; index < results.size(); index++) appendTensor(environment, results[index].get(), list, index * 3);
    return list;
  });
}

// closeGraph(graph): its memory and its variables are free; calls of it are refused.
napi_value closeGraph(napi_env environment, napi_callback_info information) {
  return guardedCall(environment, [&] {
    const Arguments<1> given(environment, information);
    heldIn<HeldSession>(environment, given.values[0]).reset();
    return static_cast<napi_value>(nullptr);
  });
}

}  // namespace

void defineGraphSessions(napi_env environment, napi_value exports) {
  const auto define = [&](const char* name, napi_callback function) {
    napi_value value;
    napi_create_function(environment, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(environment, exports, name, value);
  };
  define("openGraph", openGraph);
  define("prepareCall", prepareCall);
  define("runCall", runCall);
  define("closeGraph", closeGraph);
}

}  // namespace unroll
