@NullMarked
package io.graft.engine.weights.arithmetic;

import org.jspecify.annotations.NullMarked;
