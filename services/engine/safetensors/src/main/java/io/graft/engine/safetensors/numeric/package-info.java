/** Exact widening and once-rounded narrowing between the floating point types of the format. */
@NullMarked
package io.graft.engine.safetensors.numeric;

import org.jspecify.annotations.NullMarked;
