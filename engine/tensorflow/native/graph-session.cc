#include "graph-session.h"

#include <cstdlib>
#include <stdexcept>

namespace unroll {
namespace {

struct Status {
  std::unique_ptr<TF_Status, void (*)(TF_Status*)> owned{TF_NewStatus(), TF_DeleteStatus};
  TF_Status* get() const { return owned.get(); }
  void require() const {
    if (TF_GetCode(get()) != TF_OK) throw std::runtime_error(TF_Message(get()));
  }
};

TF_Operation* nodeNamed(TF_Graph* graph, const std::string& name) {
  TF_Operation* const found = TF_GraphOperationByName(graph, name.c_str());
  if (found == nullptr) throw std::runtime_error("the graph has no node " + name);
  return found;
}

// "node:output"
TF_Output outputNamed(TF_Graph* graph, const std::string& address) {
  const size_t colon = address.rfind(':');
  const int index = colon == std::string::npos ? 0 : std::atoi(address.c_str() + colon + 1);
  TF_Operation* const node = nodeNamed(graph, address.substr(0, colon));
  if (index < 0 || index >= TF_OperationNumOutputs(node)) throw std::runtime_error("the graph has no output " + address);
  return {node, index};
}

std::vector<TF_Output> outputsNamed(TF_Graph* graph, const std::vector<std::string>& addresses) {
  std::vector<TF_Output> outputs;
  for (const std::string& address : addresses) outputs.push_back(outputNamed(graph, address));
  return outputs;
}

}  // namespace

GraphCall::GraphCall(TF_Session* session, TF_Graph* graph, const std::vector<std::string>& feeds, const std::vector<std::string>& fetches)
    : session_(session), feeds_(outputsNamed(graph, feeds)), fetches_(outputsNamed(graph, fetches)) {}

std::vector<OwnedTensor> GraphCall::run(const std::vector<OwnedTensor>& fed) const {
  std::vector<TF_Tensor*> given;
  for (const OwnedTensor& tensor : fed) given.push_back(tensor.get());
  std::vector<TF_Tensor*> found(fetches_.size(), nullptr);
  const Status status;
  TF_SessionRun(session_, nullptr, feeds_.data(), given.data(), static_cast<int>(given.size()), fetches_.data(), found.data(),
                static_cast<int>(found.size()), nullptr, 0, nullptr, status.get());
  std::vector<OwnedTensor> owned;
  for (TF_Tensor* tensor : found) owned.emplace_back(tensor);
  status.require();
  return owned;
}

GraphSession::GraphSession(std::string_view graph, std::string_view configuration, const std::string& initializer) : graph_(TF_NewGraph()) {
  const Status status;
  const std::unique_ptr<TF_ImportGraphDefOptions, void (*)(TF_ImportGraphDefOptions*)> importing(TF_NewImportGraphDefOptions(), TF_DeleteImportGraphDefOptions);
  const std::unique_ptr<TF_SessionOptions, void (*)(TF_SessionOptions*)> options(TF_NewSessionOptions(), TF_DeleteSessionOptions);
  const TF_Buffer definition{graph.data(), graph.size(), nullptr};
  try {
    TF_GraphImportGraphDef(graph_, &definition, importing.get(), status.get());
    status.require();
    TF_SetConfig(options.get(), configuration.data(), configuration.size(), status.get());
    status.require();
    session_ = TF_NewSession(graph_, options.get(), status.get());
    status.require();
    if (initializer.empty()) return;
    const TF_Operation* const node = nodeNamed(graph_, initializer);
    TF_SessionRun(session_, nullptr, nullptr, nullptr, 0, nullptr, nullptr, 0, &node, 1, nullptr, status.get());
    status.require();
  } catch (...) {
    close();
    throw;
  }
}

GraphSession::~GraphSession() { close(); }

void GraphSession::close() {
  const Status status;
  if (session_ != nullptr) TF_DeleteSession(session_, status.get());
  TF_DeleteGraph(graph_);
}

GraphCall GraphSession::call(const std::vector<std::string>& feeds, const std::vector<std::string>& fetches) const {
  return GraphCall(session_, graph_, feeds, fetches);
}

}  // namespace unroll
