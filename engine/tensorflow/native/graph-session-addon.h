// Graph sessions as JavaScript calls them.
#pragma once

#include <node_api.h>

namespace unroll {

// Adds openGraph, prepareCall, runCall and closeGraph to the module's exports.
void defineGraphSessions(napi_env environment, napi_value exports);

}  // namespace unroll
