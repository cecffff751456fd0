/** Tests of the registry over gRPC. */
@NullMarked
package io.graft.registry.api;

import org.jspecify.annotations.NullMarked;
