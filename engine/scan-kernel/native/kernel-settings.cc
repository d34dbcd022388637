#include "kernel-settings.h"

#include <atomic>
#include <charconv>
#include <mutex>

namespace unroll {
namespace {

std::atomic<const InstructionSet*> chosen{nullptr};
std::mutex poolMutex;
std::shared_ptr<ThreadPool> pool;

}  // namespace

const InstructionSet* chosenInstructionSet() {
  const InstructionSet* const set = chosen;
  return set != nullptr ? set : bestInstructionSet();
}

const InstructionSet& requiredInstructionSet() {
  const InstructionSet* const set = chosenInstructionSet();
  if (set == nullptr) throw std::runtime_error("the scan kernel does not know this processor");
  return *set;
}

bool chooseInstructionSet(const char* name) {
  const InstructionSet* const set = instructionSetNamed(name);
  if (set != nullptr) chosen = set;
  return set != nullptr;
}

void chooseThreads(int threads) {
  const std::lock_guard<std::mutex> lock(poolMutex);
  if (pool == nullptr || pool->threads() != threads) pool = std::make_shared<ThreadPool>(threads);
}

std::shared_ptr<ThreadPool> sharedThreadPool() {
  const std::lock_guard<std::mutex> lock(poolMutex);
  if (pool == nullptr) pool = std::make_shared<ThreadPool>(1);
  return pool;
}

std::vector<int32_t> wordsOfText(const char* text, size_t length) {
  std::vector<int32_t> words;
  const char* at = text;
  const char* const end = text + length;
  while (at < end) {
    if (*at == ' ') {
      at++;
      continue;
    }
    int32_t word = 0;
    const auto [after, failure] = std::from_chars(at, end, word);
    if (failure != std::errc()) throw InvalidProgram("word " + std::to_string(words.size()) + " is not a number of 32 bits");
    words.push_back(word);
    at = after;
  }
  return words;
}

Program programFromText(const char* text, size_t length) {
  const std::vector<int32_t> words = wordsOfText(text, length);
  return decodeProgram(words.data(), words.size());
}

}  // namespace unroll
