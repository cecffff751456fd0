/** What a model is trained on and measured by, one class for each kind of example. */
@NullMarked
package io.graft.engine.training.task;

import org.jspecify.annotations.NullMarked;
