/** How initial scale, learning rate and weight decay depend on a model's width. */
@NullMarked
package io.graft.engine.methods.parametrization;

import org.jspecify.annotations.NullMarked;
