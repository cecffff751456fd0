@NullMarked
package io.graft.engine.evaluation;

import org.jspecify.annotations.NullMarked;
