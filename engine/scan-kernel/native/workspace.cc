#include "workspace.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace unroll {
namespace {

constexpr std::align_val_t alignment{64};
// Large memory begins and ends with a page of the large kind: a fresh one is cleared with one fault instead of 512, and
// a walk through many steps misses fewer addresses.
constexpr size_t largePage = size_t{2} << 20;
constexpr size_t mostKept = 64;
constexpr size_t mostKeptBytes = size_t{128} << 20;

struct Memory {
  float* data;
  size_t floats;
  size_t bytes() const { return floats * sizeof(float); }
};

bool isLarge(size_t bytes) { return bytes >= largePage; }

#if defined(__linux__)
// From the system itself: an allocator that takes the place of operator new, as Electron's does, need not know so coarse
// an alignment, and ends the process that asks for it.
void* takeLargePages(size_t bytes) {
  void* const found = mmap(nullptr, bytes + largePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (found == MAP_FAILED) throw std::bad_alloc();
  char* const start = static_cast<char*>(found);
  const size_t before = (largePage - reinterpret_cast<uintptr_t>(found) % largePage) % largePage;
  if (before > 0) munmap(start, before);
  munmap(start + before + bytes, largePage - before);
  madvise(start + before, bytes, MADV_HUGEPAGE);
  return start + before;
}
#endif

Memory allocate(size_t floats) {
  if (floats > std::numeric_limits<size_t>::max() / sizeof(float) - 2 * largePage) throw std::bad_alloc();
  const size_t page = isLarge(floats * sizeof(float)) ? largePage : 64;
  const size_t bytes = std::max<size_t>(1, (floats * sizeof(float) + page - 1) / page) * page;
#if defined(__linux__)
  if (isLarge(bytes)) return {static_cast<float*>(takeLargePages(bytes)), bytes / sizeof(float)};
#endif
  return {static_cast<float*>(::operator new(bytes, alignment)), bytes / sizeof(float)};
}

void release(const Memory& memory) {
#if defined(__linux__)
  if (isLarge(memory.bytes())) {
    munmap(memory.data, memory.bytes());
    return;
  }
#endif
  ::operator delete(memory.data, alignment);
}

// What waits to be lent again; the one returned last at the end.
struct Store {
  std::mutex mutex;
  std::vector<Memory> kept;
  size_t bytes = 0;

  Memory take(size_t index) {
    const Memory found = kept[index];
    kept.erase(kept.begin() + static_cast<ptrdiff_t>(index));
    bytes -= found.bytes();
    return found;
  }
};

// Never destroyed: TensorFlow may give tensors back while the process ends.
Store& store() {
  static Store* const only = new Store;
  return *only;
}

// Bytes that the system could still give out; the largest number there is where it does not say.
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

// Asking takes some microseconds.
constexpr double worthAsking = 64e6;

}  // namespace

Workspace Workspace::borrow(size_t floats) {
  {
    Store& own = store();
    const std::lock_guard<std::mutex> lock(own.mutex);
    // The last one that fits well: a small need does not take what a large one will ask for.
    for (size_t index = own.kept.size(); index-- > 0;) {
      const size_t found = own.kept[index].floats;
      if (found < floats || found > 2 * floats + 1024) continue;
      const Memory memory = own.take(index);
      return Workspace(memory.data, memory.floats);
    }
  }
  const Memory memory = allocate(floats);
  return Workspace(memory.data, memory.floats);
}

Workspace::~Workspace() {
  if (data_ == nullptr) return;
  const Memory memory{data_, floats_};
  std::vector<Memory> dropped;
  {
    Store& own = store();
    const std::lock_guard<std::mutex> lock(own.mutex);
    if (memory.bytes() > mostKeptBytes) {
      dropped.push_back(memory);
    } else {
      own.kept.push_back(memory);
      own.bytes += memory.bytes();
    }
    while (own.kept.size() > mostKept || own.bytes > mostKeptBytes) dropped.push_back(own.take(0));
  }
  for (const Memory& one : dropped) unroll::release(one);
}

bool isFree(double bytes) {
  if (bytes < worthAsking) return true;
  Store& own = store();
  const std::lock_guard<std::mutex> lock(own.mutex);
  return bytes < static_cast<double>(availableBytes()) + static_cast<double>(own.bytes);
}

}  // namespace unroll
