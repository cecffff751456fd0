@NullMarked
package io.graft.engine.methods.pruning;

import org.jspecify.annotations.NullMarked;
