// Memory that calls borrow and give back: the one returned last is lent first, while it is still in the cache.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

namespace unroll {

class Workspace {
 public:
  // Aligned to 64 bytes; holds anything. Throws std::bad_alloc.
  static Workspace borrow(size_t floats);
  ~Workspace();
  Workspace(Workspace&& other) noexcept : data_(other.data_), floats_(other.floats_) { other.data_ = nullptr; }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  float* data() const { return data_; }

 private:
  Workspace(float* data, size_t floats) : data_(data), floats_(floats) {}

  float* data_;
  size_t floats_;
};

// Bytes that the system could still give out; the largest number there is where it does not say.
size_t availableBytes();

}  // namespace unroll
