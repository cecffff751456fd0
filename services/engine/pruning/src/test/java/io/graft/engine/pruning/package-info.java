@NullMarked
package io.graft.engine.pruning;

import org.jspecify.annotations.NullMarked;
