// 32-bit words of bytecode, read one after the other.
#pragma once

#include <cstring>

#include "program.h"

namespace unroll {

constexpr int32_t mostItems = 1 << 14;

class Reader {
 public:
  Reader(const int32_t* words, size_t count) : words_(words), count_(count) {}

  int32_t word() {
    if (next_ >= count_) throw InvalidProgram("the program ends too early, at word " + std::to_string(next_));
    return words_[next_++];
  }

  float real() {
    const int32_t bits = word();
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }

  int32_t inRange(const char* what, int32_t least, int32_t most) {
    const int32_t value = word();
    if (value >= least && value <= most) return value;
    throw InvalidProgram(std::string(what) + " is " + std::to_string(value) + ", not from " + std::to_string(least) + " to " + std::to_string(most));
  }

  template <class Kind>
  Kind kind(const char* what) {
    return static_cast<Kind>(inRange(what, 0, static_cast<int32_t>(Kind::Count) - 1));
  }

  Operand operand() {
    Operand read;
    read.base = inRange("base of an operand", noBase, mostItems);
    read.row = inRange("row of an operand", 0, mostRows);
    read.stride = inRange("stride of an operand", 0, 1);
    return read;
  }

  bool atEnd() const { return next_ == count_; }

  static constexpr int32_t mostRows = 1 << 20;

 private:
  const int32_t* words_;
  size_t count_;
  size_t next_ = 0;
};

template <class Item, class Read>
std::vector<Item> list(Reader& reader, const char* what, Read read) {
  const int32_t count = reader.inRange(what, 0, mostItems);
  std::vector<Item> items;
  for (int32_t index = 0; index < count; index++) items.push_back(read());
  return items;
}

}  // namespace unroll
