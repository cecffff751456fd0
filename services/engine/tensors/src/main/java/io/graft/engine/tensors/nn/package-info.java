/** Building blocks of neural networks with full dotted Hugging Face names, and the functions they are made of. */
@NullMarked
package io.graft.engine.tensors.nn;

import org.jspecify.annotations.NullMarked;
