@NullMarked
package io.graft.engine.worker.training;

import org.jspecify.annotations.NullMarked;
