@NullMarked
package io.graft.pruning;

import org.jspecify.annotations.NullMarked;
