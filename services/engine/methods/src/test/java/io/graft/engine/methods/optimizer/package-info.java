@NullMarked
package io.graft.engine.methods.optimizer;

import org.jspecify.annotations.NullMarked;
