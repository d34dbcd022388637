#include "kernel-settings.h"
#include "operation-attributes.h"
#include "plain-product.h"
#include "scan-operation.h"
#include "tensorflow-tensors.h"

namespace unroll {
namespace {

struct ProductKernel {
  bool transposedLeft, transposedRight, hasBias, rectified, sumsColumns;
  PlainProductFunction run;
};

void* createProduct(TF_OpKernelConstruction* construction) {
  try {
    const auto is = [&](const char* name) { return attributeWithin(construction, name, 0, 1) == 1; };
    const ProductKernel kernel{is("transpose_left"), is("transpose_right"), is("bias_count"), is("rectified"), is("sum_count"), requiredInstructionSet().plainProduct};
    if (kernel.sumsColumns && kernel.transposedRight) throw InvalidProgram("columns of a transposed factor are not summed");
    return new ProductKernel(kernel);
  } catch (const std::exception& error) {
    failConstruction(construction, error);
    return nullptr;
  }
}

void deleteProduct(void* kernel) { delete static_cast<ProductKernel*>(kernel); }

constexpr int64_t most = 1 << 24;

Shape matrixShape(const Tensor& tensor, const char* what) {
  const Shape shape = tensor.shape();
  if (shape.size() != 2) throw InvalidArgument(std::string("the ") + what + " factor of a product of matrices wants two axes, found shape " + printShape(shape));
  if (shape[0] > most || shape[1] > most) throw InvalidArgument(std::string("the ") + what + " factor of a product of matrices is too large: " + printShape(shape));
  return shape;
}

void computeProduct(void* pointer, TF_OpKernelContext* context) {
  guarded(context, [&] {
    const ProductKernel& kernel = *static_cast<ProductKernel*>(pointer);
    const Tensor left = Tensor::input(context, 0), right = Tensor::input(context, 1);
    const Shape leftShape = matrixShape(left, "left"), rightShape = matrixShape(right, "right");
    const int64_t inner = leftShape[kernel.transposedLeft ? 0 : 1], columns = rightShape[kernel.transposedRight ? 0 : 1];
    if (rightShape[kernel.transposedRight ? 1 : 0] != inner) {
      throw InvalidArgument("the factors of a product of matrices do not fit: " + printShape(leftShape) + (kernel.transposedLeft ? " transposed" : "") + " and " +
                            printShape(rightShape) + (kernel.transposedRight ? " transposed" : ""));
    }
    PlainProduct product;
    product.rows = static_cast<int>(leftShape[kernel.transposedLeft ? 1 : 0]);
    product.inner = static_cast<int>(inner);
    product.columns = static_cast<int>(columns);
    product.transposedLeft = kernel.transposedLeft;
    product.transposedRight = kernel.transposedRight;
    product.rectified = kernel.rectified;
    product.left = left.floats();
    product.right = right.floats();
    std::vector<Tensor> held;
    if (kernel.hasBias) {
      held.push_back(Tensor::input(context, 2));
      product.bias = held.back().floats({"the bias of a product of matrices"}, {columns});
    }
    const Tensor result = Tensor::output(context, 0, {product.rows, columns});
    product.result = result.floats();
    if (kernel.sumsColumns) {
      held.push_back(Tensor::output(context, 1, {columns}));
      product.sums = held.back().floats();
    }
    const size_t floats = product.workspaceFloats();
    if (!isFree(static_cast<double>(floats) * sizeof(float))) throw OutOfMemory("a product of matrices of the shapes " + printShape(leftShape) + " and " + printShape(rightShape) + " needs more memory than is free");
    const Workspace workspace = Workspace::borrow(floats);
    product.workspace = workspace.data();
    kernel.run(product);
  });
}

}  // namespace

void registerProductOperation() {
  registerOperation("UnrollMatMul", {"left: float", "right: float", "bias: bias_count * float"}, {"product: float", "column_sums: sum_count * float"},
                    {"transpose_left: int >= 0", "transpose_right: int >= 0", "bias_count: int >= 0", "rectified: int >= 0", "sum_count: int >= 0"},
                    {createProduct, computeProduct, deleteProduct});
}

}  // namespace unroll
