// Attributes of a node, read when its operation is made.
#pragma once

#include "program.h"
#include "tensorflow-tensors.h"

namespace unroll {

inline std::string textAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status;
  int32_t listSize = 0, size = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &listSize, &size, status.get());
  status.require();
  std::string text(static_cast<size_t>(size), ' ');
  TF_OpKernelConstruction_GetAttrString(construction, name, text.data(), text.size(), status.get());
  status.require();
  return text;
}

inline int integerAttribute(TF_OpKernelConstruction* construction, const char* name) {
  const Status status;
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, name, &value, status.get());
  status.require();
  return value;
}

inline int attributeWithin(TF_OpKernelConstruction* construction, const char* name, int least, int greatest) {
  const int value = integerAttribute(construction, name);
  if (value >= least && value <= greatest) return value;
  throw InvalidProgram(std::string(name) + " is " + std::to_string(value) + ", not from " + std::to_string(least) + " to " + std::to_string(greatest));
}

inline void requireCount(const char* what, int found, size_t expected) {
  if (static_cast<size_t>(found) == expected) return;
  throw InvalidProgram(std::string("the operation has ") + std::to_string(found) + " " + what + ", its program " + std::to_string(expected));
}

inline void failConstruction(TF_OpKernelConstruction* construction, const std::exception& error) {
  const Status status;
  TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, (std::string("scan kernel: ") + error.what()).c_str());
  TF_OpKernelConstruction_Failure(construction, status.get());
}

}  // namespace unroll
