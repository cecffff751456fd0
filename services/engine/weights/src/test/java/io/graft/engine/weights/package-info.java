@NullMarked
package io.graft.engine.weights;

import org.jspecify.annotations.NullMarked;
