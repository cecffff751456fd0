/** The registry, reached over gRPC. */
@NullMarked
package io.graft.platform.registry;

import org.jspecify.annotations.NullMarked;
