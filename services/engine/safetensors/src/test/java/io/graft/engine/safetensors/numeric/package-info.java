@NullMarked
package io.graft.engine.safetensors.numeric;

import org.jspecify.annotations.NullMarked;
