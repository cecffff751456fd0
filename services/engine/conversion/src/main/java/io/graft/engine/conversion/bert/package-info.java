/** BERT encoders: from an ONNX graph to the Hugging Face names, shapes and configuration. */
@NullMarked
package io.graft.engine.conversion.bert;

import org.jspecify.annotations.NullMarked;
