#include "thread-choice.h"

#include <algorithm>

namespace unroll {
namespace {

// Below the one, a thread could not even wake in time; above the other, sharing is always right.
constexpr double leastMultiplyAdds = 5e5;
constexpr double mostMultiplyAdds = 2e8;
// The way that was slower is tried again, soon at first, since a process that has just begun is busy with other things, then
// so often: the machine may be idle, or busy, by now.
constexpr int firstTrial = 8;
constexpr int mostCallsBetweenTrials = 128;
// What gains less is not worth another processor.
constexpr double worthwhile = 0.97;

}  // namespace

double ThreadChoice::Times::middle() const {
  std::array<double, compared> sorted = seconds;
  std::sort(sorted.begin(), sorted.end());
  return sorted[compared / 2];
}

bool ThreadChoice::sharesNext(double multiplyAdds, int batch) {
  if (multiplyAdds < leastMultiplyAdds) return false;
  if (multiplyAdds >= mostMultiplyAdds) return true;
  if (!processorIsFree_()) return false;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (batch != batch_) {
    batch_ = batch;
    calls_ = trialsLeft_ = 0;
    nextTrial_ = firstTrial;
    shares_ = true;
    times_[0] = times_[1] = {};
  }
  if (trialsLeft_ > 0) {
    if (--trialsLeft_ > 0) return !shares_;
    judge();
  } else if (++calls_ >= nextTrial_) {
    nextTrial_ = calls_ + std::min(calls_, mostCallsBetweenTrials);
    trialsLeft_ = compared;
    return !shares_;
  }
  return shares_;
}

// Both ways have been timed one right after the other, each as often.
void ThreadChoice::judge() {
  const double shared = times_[1].middle(), alone = times_[0].middle();
  if (times_[0].count < compared || times_[1].count < compared) return;
  shares_ = shared < worthwhile * alone;
}

void ThreadChoice::took(bool shared, int batch, double seconds) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (batch == batch_) times_[shared ? 1 : 0].add(seconds);
}

}  // namespace unroll
