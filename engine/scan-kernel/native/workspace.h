// Memory that calls borrow and give back: what was returned is lent again, while it is still in the cache, and without
// asking the system for pages that it must clear first.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

namespace unroll {

class Workspace {
 public:
  // Aligned to 64 bytes; holds anything. Throws std::bad_alloc.
  static Workspace borrow(size_t floats);
  // What release() gave away, to be given back as the others are.
  static Workspace adopt(float* data, size_t floats) { return Workspace(data, floats); }
  ~Workspace();
  Workspace(Workspace&& other) noexcept : data_(other.data_), floats_(other.floats_) { other.data_ = nullptr; }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  float* data() const { return data_; }
  // As much as was asked for, or more.
  size_t floats() const { return floats_; }
  // Leaves the memory to the caller, who must have it adopted again.
  float* release() {
    float* const data = data_;
    data_ = nullptr;
    return data;
  }

 private:
  Workspace(float* data, size_t floats) : data_(data), floats_(floats) {}

  float* data_;
  size_t floats_;
};

// Whether so many bytes could be had: of the system, or of what was given back. Little is always had. Being refused is better
// than being killed.
bool isFree(double bytes);

}  // namespace unroll
