// What calls share beside their numbers: memory that is lent, small and on large pages, and the choice of threads. Several callers
// at once, each of which finds what it wrote, and choices that are right whatever times come in.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <thread>

#if defined(__linux__)
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "thread-choice.h"
#include "workspace.h"

namespace {

using namespace unroll;

constexpr size_t largePage = size_t{2} << 20;
int failures = 0;

void require(bool holds, const char* what) {
  if (holds) return;
  failures++;
  std::printf("not so: %s\n", what);
}

bool isAligned(const float* data, size_t bytes) { return reinterpret_cast<uintptr_t>(data) % bytes == 0; }

void lendsOneByOne() {
  for (const size_t floats : {size_t{0}, size_t{1}, size_t{1000}, largePage / 4 - 16, largePage / 4 - 15, largePage / 4, largePage / 4 + 1, 5 * largePage / 4 + 7}) {
    const Workspace own = Workspace::borrow(floats);
    require(own.floats() >= floats, "as much is lent as was asked for");
    require(isAligned(own.data(), 64), "memory begins where a line of the cache does");
#if defined(__linux__)
    require(floats * sizeof(float) < largePage || isAligned(own.data(), largePage), "large memory begins with a page");
#endif
    // All of it may be written, whatever was asked for.
    std::memset(own.data(), 0x7f, own.floats() * sizeof(float));
  }
  const float* last = nullptr;
  {
    const Workspace own = Workspace::borrow(3 * largePage);
    last = own.data();
  }
  {
    const Workspace small = Workspace::borrow(100);
    require(small.data() != last, "a small need does not take what a large one will ask for");
    const Workspace again = Workspace::borrow(3 * largePage - 50);
    require(again.data() == last, "what came back is lent again");
  }
  // Given away and adopted, as the tensors of TensorFlow are.
  Workspace given = Workspace::borrow(largePage);
  const size_t floats = given.floats();
  float* const data = given.release();
  data[0] = data[floats - 1] = 1;
  { const Workspace adopted = Workspace::adopt(data, floats); }
  require(Workspace::borrow(largePage).data() == data, "what was adopted comes back as well");
  // More than is kept, and more than there is.
  { Workspace::borrow(size_t{40} << 20).data()[(size_t{40} << 20) - 1] = 1; }
  for (const size_t most : {SIZE_MAX, SIZE_MAX / 4, SIZE_MAX / 4 - 2 * largePage, size_t{1} << 55}) {
    bool refused = false;
    try {
      Workspace::borrow(most);
    } catch (const std::bad_alloc&) {
      refused = true;
    }
    require(refused, "memory that nobody has is refused");
  }
  require(isFree(1e3), "little is always free");
#if defined(__linux__)
  require(!isFree(1e18), "no machine has as much as this");
#endif
}

// As callers come and go, what is kept is lent, dropped, and asked for anew.
void lendsToManyAtOnce() {
  constexpr int callers = 4, rounds = 60;
  std::vector<std::thread> threads;
  std::vector<int> spoilt(callers, 0);
  for (int caller = 0; caller < callers; caller++) {
    threads.emplace_back([&, caller] {
      for (int round = 0; round < rounds; round++) {
        const size_t floats = size_t{1} << (4 + (round * 5 + caller * 3) % 20);
        Workspace first = Workspace::borrow(floats), second = Workspace::borrow(floats / 2 + 3);
        const float mark = static_cast<float>(caller * rounds + round);
        for (const Workspace* own : {&first, &second}) {
          for (size_t at = 0; at < own->floats(); at += 1021) own->data()[at] = mark;
        }
        std::this_thread::yield();
        for (const Workspace* own : {&first, &second}) {
          for (size_t at = 0; at < own->floats(); at += 1021) spoilt[static_cast<size_t>(caller)] += own->data()[at] == mark ? 0 : 1;
        }
        isFree(100e6);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : spoilt) require(count == 0, "nobody else writes what a caller was lent");
}

// Calls of one node: what a call takes alone and shared decides; gives how many of the last hundred were shared.
int sharedOfTheLast(ThreadChoice& choice, int calls, int batch, double alone, double shared) {
  int count = 0;
  for (int call = 0; call < calls; call++) {
    const bool shares = choice.sharesNext(1e6, batch);
    choice.took(shares, batch, shares ? shared : alone);
    if (call >= calls - 100) count += shares ? 1 : 0;
  }
  return count;
}

#if defined(__linux__)
// What keeps a processor busy, in a process of its own.
pid_t spinner(double seconds) {
  const pid_t child = fork();
  if (child != 0) return child;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
  }
  _exit(0);
}

void seesBusyProcessors() {
  std::vector<pid_t> children;
  for (long processor = sysconf(_SC_NPROCESSORS_ONLN); processor > 0; processor--) children.push_back(spinner(2));
  bool isFree = true;
  for (int question = 0; isFree && question < 36; question++) {
    isFree = processorIsFree();
    usleep(50000);
  }
  require(!isFree, "with every processor busy elsewhere, none is free");
  for (const pid_t child : children) waitpid(child, nullptr, 0);
}
#else
// Elsewhere nobody asks the system.
void seesBusyProcessors() { require(processorIsFree(), "where the system does not say, a processor counts as free"); }
#endif

void choosesThreads() {
  ThreadChoice crowded([] { return false; });
  require(sharedOfTheLast(crowded, 400, 32, 2e-4, 1e-4) == 0, "while no processor is free, nothing is shared, however fast that is");
  ThreadChoice choice([] { return true; });
  require(!choice.sharesNext(1e5, 32), "too little is never shared");
  require(choice.sharesNext(1e9, 32), "very much always is");
  require(sharedOfTheLast(choice, 400, 32, 2e-4, 1e-4) >= 90, "what is faster shared is shared");
  require(sharedOfTheLast(choice, 400, 32, 1e-4, 2e-4) <= 10, "where the machine gets busy, a node goes back to one thread");
  require(sharedOfTheLast(choice, 400, 64, 2e-4, 1e-4) >= 90, "another batch is judged anew");
  require(sharedOfTheLast(choice, 400, 64, 1e-4, 0.99e-4) <= 10, "what gains little is not worth a processor");
  // Called from several threads at once, with batches of their own.
  std::vector<std::thread> threads;
  for (int caller = 0; caller < 4; caller++) threads.emplace_back([&choice, caller] { sharedOfTheLast(choice, 2000, 16 + caller % 2, 1e-4 * (1 + caller), 2e-4); });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

int main() {
  lendsOneByOne();
  lendsToManyAtOnce();
  seesBusyProcessors();
  choosesThreads();
  std::printf("memory is lent and threads are chosen: %s\n", failures == 0 ? "as they should be" : "not as they should be");
  return failures == 0 ? 0 : 1;
}
