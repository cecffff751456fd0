package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.onnx.OnnxTensor;

/** Where a tensor's values are in the ONNX file, and whether they lie there as in x out. */
record BertWeight(OnnxTensor source, boolean transposed) {}
