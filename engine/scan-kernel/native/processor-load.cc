#include "processor-load.h"

#include <chrono>
#include <cstdio>
#include <mutex>

#if defined(__linux__)
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace unroll {
namespace {

// The system counts in hundredths of a second. After a longer pause nothing is known of now.
constexpr double leastSeconds = 0.2, mostSeconds = 0.4;
// What is busy once may be the end of something; another training is busy all the time.
constexpr int busyReadings = 2;
// Charts that are drawn while a network trains leave more than this; another training leaves less.
constexpr double leastFree = 0.25;

// Seconds of all processors' work, and of this process's.
struct Reading {
  double all = 0, own = 0;
};

double secondsNow() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

bool read(Reading& reading) {
#if defined(__linux__)
  std::FILE* const file = std::fopen("/proc/stat", "r");
  if (file == nullptr) return false;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, softInterrupts = 0, stolen = 0;
  const int found = std::fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &waiting, &interrupts, &softInterrupts, &stolen);
  std::fclose(file);
  rusage usage{};
  if (found < 8 || getrusage(RUSAGE_SELF, &usage) != 0) return false;
  const auto secondsOf = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  reading.all = (user + nice + system + interrupts + softInterrupts + stolen) / static_cast<double>(sysconf(_SC_CLK_TCK));
  reading.own = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
  return true;
#else
  (void)reading;
  return false;
#endif
}

double processors() {
#if defined(__linux__)
  return static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN));
#else
  return 0;
#endif
}

}  // namespace

bool processorIsFree() {
  static std::mutex mutex;
  static double asked = 0;
  static Reading last;
  static int busy = 0;
  const std::lock_guard<std::mutex> lock(mutex);
  const double clock = secondsNow(), seconds = clock - asked;
  if (seconds < leastSeconds) return busy < busyReadings;
  Reading now;
  if (!read(now)) return true;
  const double elsewhere = ((now.all - last.all) - (now.own - last.own)) / seconds;
  const bool isFree = seconds > mostSeconds || processors() - 1 - elsewhere >= leastFree;
  busy = isFree ? 0 : busy + 1;
  asked = clock;
  last = now;
  return busy < busyReadings;
}

}  // namespace unroll
