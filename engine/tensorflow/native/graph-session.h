// A graph in a TensorFlow session of its own, called through the C interface.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace unroll {

struct TensorDeleter {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};
using OwnedTensor = std::unique_ptr<TF_Tensor, TensorDeleter>;

// What a call takes and gives, found once: names as "node:output". Valid as long as its session.
class GraphCall {
 public:
  GraphCall(TF_Session* session, TF_Graph* graph, const std::vector<std::string>& feeds, const std::vector<std::string>& fetches);

  size_t feeds() const { return feeds_.size(); }
  // Throws std::runtime_error with TensorFlow's own words.
  std::vector<OwnedTensor> run(const std::vector<OwnedTensor>& fed) const;

 private:
  TF_Session* session_;
  std::vector<TF_Output> feeds_, fetches_;
};

class GraphSession {
 public:
  // The graph as a GraphDef, the configuration as a ConfigProto; the node `initializer`, where it is not empty, is run once.
  GraphSession(std::string_view graph, std::string_view configuration, const std::string& initializer);
  ~GraphSession();
  GraphSession(const GraphSession&) = delete;
  GraphSession& operator=(const GraphSession&) = delete;

  GraphCall call(const std::vector<std::string>& feeds, const std::vector<std::string>& fetches) const;

 private:
  void close();

  TF_Graph* graph_;
  TF_Session* session_ = nullptr;
};

}  // namespace unroll
