@NullMarked
package io.graft.training.api;

import org.jspecify.annotations.NullMarked;
