// What other processes leave of the machine's processors.
#pragma once

namespace unroll {

// Whether a helper would find a good part of a processor free, besides the one that the caller has: by what other processes
// took between two questions some tenths of a second apart, so it is to be asked before every call. True where the system
// does not say.
bool processorIsFree();

}  // namespace unroll
