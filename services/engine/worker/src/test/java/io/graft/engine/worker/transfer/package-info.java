@NullMarked
package io.graft.engine.worker.transfer;

import org.jspecify.annotations.NullMarked;
