// Helpers for work that falls into parts. Any number of callers at once, also from within a part.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace unroll {

class ThreadPool {
 public:
  // `threads` counts the caller; helpers are started at the first use and sleep between uses.
  explicit ThreadPool(int threads) : wanted_(threads) {}
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const { return wanted_; }

  // Calls part(0) … part(count − 1), each once, and returns after the last. A part must not throw.
  void run(int count, const std::function<void(int)>& part);

 private:
  struct Job;
  void help();
  static bool workOn(Job& job);

  const int wanted_;
  std::mutex mutex_;
  std::condition_variable jobsChanged_;
  std::vector<std::shared_ptr<Job>> jobs_;
  std::vector<std::thread> helpers_;
  bool closing_ = false;
};

}  // namespace unroll
