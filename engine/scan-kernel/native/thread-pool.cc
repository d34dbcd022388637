#include "thread-pool.h"

#include <algorithm>
#include <atomic>

namespace unroll {

namespace {

// Some thirty microseconds.
constexpr int turnsBeforeSleep = 2000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

struct ThreadPool::Job {
  const std::function<void(int)>* part = nullptr;
  int count = 0;
  std::atomic<int> next{0};
  std::atomic<int> left{0};
  std::mutex mutex;
  std::condition_variable done;
};

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
  }
  jobsChanged_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

// Does parts until none is left to begin. The job outlives this call: the caller of run() waits for every part.
bool ThreadPool::workOn(Job& job) {
  bool worked = false;
  for (int index = job.next++; index < job.count; index = job.next++) {
    worked = true;
    (*job.part)(index);
    if (--job.left == 0) {
      const std::lock_guard<std::mutex> lock(job.mutex);
      job.done.notify_all();
    }
  }
  return worked;
}

void ThreadPool::help() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    jobsChanged_.wait(lock, [&] { return closing_ || !jobs_.empty(); });
    if (closing_) return;
    const std::shared_ptr<Job> job = jobs_.front();
    lock.unlock();
    workOn(*job);
    lock.lock();
    // Nothing of it is left to begin: the next job is due.
    jobs_.erase(std::remove(jobs_.begin(), jobs_.end(), job), jobs_.end());
  }
}

void ThreadPool::run(int count, const std::function<void(int)>& part) {
  if (wanted_ <= 1 || count <= 1) {
    for (int index = 0; index < count; index++) part(index);
    return;
  }
  const auto job = std::make_shared<Job>();
  job->part = &part;
  job->count = count;
  job->left = count;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (static_cast<int>(helpers_.size()) < wanted_ - 1) helpers_.emplace_back([this] { help(); });
    jobs_.push_back(job);
  }
  jobsChanged_.notify_all();
  workOn(*job);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    jobs_.erase(std::remove(jobs_.begin(), jobs_.end(), job), jobs_.end());
  }
  // Being woken takes longer than the last part does, most of the time.
  for (int turn = 0; turn < turnsBeforeSleep && job->left != 0; turn++) pause();
  std::unique_lock<std::mutex> lock(job->mutex);
  job->done.wait(lock, [&] { return job->left == 0; });
}

}  // namespace unroll
