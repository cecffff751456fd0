/** The training service's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.training.api;

import org.jspecify.annotations.NullMarked;
