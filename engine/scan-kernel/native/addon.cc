// The Node addon: the scan kernel, and sessions of TensorFlow graphs (engine/tensorflow/native). Loading it gives TensorFlow the operations; it must be loaded before a graph that uses them.
#include <node_api.h>

#include "graph-session-addon.h"
#include "kernel-settings.h"
#include "scan-operation.h"
#include "tensorflow-tensors.h"

#include "tensorflow/c/ops.h"

namespace unroll {

void registerOperation(const char* name, const std::vector<const char*>& inputs, const std::vector<const char*>& outputs,
                       const std::vector<const char*>& attributes, OperationFunctions functions) {
  TF_OpDefinitionBuilder* const definition = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, [](TF_ShapeInferenceContext* context, TF_Status* status) {
    TF_ShapeInferenceContextSetUnknownShape(context, status);
  });
  const Status status;
  TF_RegisterOpDefinition(definition, status.get());
  status.require();
  TF_KernelBuilder* const kernel = TF_NewKernelBuilder(name, "CPU", functions.create, functions.compute, functions.remove);
  TF_RegisterKernelBuilder(name, kernel, status.get());
  status.require();
}

namespace {

std::string textArgument(napi_env environment, napi_callback_info information) {
  size_t count = 1, length = 0;
  napi_value argument;
  napi_get_cb_info(environment, information, &count, &argument, nullptr, nullptr);
  if (count < 1 || napi_get_value_string_utf8(environment, argument, nullptr, 0, &length) != napi_ok) return {};
  std::string text(length, ' ');
  napi_get_value_string_utf8(environment, argument, text.data(), length + 1, &length);
  return text;
}

napi_value textOrNull(napi_env environment, const char* text) {
  napi_value value;
  if (text == nullptr) napi_get_null(environment, &value);
  else napi_create_string_utf8(environment, text, NAPI_AUTO_LENGTH, &value);
  return value;
}

// instructionSet(): the name of the one in use, null where there is none.
napi_value instructionSet(napi_env environment, napi_callback_info) {
  const InstructionSet* const set = chosenInstructionSet();
  return textOrNull(environment, set == nullptr ? nullptr : set->name);
}

// chooseInstructionSet(name): whether this processor has it; for operations made from now on.
napi_value choose(napi_env environment, napi_callback_info information) {
  napi_value value;
  napi_get_boolean(environment, chooseInstructionSet(textArgument(environment, information).c_str()), &value);
  return value;
}

// refusal(program): why the bytecode is invalid; null where it is valid.
napi_value refusal(napi_env environment, napi_callback_info information) {
  const std::string text = textArgument(environment, information);
  try {
    programFromText(text.data(), text.size());
    return textOrNull(environment, nullptr);
  } catch (const std::exception& error) {
    return textOrNull(environment, error.what());
  }
}

// setThreads(count)
napi_value setThreads(napi_env environment, napi_callback_info information) {
  size_t count = 1;
  napi_value argument;
  int32_t threads = 1;
  napi_get_cb_info(environment, information, &count, &argument, nullptr, nullptr);
  if (count < 1 || napi_get_value_int32(environment, argument, &threads) != napi_ok || threads < 1 || threads > 256) {
    napi_throw_range_error(environment, nullptr, "a scan uses from 1 to 256 threads");
    return nullptr;
  }
  chooseThreads(threads);
  return nullptr;
}

bool registerOnce(std::string& reason) {
  static bool registered = false;
  if (registered) return true;
  try {
    registerScanOperation();
    registerLayoutOperations();
    registerElementwiseOperation();
    registerProductOperation();
    registered = true;
  } catch (const std::exception& error) {
    reason = error.what();
  }
  return registered;
}

}  // namespace
}  // namespace unroll

NAPI_MODULE_INIT() {
  std::string reason;
  if (!unroll::registerOnce(reason)) {
    napi_throw_error(env, nullptr, reason.c_str());
    return nullptr;
  }
  const auto define = [&](const char* name, napi_callback function) {
    napi_value value;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(env, exports, name, value);
  };
  define("instructionSet", unroll::instructionSet);
  define("chooseInstructionSet", unroll::choose);
  define("refusal", unroll::refusal);
  define("setThreads", unroll::setThreads);
  unroll::defineGraphSessions(env, exports);
  return exports;
}
