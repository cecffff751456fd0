/** The digest by which artifacts are known. */
@NullMarked
package io.graft.engine.safetensors.digest;

import org.jspecify.annotations.NullMarked;
