@NullMarked
package io.graft.engine.safetensors;

import org.jspecify.annotations.NullMarked;
