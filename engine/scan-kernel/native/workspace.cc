#include "workspace.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <new>

namespace unroll {
namespace {

constexpr std::align_val_t alignment{64};
constexpr size_t mostKept = 8;
constexpr size_t largestKept = size_t{16} << 20;  // floats

struct Kept {
  float* data;
  size_t floats;
};

struct Store {
  std::mutex mutex;
  std::vector<Kept> kept;
  ~Store() {
    for (const Kept& one : kept) ::operator delete(one.data, alignment);
  }
};

Store& store() {
  static Store only;
  return only;
}

}  // namespace

Workspace Workspace::borrow(size_t floats) {
  {
    Store& own = store();
    const std::lock_guard<std::mutex> lock(own.mutex);
    for (size_t index = own.kept.size(); index-- > 0;) {
      const Kept found = own.kept[index];
      if (found.floats < floats) continue;
      own.kept.erase(own.kept.begin() + static_cast<ptrdiff_t>(index));
      return Workspace(found.data, found.floats);
    }
  }
  if (floats > std::numeric_limits<size_t>::max() / sizeof(float)) throw std::bad_alloc();
  return Workspace(static_cast<float*>(::operator new(floats * sizeof(float) + 64, alignment)), floats);
}

Workspace::~Workspace() {
  if (data_ == nullptr) return;
  Store& own = store();
  const std::lock_guard<std::mutex> lock(own.mutex);
  if (floats_ > largestKept) {
    ::operator delete(data_, alignment);
    return;
  }
  own.kept.push_back({data_, floats_});
  if (own.kept.size() <= mostKept) return;
  ::operator delete(own.kept.front().data, alignment);
  own.kept.erase(own.kept.begin());
}

size_t availableBytes() {
  size_t available = std::numeric_limits<size_t>::max();
  if (FILE* const file = std::fopen("/proc/meminfo", "r")) {
    char line[128];
    unsigned long long kibibytes = 0;
    while (std::fgets(line, sizeof line, file) != nullptr) {
      if (std::sscanf(line, "MemAvailable: %llu kB", &kibibytes) == 1) available = static_cast<size_t>(kibibytes) * 1024;
    }
    std::fclose(file);
  }
  return available;
}

}  // namespace unroll
