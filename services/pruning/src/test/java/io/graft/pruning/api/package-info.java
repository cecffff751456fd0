@NullMarked
package io.graft.pruning.api;

import org.jspecify.annotations.NullMarked;
