/** The registry, reached over gRPC. */
@NullMarked
package io.graft.transfer.registry;

import org.jspecify.annotations.NullMarked;
