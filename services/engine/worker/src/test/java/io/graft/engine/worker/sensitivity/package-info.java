@NullMarked
package io.graft.engine.worker.sensitivity;

import org.jspecify.annotations.NullMarked;
