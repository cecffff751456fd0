/** Float64 arithmetic on blocks of weights, as SIMD where the JVM offers it and as plain loops of equal result elsewhere. */
@NullMarked
package io.graft.engine.weights.arithmetic;

import org.jspecify.annotations.NullMarked;
