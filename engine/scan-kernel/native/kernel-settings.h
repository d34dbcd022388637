// What the process chose: which instruction set, how many threads. Read when an operation is made, or runs.
#pragma once

#include "interpreter.h"
#include "thread-pool.h"

namespace unroll {

// Null where this processor has none that the kernel is compiled for.
const InstructionSet* chosenInstructionSet();
// Throws std::runtime_error where there is none.
const InstructionSet& requiredInstructionSet();
bool chooseInstructionSet(const char* name);

// At least 1. Runs that are under way keep the pool they began with.
void chooseThreads(int threads);
std::shared_ptr<ThreadPool> sharedThreadPool();

// Bytecode as the graph holds it: decimal words with spaces between. Throws InvalidProgram.
std::vector<int32_t> wordsOfText(const char* text, size_t length);
Program programFromText(const char* text, size_t length);

}  // namespace unroll
