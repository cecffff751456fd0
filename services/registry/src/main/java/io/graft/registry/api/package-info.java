/** The registry's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.registry.api;

import org.jspecify.annotations.NullMarked;
