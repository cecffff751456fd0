@NullMarked
package io.graft.engine.weights.benchmark;

import org.jspecify.annotations.NullMarked;
