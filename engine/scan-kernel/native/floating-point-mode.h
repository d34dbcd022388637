// Denormal numbers cost a hundred cycles each and are worth nothing here: they count as zero while this lives. The
// rounding mode and every other setting of the thread are as before afterwards.
#pragma once

#include <cfenv>
#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace unroll {

class FloatingPointMode {
 public:
#if defined(__x86_64__)
  FloatingPointMode() : before_(_mm_getcsr()) { _mm_setcsr(0x9fc0); }  // flush to zero, round to nearest, no traps
  ~FloatingPointMode() { _mm_setcsr(before_); }

 private:
  const unsigned before_;
#elif defined(__aarch64__)
  FloatingPointMode() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" : : "r"(uint64_t{1} << 24));
  }
  ~FloatingPointMode() { asm volatile("msr fpcr, %0" : : "r"(before_)); }

 private:
  uint64_t before_ = 0;
#endif

 public:
  FloatingPointMode(const FloatingPointMode&) = delete;
  FloatingPointMode& operator=(const FloatingPointMode&) = delete;
};

}  // namespace unroll
