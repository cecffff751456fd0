/** Multi-layer perceptrons over flat features or images. */
@NullMarked
package io.graft.engine.models.mlp;

import org.jspecify.annotations.NullMarked;
