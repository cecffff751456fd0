@NullMarked
package io.graft.training;

import org.jspecify.annotations.NullMarked;
