// Whether an operation's calls are shared among threads: as both ways of running them have been found to take less time, and only
// while another processor is free. Waking a thread costs some ten microseconds on an idle machine, and much more on a busy one,
// where what it gains is taken from other processes; the bits are the same either way.
#pragma once

#include <array>
#include <mutex>

#include "processor-load.h"

namespace unroll {

class ThreadChoice {
 public:
  explicit ThreadChoice(bool (*isFree)() = processorIsFree) : processorIsFree_(isFree) {}
  // Whether the next call of so many multiplications with additions, over so many series, is to be shared.
  bool sharesNext(double multiplyAdds, int batch);
  // What a call took. Calls may overlap: what counts is that times are of the right kind.
  void took(bool shared, int batch, double seconds);

 private:
  static constexpr int compared = 5;
  // Of one way, the calls that were last timed: what the middle one took.
  struct Times {
    std::array<double, compared> seconds{};
    int count = 0;
    void add(double one) { seconds[static_cast<size_t>(count++ % compared)] = one; }
    double middle() const;
  };

  void judge();

  bool (*const processorIsFree_)();
  std::mutex mutex_;
  int batch_ = 0;
  int calls_ = 0;
  int nextTrial_ = 0;
  int trialsLeft_ = 0;
  bool shares_ = true;
  // By whether they were shared.
  Times times_[2];
};

}  // namespace unroll
