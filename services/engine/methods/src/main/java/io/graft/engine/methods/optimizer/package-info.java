/** How an update follows from gradients, over groups of parameters that scale rate and decay. */
@NullMarked
package io.graft.engine.methods.optimizer;

import org.jspecify.annotations.NullMarked;
