/** Jobs of the transfer service: grafts and diff vectors. */
@NullMarked
package io.graft.engine.worker.transfer;

import org.jspecify.annotations.NullMarked;
