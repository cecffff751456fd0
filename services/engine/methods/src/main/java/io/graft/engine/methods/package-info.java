/** Published techniques of training and fine-tuning, one class each, found by the JDK's ServiceLoader. */
@NullMarked
package io.graft.engine.methods;

import org.jspecify.annotations.NullMarked;
