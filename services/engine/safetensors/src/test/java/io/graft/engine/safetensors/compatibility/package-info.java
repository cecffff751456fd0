@NullMarked
package io.graft.engine.safetensors.compatibility;

import org.jspecify.annotations.NullMarked;
