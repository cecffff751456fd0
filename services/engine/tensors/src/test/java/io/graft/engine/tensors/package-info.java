@NullMarked
package io.graft.engine.tensors;

import org.jspecify.annotations.NullMarked;
