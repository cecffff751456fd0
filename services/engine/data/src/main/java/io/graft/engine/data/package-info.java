/** Rows of data sets as examples for models: tokens, labels, pictures, and the order in which they come. No tensors. */
@NullMarked
package io.graft.engine.data;

import org.jspecify.annotations.NullMarked;
