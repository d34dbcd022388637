// The kernel's operations as TensorFlow sees them.
#pragma once

#include <vector>

#include "tensorflow/c/kernels.h"

namespace unroll {

struct OperationFunctions {
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void*, TF_OpKernelContext*);
  void (*remove)(void*);
};

// Throws std::runtime_error where TensorFlow refuses.
void registerOperation(const char* name, const std::vector<const char*>& inputs, const std::vector<const char*>& outputs,
                       const std::vector<const char*>& attributes, OperationFunctions functions);

// UnrollScan: a program over tensors of lanes.
void registerScanOperation();

// UnrollToLanes and UnrollFromLanes: between plain tensors and tensors of lanes.
void registerLayoutOperations();

// UnrollElementwise: operations by element on tensors of one shape, and their sums.
void registerElementwiseOperation();

// UnrollMatMul: products of small matrices.
void registerProductOperation();

}  // namespace unroll
