@NullMarked
package io.graft.pruning.domain;

import org.jspecify.annotations.NullMarked;
