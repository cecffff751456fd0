/** Reads the graph and the place of the weights of an ONNX file, without loading the weights. */
@NullMarked
package io.graft.engine.conversion.onnx;

import org.jspecify.annotations.NullMarked;
