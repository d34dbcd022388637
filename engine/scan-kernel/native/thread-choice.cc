#include "thread-choice.h"

#include <algorithm>

namespace unroll {
namespace {

// Below the one, a thread could not even wake in time; above the other, sharing is always right.
constexpr double leastMultiplyAdds = 5e5;
constexpr double mostMultiplyAdds = 2e8;
// So often the way that was slower is tried again: the machine may be idle, or busy, by now.
constexpr int callsBetweenTrials = 64;
constexpr double smoothing = 0.125;
// A call that was interrupted says little.
constexpr double mostGrowth = 2;

}  // namespace

bool ThreadChoice::sharesNext(double multiplyAdds, int batch) {
  if (multiplyAdds < leastMultiplyAdds) return false;
  if (multiplyAdds >= mostMultiplyAdds) return true;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (batch != batch_) {
    batch_ = batch;
    calls_ = 0;
    seconds_[0] = seconds_[1] = -1;
  }
  calls_++;
  // The first calls of all find memory that nobody has touched yet: they are timed again soon.
  if (calls_ <= 8) return calls_ % 2 == 0;
  const bool sharedIsFaster = seconds_[1] <= seconds_[0];
  return calls_ % callsBetweenTrials == 0 ? !sharedIsFaster : sharedIsFaster;
}

void ThreadChoice::took(bool shared, int batch, double seconds) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (batch != batch_) return;
  double& known = seconds_[shared ? 1 : 0];
  known = known < 0 ? seconds : known + smoothing * (std::min(seconds, mostGrowth * known) - known);
}

}  // namespace unroll
