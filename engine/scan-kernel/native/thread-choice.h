// Whether an operation's calls are shared among threads: as both ways of running them have been found to take less time. Waking
// a thread costs some ten microseconds on an idle machine, and much more on a busy one; the bits are the same either way.
#pragma once

#include <mutex>

namespace unroll {

class ThreadChoice {
 public:
  // Whether the next call of so many multiplications with additions, over so many series, is to be shared.
  bool sharesNext(double multiplyAdds, int batch);
  // What a call took. Calls may overlap: what counts is that times are of the right kind.
  void took(bool shared, int batch, double seconds);

 private:
  std::mutex mutex_;
  int batch_ = 0;
  int calls_ = 0;
  // Of calls of this batch, smoothed; negative: not known. By whether they were shared.
  double seconds_[2] = {-1, -1};
};

}  // namespace unroll
