@NullMarked
package io.graft.engine.tensors.nn;

import org.jspecify.annotations.NullMarked;
