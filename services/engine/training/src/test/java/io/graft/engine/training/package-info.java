@NullMarked
package io.graft.engine.training;

import org.jspecify.annotations.NullMarked;
