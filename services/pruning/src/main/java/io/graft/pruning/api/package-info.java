/** The pruning service's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.pruning.api;

import org.jspecify.annotations.NullMarked;
