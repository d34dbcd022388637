// Products of small matrices in memory that ends where their factors and results end.
#pragma once

#include <vector>

#include "plain-product.h"
#include "random-program.h"

namespace unroll {

struct ProductSizes {
  int rows, inner, columns;
  bool transposedLeft, transposedRight;
};

class ProductMemory {
 public:
  // Also with a bias, rectified, and with the sums of the right factor's columns, where they are asked for.
  ProductMemory(const ProductSizes& sizes, bool hasBias, bool rectified, bool wantsSums, RandomPrograms& random)
      : left_(count(sizes.rows, sizes.inner)), right_(count(sizes.inner, sizes.columns)), bias_(count(1, sizes.columns)), result_(count(sizes.rows, sizes.columns)), sums_(count(1, sizes.columns)) {
    for (std::vector<float>* own : {&left_, &right_, &bias_}) {
      for (float& value : *own) value = random.number();
    }
    product.rows = sizes.rows, product.inner = sizes.inner, product.columns = sizes.columns;
    product.transposedLeft = sizes.transposedLeft, product.transposedRight = sizes.transposedRight, product.rectified = rectified;
    product.left = left_.data(), product.right = right_.data(), product.result = result_.data();
    if (hasBias) product.bias = bias_.data();
    if (wantsSums) product.sums = sums_.data();
    workspace_.resize(product.workspaceFloats());
    product.workspace = workspace_.data();
  }

  PlainProduct product;

  double left(int row, int at) const { return left_[index(at, row, product.inner, product.rows, product.transposedLeft)]; }
  double right(int at, int column) const { return right_[index(column, at, product.columns, product.inner, product.transposedRight)]; }

 private:
  static size_t count(int rows, int columns) { return static_cast<size_t>(rows) * static_cast<size_t>(columns); }
  // Of [slow × fast], or of its transpose.
  static size_t index(int fast, int slow, int fastSize, int slowSize, bool transposed) {
    return transposed ? count(fast, slowSize) + static_cast<size_t>(slow) : count(slow, fastSize) + static_cast<size_t>(fast);
  }

  std::vector<float> left_, right_, bias_, result_, sums_, workspace_;
};

}  // namespace unroll
