/**
 * The one place that drives libtorch: one process, one platform thread, explicit memory scopes, and every operation
 * through operators written in TorchScript.
 *
 * <p>Why not the tensor classes of the binding library: their arithmetic with Java numbers keeps scalars that can be freed
 * before a backward pass, so that gradients are wrong under garbage collection, and some element types abort the process.
 */
@NullMarked
package io.graft.engine.tensors;

import org.jspecify.annotations.NullMarked;
